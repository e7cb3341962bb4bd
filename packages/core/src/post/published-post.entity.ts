import { CustomAttributeType, Entity, type EntityItem, Service } from "electrodb";
import type { AccountId, PostId, WorkId } from "../id.ts";
import { locales } from "../locale.ts";
import { key, onTable, service } from "../table.ts";

/** The snapshot that readers see, without its text. Only publishing writes it; a comment counts itself in. */
export const publishedPosts = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "publishedPost", version: "1" },
        attributes: {
          lang: { type: locales, required: true },
          slug: { type: "string", required: true },
          postId: { type: CustomAttributeType<PostId>("string"), required: true },
          workId: { type: CustomAttributeType<WorkId>("string"), required: true },
          title: { type: "string", required: true },
          description: { type: "string", required: true },
          tags: { type: "list", items: { type: "string" }, required: true },
          author: {
            type: "map",
            properties: {
              accountId: { type: CustomAttributeType<AccountId>("string"), required: true },
              displayName: { type: "string", required: true },
            },
            required: true,
          },
          revision: { type: "number", required: true },
          publishedAt: { type: "string", required: true },
          updatedAt: { type: "string", required: true },
          readingMinutes: { type: "number", required: true },
          rendererVersion: { type: "number", required: true },
          commentCount: { type: "number", required: true },
        },
        indexes: {
          page: { collection: "page", pk: key("pk", ["lang", "slug"]), sk: key("sk", []) },
          byLanguage: {
            index: "gsi1",
            pk: key("gsi1pk", ["lang"]),
            sk: key("gsi1sk", ["publishedAt", "postId"]),
          },
          byWork: { index: "gsi2", pk: key("gsi2pk", ["workId"]), sk: key("gsi2sk", ["lang"]) },
          byPost: { index: "gsi3", pk: key("gsi3pk", ["postId"]), sk: key("gsi3sk", []) },
        },
      },
      table,
    ),
);

export type Snapshot = EntityItem<ReturnType<typeof publishedPosts>>;

/** The text of a published post, beside its snapshot so that one query reads a whole page. */
export const publishedContents = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "publishedContent", version: "1" },
        attributes: {
          lang: { type: locales, required: true },
          slug: { type: "string", required: true },
          revision: { type: "number", required: true },
          /** JSON of `html` and `headings`, Brotli. */
          rendering: { type: CustomAttributeType<Uint8Array>("any"), required: true },
        },
        indexes: {
          page: { collection: "page", pk: key("pk", ["lang", "slug"]), sk: key("sk", []) },
        },
      },
      table,
    ),
);

/** A snapshot and its text in one query. */
export const publishedPages = onTable(
  (table) => new Service({ post: publishedPosts({ table }), content: publishedContents({ table }) }, table),
);
