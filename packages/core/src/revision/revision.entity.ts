import { CustomAttributeType, Entity, type EntityItem } from "electrodb";
import type { PostId } from "../id.ts";
import type { PostSettings } from "../post/post.contract.ts";
import { key, onTable, service } from "../table.ts";
import { revisionReasons } from "./revision.contract.ts";

/** A post as it was at one of its revisions. */
export const revisions = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "revision", version: "1" },
        attributes: {
          postId: { type: CustomAttributeType<PostId>("string"), required: true },
          /** Padded in the key, so that the tenth stands after the ninth. */
          revision: { type: "number", required: true, padding: { length: 10, char: "0" } },
          reason: { type: revisionReasons, required: true },
          title: { type: "string", required: true },
          slug: { type: "string", required: true },
          description: { type: "string", required: true },
          tags: { type: "list", items: { type: "string" }, required: true },
          settings: { type: CustomAttributeType<PostSettings>("any"), required: true },
          /** Brotli. */
          markdown: { type: CustomAttributeType<Uint8Array>("any"), required: true },
          /** When this was written. */
          savedAt: { type: "string", required: true },
          /** Those that readers saw stay as long as the post. */
          expireAt: { type: "number" },
        },
        indexes: {
          byPost: { pk: key("pk", ["postId"]), sk: key("sk", ["revision"]) },
        },
      },
      table,
    ),
);

export type KeptRevision = EntityItem<ReturnType<typeof revisions>>;
