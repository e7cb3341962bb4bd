import { CustomAttributeType, Entity, type EntityItem } from "electrodb";
import type { AccountId, DeviceId, ListId, MutationId, TodoId } from "../id.ts";
import { key, onTable, service } from "../table.ts";
import { remindAtOf } from "./remind-at.ts";
import type { SharedRole } from "./share.contract.ts";
import type { Outcome } from "./sync.contract.ts";
import type { ListContent, ListRole, Todo, TodoContent, TodoField } from "./todo.contract.ts";

/** Numbers in a key are compared as text. */
const padding = { length: 12, char: "0" };

/** A list. Every change of it or of a todo in it takes the next number. */
export const lists = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "todoList", version: "1" },
        attributes: {
          listId: { type: CustomAttributeType<ListId>("string"), required: true },
          ownerId: { type: CustomAttributeType<AccountId>("string"), required: true },
          name: { type: "string", required: true },
          color: { type: CustomAttributeType<ListContent["color"]>("string"), required: true },
          seq: { type: "number", required: true },
          /** Todos that are not deleted. */
          todoCount: { type: "number", required: true },
          memberCount: { type: "number", required: true },
          /** No todo has stood behind it, so that one can be put at the end without reading the others. */
          lastPosition: { type: "string" },
          createdAt: { type: "string", required: true },
          deletedAt: { type: "string" },
          /** Set while it is deleted: it can be restored for some days, and goes with all in it then. */
          erasure: { type: ["waiting"] as const },
        },
        indexes: {
          byId: { pk: key("pk", ["listId"]), sk: key("sk", []) },
          byErasure: {
            index: "gsi1",
            pk: key("gsi1pk", ["erasure"]),
            sk: key("gsi1sk", ["deletedAt"]),
          },
        },
      },
      table,
    ),
);
export type ListRow = EntityItem<ReturnType<typeof lists>>;

/** Who last gave each field its value, and with which number: tells an edit that a device has not seen. */
export type Stamps = Partial<Record<TodoField, readonly [DeviceId, number]>>;

/** A todo as it is now. A deleted one stays until its time is up. */
export const todos = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "todo", version: "1" },
        attributes: {
          listId: { type: CustomAttributeType<ListId>("string"), required: true },
          todoId: { type: CustomAttributeType<TodoId>("string"), required: true },
          todo: { type: CustomAttributeType<Todo>("any"), required: true },
          stamps: { type: CustomAttributeType<Stamps>("any"), required: true },
          /** `none` for todos that are not to be done on some day: the index holds the others alone. */
          dueDay: {
            type: "string",
            watch: ["todo"],
            set: (_, { todo }) =>
              (todo && !todo.isDone && !todo.deletedAt ? todo.due?.date : undefined) ?? "none",
          },
          /** `none` for todos of which nobody is to be reminded. */
          remindAt: {
            type: "string",
            watch: ["todo"],
            set: (_, { todo }) => (todo && remindAtOf(todo as Todo)) ?? "none",
          },
          /** Parts the index, so that no hour's reminders wait for those of another. */
          remindHour: {
            type: "string",
            watch: ["todo"],
            set: (_, { todo }) => (todo && remindAtOf(todo as Todo))?.slice(0, 13) ?? "none",
          },
          expireAt: { type: "number" },
        },
        indexes: {
          byList: { pk: key("pk", ["listId"]), sk: key("sk", ["todoId"]) },
          byReminder: {
            index: "gsi2",
            pk: key("gsi2pk", ["remindHour"]),
            sk: key("gsi2sk", ["remindAt", "todoId"]),
            condition: ({ remindAt }) => remindAt !== "none",
          },
          /** Read late and by nobody who keeps a copy: indexes are not consistent. */
          byDueDay: {
            index: "gsi1",
            pk: key("gsi1pk", ["listId"]),
            sk: key("gsi1sk", ["dueDay"]),
            condition: ({ dueDay }) => dueDay !== "none",
          },
        },
      },
      table,
    ),
);
export type TodoRow = EntityItem<ReturnType<typeof todos>>;

/** The log of a list: what each number was. It is kept for a while; whoever comes later reads the list anew. */
export const listChanges = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "todoListChange", version: "1" },
        attributes: {
          listId: { type: CustomAttributeType<ListId>("string"), required: true },
          seq: { type: "number", required: true, padding },
          mutationId: { type: CustomAttributeType<MutationId>("string"), required: true },
          at: { type: "string", required: true },
          /** The todo afterwards; absent when the list itself changed. */
          todo: { type: CustomAttributeType<Todo>("any") },
          overwritten: { type: CustomAttributeType<Partial<TodoContent>>("any") },
          expireAt: { type: "number", required: true },
        },
        indexes: { byList: { pk: key("pk", ["listId"]), sk: key("sk", ["seq"]) } },
      },
      table,
    ),
);
export type ListChangeRow = EntityItem<ReturnType<typeof listChanges>>;

/** What became of a mutation, so that it happens once however often it is sent. */
export const mutationRecords = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "mutationRecord", version: "1" },
        attributes: {
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          mutationId: { type: CustomAttributeType<MutationId>("string"), required: true },
          outcome: { type: CustomAttributeType<Outcome>("any"), required: true },
          expireAt: { type: "number", required: true },
        },
        indexes: { byId: { pk: key("pk", ["accountId"]), sk: key("sk", ["mutationId"]) } },
      },
      table,
    ),
);

/** Who may see a list, and do what. There is no other way to one. */
export const listMembers = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "todoListMember", version: "1" },
        attributes: {
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          listId: { type: CustomAttributeType<ListId>("string"), required: true },
          role: { type: CustomAttributeType<ListRole>("string"), required: true },
          displayName: { type: "string", required: true },
          joinedAt: { type: "string", required: true },
        },
        indexes: {
          byAccount: { pk: key("pk", ["accountId"]), sk: key("sk", ["listId"]) },
          byList: { index: "gsi1", pk: key("gsi1pk", ["listId"]), sk: key("gsi1sk", ["accountId"]) },
        },
      },
      table,
    ),
);
export type ListMemberRow = EntityItem<ReturnType<typeof listMembers>>;

/**
 * A way into a list. The token is kept as it is and not as a hash, so that the owner can copy the
 * address again: whoever can read this row can read the list beside it, too.
 */
export const listInvitations = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "todoListInvitation", version: "1" },
        attributes: {
          listId: { type: CustomAttributeType<ListId>("string"), required: true },
          token: { type: "string", required: true },
          role: { type: CustomAttributeType<SharedRole>("string"), required: true },
          createdAt: { type: "string", required: true },
          expireAt: { type: "number", required: true },
        },
        indexes: { byList: { pk: key("pk", ["listId"]), sk: key("sk", ["token"]) } },
      },
      table,
    ),
);
export type ListInvitationRow = EntityItem<ReturnType<typeof listInvitations>>;
