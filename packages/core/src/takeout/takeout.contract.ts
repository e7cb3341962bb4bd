import * as z from "zod";
import { defineContract, timestampSchema } from "../contract.ts";

const day = 24 * 60 * 60;

/** How long a zip can be fetched. */
export const keptDays = 3;

/** How often a zip that fails is tried. */
export const tries = 3;

export const takeoutStates = ["queued", "running", "ready", "failed"] as const;

export const takeoutSchema = z
  .strictObject({
    state: z.enum(takeoutStates),
    /** Files that are in the zip already, of as many as there will be. */
    done: z.int(),
    total: z.int(),
    requestedAt: timestampSchema,
    /** Until then it can be fetched; absent while it is not ready. */
    expiresAt: timestampSchema.optional(),
    bytes: z.int().optional(),
  })
  .meta({ id: "Takeout" });
export type Takeout = z.output<typeof takeoutSchema>;

export const takeoutContract = defineContract({
  request: {
    method: "POST",
    path: "/takeout",
    auth: "reader",
    summary: "Begins to put everything of the account into one zip. One that is under way goes on.",
    input: z.strictObject({}),
    output: takeoutSchema,
    status: 202,
    errors: [],
    limits: [{ name: "takeout", per: "account", quota: 10, windowSeconds: day }],
  },
  read: {
    method: "GET",
    path: "/takeout",
    auth: "reader",
    summary: "How far the zip is; nothing when none was asked for or its time is up.",
    input: z.strictObject({}),
    output: z.strictObject({ takeout: takeoutSchema.optional() }),
    errors: [],
  },
  link: {
    method: "POST",
    path: "/takeout/link",
    auth: "reader",
    summary: "An address that the zip can be fetched from for a few minutes, by whoever has it.",
    input: z.strictObject({}),
    output: z.strictObject({ url: z.url(), expiresInSeconds: z.int() }),
    errors: ["not_found"],
    limits: [{ name: "takeout-link", per: "account", quota: 100, windowSeconds: day }],
  },
});
