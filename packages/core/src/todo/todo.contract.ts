import * as z from "zod";
import { timestampSchema } from "../contract.ts";
import { type AccountId, idSchema, type ListId } from "../id.ts";
import { multilineText, plainText } from "../text.ts";

/** What fits where. Beyond it a change is refused and reported, never cut. */
export const todoLimits = {
  titleLength: 500,
  notesBytes: 10_000,
  tags: 10,
  tagLength: 30,
  listNameLength: 80,
  todosPerList: 5_000,
  listsPerAccount: 100,
  membersPerList: 20,
  /** A week. */
  remindMinutesBefore: 7 * 24 * 60,
} as const;

export const listRoles = ["viewer", "editor", "owner"] as const;
export const listRoleSchema = z.enum(listRoles);
export type ListRole = z.output<typeof listRoleSchema>;

export const listColors = ["ink", "dawn", "leaf", "sea", "dusk"] as const;
export type ListColor = (typeof listColors)[number];

/** A day as people say it, with the hour where they said one. The zone makes it a moment. */
export const dueSchema = z
  .strictObject({
    date: z.iso.date(),
    time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .nullable(),
    /** IANA name, for instance `Asia/Seoul`. */
    timeZone: z.string().min(1).max(64),
  })
  .meta({ id: "Due" });
export type Due = z.output<typeof dueSchema>;

/** When a todo that was done comes back. */
export const repeatSchema = z
  .strictObject({
    every: z.enum(["day", "week", "month", "year"]),
    interval: z.int().min(1).max(99),
    /** Sunday is 0. Empty but for weeks. */
    weekdays: z.array(z.int().min(0).max(6)).max(7),
  })
  .meta({ id: "Repeat" });
export type Repeat = z.output<typeof repeatSchema>;

/** How long what was deleted, a todo or a whole list, can be restored. */
export const restorableSeconds = 30 * 24 * 60 * 60;

/** Where a todo stands among others: strings in the order of their code units, see `position.contract.ts`. */
export const positionSchema = z.string().regex(/^[0-9A-Za-z]{1,200}$/);

const tagSchema = plainText({ min: 1, max: todoLimits.tagLength });

/** What people write and change, field by field. */
export const todoContentSchema = z.strictObject({
  title: plainText({ min: 1, max: todoLimits.titleLength }),
  /** Markdown. */
  notes: multilineText({ maxBytes: todoLimits.notesBytes }),
  isDone: z.boolean(),
  due: dueSchema.nullable(),
  repeat: repeatSchema.nullable(),
  /** 1 is the highest, 0 none. */
  priority: z.int().min(0).max(3),
  tags: z.array(tagSchema).max(todoLimits.tags),
  position: positionSchema,
  /** The todo that this one is a step of. Steps have none themselves. */
  parentId: idSchema("todo").nullable(),
  /** Put out of sight after it was done. Absent on todos of clients that know no archive; says nothing of what is not done. */
  isArchived: z.boolean().optional(),
  /** How long before it is due the list's members get a mail; only what has an hour has such a moment. */
  remindMinutesBefore: z.int().min(0).max(todoLimits.remindMinutesBefore).nullable().optional(),
});
export type TodoContent = z.output<typeof todoContentSchema>;
export type TodoField = keyof TodoContent;

export const todoPatchSchema = todoContentSchema.partial();
export type TodoPatch = z.output<typeof todoPatchSchema>;

export const todoSchema = todoContentSchema
  .extend({
    listId: idSchema("list"),
    todoId: idSchema("todo"),
    /** When it was done last; null while it is not. */
    doneAt: timestampSchema.nullable(),
    createdAt: timestampSchema,
    updatedAt: timestampSchema,
    /** Set on a todo that was deleted, which is kept for a while and can be restored. */
    deletedAt: timestampSchema.nullable(),
    /** The list that it was moved to; it is deleted here. */
    movedTo: idSchema("list").nullable(),
    /** The list's number of the change that made it what it is. */
    seq: z.int().min(0),
  })
  .meta({ id: "Todo" });
export type Todo = z.output<typeof todoSchema>;

export const listContentSchema = z.strictObject({
  name: plainText({ min: 1, max: todoLimits.listNameLength }),
  color: z.enum(listColors),
});
export type ListContent = z.output<typeof listContentSchema>;

export const listSchema = listContentSchema
  .extend({
    listId: idSchema("list"),
    ownerId: idSchema("account"),
    memberCount: z.int().min(1),
    createdAt: timestampSchema,
    /** The number of the list's last change. Changes of one list are numbered without gaps. */
    seq: z.int().min(0),
  })
  .meta({ id: "List" });
export type List = z.output<typeof listSchema>;

/** Whether a todo is done and out of sight: its list shows it only when asked, and a search finds it. */
export function isInArchive({ isDone, isArchived }: Pick<TodoContent, "isDone" | "isArchived">): boolean {
  return isDone && isArchived === true;
}

/** What a todo holds that nobody filled in. */
export function emptyContent(title: string, position: string): TodoContent {
  const rest = { notes: "", isDone: false, due: null, repeat: null, priority: 0, tags: [], parentId: null };
  return { title, position, ...rest };
}

const inboxMark = "z";
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * The id of the list that everybody has. It follows from the account, so that two devices that
 * never met make the same one. Ids that are drawn begin with a time and never with its mark.
 */
export function inboxIdOf(accountId: AccountId): ListId {
  let rest = BigInt(`0x${accountId.slice("acc_".length).replaceAll("-", "")}`);
  let text = "";
  for (let i = 0; i < 25; i++, rest >>= 5n) text = alphabet[Number(rest & 31n)] + text;
  return `lst_${inboxMark}${text}`;
}

export function isInboxId(listId: ListId): boolean {
  return listId.startsWith(`lst_${inboxMark}`);
}
