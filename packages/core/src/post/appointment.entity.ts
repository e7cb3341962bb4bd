import { CustomAttributeType, Entity } from "electrodb";
import type { PostId } from "../id.ts";
import { key, onTable, service } from "../table.ts";

/**
 * Every post to which something happens by itself, in the order of time. One partition: few posts wait
 * at a time, and one sweep reads those that are due. It changes in one transaction with the post.
 */
export const appointments = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "appointment", version: "1" },
        attributes: {
          dueAt: { type: "string", required: true },
          postId: { type: CustomAttributeType<PostId>("string"), required: true },
        },
        indexes: {
          inOrder: { pk: key("pk", []), sk: key("sk", ["dueAt", "postId"]) },
        },
      },
      table,
    ),
);
