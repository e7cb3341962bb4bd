import * as z from "zod";
import { defineContract } from "../contract.ts";

export const descriptionContract = defineContract({
  read: {
    method: "GET",
    path: "/openapi.json",
    auth: "public",
    summary: "This description, in OpenAPI 3.1.",
    input: z.strictObject({}),
    output: z.looseObject({ openapi: z.literal("3.1.1") }),
    errors: [],
    cacheSeconds: 300,
  },
});
