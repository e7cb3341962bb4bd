import { CustomAttributeType, Entity } from "electrodb";
import type { AccountId, CommentId } from "../id.ts";
import { key, onTable, service } from "../table.ts";

/** What a person wants to be told by mail. Who never chose and never got a mail has no row and is told. */
export const noticeChoices = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "noticeChoice", version: "1" },
        attributes: {
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          comments: { type: "boolean" },
          reminders: { type: "boolean" },
          /** Stands in each mail: whoever shows it may end the mails and do nothing else. */
          stopKey: { type: "string" },
        },
        indexes: {
          byAccount: { pk: key("pk", ["accountId"]), sk: key("sk", []) },
        },
      },
      table,
    ),
);

/** That somebody was told about a comment, so that nobody is told twice. */
export const sentNotices = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "sentNotice", version: "1" },
        attributes: {
          commentId: { type: CustomAttributeType<CommentId>("string"), required: true },
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          /** Seconds since 1970, when DynamoDB may forget it. */
          expireAt: { type: "number", required: true },
        },
        indexes: {
          byComment: { pk: key("pk", ["commentId"]), sk: key("sk", ["accountId"]) },
        },
      },
      table,
    ),
);
