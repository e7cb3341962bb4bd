import { CustomAttributeType, Entity } from "electrodb";
import type { AccountId, TodoId } from "../id.ts";
import { key, onTable, service } from "../table.ts";

/** That somebody was reminded of a todo by mail, so that nobody is twice. */
export const sentReminders = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "sentReminder", version: "1" },
        attributes: {
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          todoId: { type: CustomAttributeType<TodoId>("string"), required: true },
          remindAt: { type: "string", required: true },
          /** Seconds since 1970, when DynamoDB may forget it. */
          expireAt: { type: "number", required: true },
        },
        indexes: {
          byAccount: { pk: key("pk", ["accountId"]), sk: key("sk", ["todoId", "remindAt"]) },
        },
      },
      table,
    ),
);

/** That a browser of somebody was told of a todo, so that none is told twice. */
export const pushedReminders = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "pushedReminder", version: "1" },
        attributes: {
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          todoId: { type: CustomAttributeType<TodoId>("string"), required: true },
          remindAt: { type: "string", required: true },
          endpointHash: { type: "string", required: true },
          /** Seconds since 1970, when DynamoDB may forget it. */
          expireAt: { type: "number", required: true },
        },
        indexes: {
          byAccount: {
            pk: key("pk", ["accountId"]),
            sk: key("sk", ["todoId", "remindAt", "endpointHash"]),
          },
        },
      },
      table,
    ),
);

/** How far the reminders were looked through. One row. */
export const reminderSweeps = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "reminderSweep", version: "1" },
        attributes: { through: { type: "string", required: true } },
        indexes: { one: { pk: key("pk", []), sk: key("sk", []) } },
      },
      table,
    ),
);
