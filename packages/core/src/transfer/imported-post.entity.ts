import { CustomAttributeType, Entity } from "electrodb";
import type { PostId } from "../id.ts";
import { key, onTable, service } from "../table.ts";

/** What the importer last made of a file, so that it can tell an edited file from a post that was edited on the site. */
export const importedPosts = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "importedPost", version: "1" },
        attributes: {
          postId: { type: CustomAttributeType<PostId>("string"), required: true },
          /** SHA-256 of the fields that the importer wrote. */
          hash: { type: "string", required: true },
          importedAt: { type: "string", required: true },
        },
        indexes: {
          byPost: { pk: key("pk", ["postId"]), sk: key("sk", []) },
        },
      },
      table,
    ),
);
