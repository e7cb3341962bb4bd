import { CustomAttributeType, Entity, type EntityItem } from "electrodb";
import type { AccountId, CommentId, PostId } from "../id.ts";
import { key, onTable, service } from "../table.ts";

/** A comment under a post. Ids grow with time, so a thread stands in order and before every later one. */
export const comments = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "comment", version: "1" },
        attributes: {
          postId: { type: CustomAttributeType<PostId>("string"), required: true },
          /** The comment of the first level: itself, or the one that is answered. */
          threadId: { type: CustomAttributeType<CommentId>("string"), required: true },
          commentId: { type: CustomAttributeType<CommentId>("string"), required: true },
          accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
          /** The person's name at that time. */
          displayName: { type: "string", required: true },
          markdown: { type: "string", required: true },
          html: { type: "string", required: true },
          createdAt: { type: "string", required: true },
        },
        indexes: {
          byPost: { pk: key("pk", ["postId"]), sk: key("sk", ["threadId", "commentId"]) },
        },
      },
      table,
    ),
);

export type CommentRow = EntityItem<ReturnType<typeof comments>>;
