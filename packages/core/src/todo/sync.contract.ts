import * as z from "zod";
import { defineContract, timestampSchema } from "../contract.ts";
import { idSchema } from "../id.ts";
import { listRoleSchema, listSchema, todoPatchSchema, todoSchema } from "./todo.contract.ts";

/** Mutations of one push, and changes of one list in a pull. */
export const mostMutations = 100;
export const mostChanges = 500;
/** Lists that a device names in a pull, and that one person may be in with those that were deleted. */
export const mostListsInPull = 200;
/** Bytes of one mutation as JSON. A longer one is refused by itself, so that it does not hold up the others. */
export const mostMutationBytes = 32_000;

const listId = idSchema("list");

/** Why a change was refused for good. The device keeps it and shows it to the person. */
export const refusals = [
  "invalid",
  "not_found",
  "read_only",
  "exists",
  "edited_elsewhere",
  "moved",
  "full",
] as const;
export const refusalSchema = z.enum(refusals);
export type Refusal = z.output<typeof refusalSchema>;

export const outcomeSchema = z.discriminatedUnion("outcome", [
  z.strictObject({
    mutationId: z.string(),
    outcome: z.literal("accepted"),
    /** The number that the change has in each list that it touched. */
    seqs: z.record(z.string(), z.int().min(1)),
  }),
  z.strictObject({ mutationId: z.string(), outcome: z.literal("refused"), reason: refusalSchema }),
]);
export type Outcome = z.output<typeof outcomeSchema>;

/** One change of a list: the todo as it was afterwards, or nothing when only the list itself changed. */
export const loggedChangeSchema = z.strictObject({
  seq: z.int().min(1),
  at: timestampSchema,
  todo: todoSchema.optional(),
  /** Values that the change replaced although its device had not seen them. */
  overwritten: todoPatchSchema.optional(),
});
export type LoggedChange = z.output<typeof loggedChangeSchema>;

/** What a device lacks of one list. */
export const listDeltaSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("changes"),
    list: listSchema,
    /** The changes follow this number without a gap. */
    from: z.int().min(0),
    to: z.int().min(0),
    changes: z.array(loggedChangeSchema),
  }),
  z.strictObject({
    kind: z.literal("snapshot"),
    list: listSchema,
    from: z.int().min(0),
    to: z.int().min(0),
    todos: z.array(todoSchema),
    /** Asks for the rest; absent on the last part. */
    next: z.string().optional(),
    isFirst: z.boolean(),
  }),
]);
export type ListDelta = z.output<typeof listDeltaSchema>;

const pushedMutationSchema = z.looseObject({ mutationId: idSchema("mutation") });

export const syncRoutes = defineContract({
  push: {
    method: "POST",
    path: "/sync/push",
    auth: "reader",
    summary: "Makes changes in their order, each exactly once however often it is sent.",
    input: z.strictObject({
      deviceId: idSchema("device"),
      /** Each is judged by itself: one that is malformed is refused and the others stand. */
      mutations: z.array(pushedMutationSchema).min(1).max(mostMutations),
    }),
    /** Fewer outcomes than mutations: the rest was not reached and is to be sent again. */
    output: z.strictObject({ outcomes: z.array(outcomeSchema) }),
    errors: [],
    countedAs: "TodoPushes",
  },
  pull: {
    method: "POST",
    path: "/sync/pull",
    auth: "reader",
    summary: "Answers what changed in one's lists since the device last asked.",
    input: z.strictObject({
      /** The lists that the device has, and how far. */
      lists: z
        .array(
          z.strictObject({
            listId,
            seq: z.int().min(0),
            /** Goes on with a snapshot. */
            next: z.string().max(200).optional(),
          }),
        )
        .max(mostListsInPull),
    }),
    output: z.strictObject({
      /** Every list that the person may see. What a device has beside them it has to forget. */
      memberships: z.array(z.strictObject({ listId, role: listRoleSchema })),
      deltas: z.array(listDeltaSchema),
      /** There is more than one answer holds: ask again. */
      hasMore: z.boolean(),
    }),
    errors: [],
  },
});
