import { CustomAttributeType, Entity, type EntityItem } from "electrodb";
import type { PostId } from "../id.ts";
import { key, onTable, service } from "../table.ts";

/**
 * A private address of a draft. The token is kept as it is and not as a hash, so that the author can
 * copy the address again: whoever can read this row can read the draft beside it, too.
 */
export const previewLinks = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "previewLink", version: "1" },
        attributes: {
          postId: { type: CustomAttributeType<PostId>("string"), required: true },
          token: { type: "string", required: true },
          createdAt: { type: "string", required: true },
          expireAt: { type: "number", required: true },
        },
        indexes: {
          byPost: { pk: key("pk", ["postId"]), sk: key("sk", ["token"]) },
        },
      },
      table,
    ),
);

export type PreviewLinkRow = EntityItem<ReturnType<typeof previewLinks>>;
