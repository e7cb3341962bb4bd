import * as z from "zod";
import { proofLimits } from "../account/account-limits.ts";
import { defineContract, timestampSchema } from "../contract.ts";
import { currentPasswordSchema } from "../credential/credential.contract.ts";

/** How long somebody can still come back. */
export const graceDays = 14;

const stateSchema = z.strictObject({
  /** When the account and all that is the person's goes; absent while it stays. */
  closesAt: timestampSchema.optional(),
});

export const closureContract = defineContract({
  read: {
    method: "GET",
    path: "/closure",
    auth: "reader",
    summary: "Whether the account is going to be deleted, and when.",
    input: z.strictObject({}),
    output: stateSchema,
    errors: ["not_found"],
  },
  request: {
    method: "POST",
    path: "/closure",
    auth: "reader",
    summary: `Deletes the account and everything in it in ${graceDays} days, and signs out everywhere now.`,
    input: z.strictObject({ currentPassword: currentPasswordSchema }),
    output: stateSchema,
    errors: ["not_found", "unprocessable", "conflict"],
    limits: proofLimits,
  },
  cancel: {
    method: "DELETE",
    path: "/closure",
    auth: "reader",
    summary: "Keeps the account after all.",
    input: z.strictObject({}),
    output: stateSchema,
    errors: ["not_found"],
  },
});
