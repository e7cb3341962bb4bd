import { CustomAttributeType, Entity, type EntityItem, Service } from "electrodb";
import type { AccountId, PostId, WorkId } from "../id.ts";
import { locales } from "../locale.ts";
import { titleKeyOf } from "../search/title-key.ts";
import { key, onTable, service } from "../table.ts";
import type { PostSettings } from "./post.contract.ts";
import { addresses } from "./post.entity.ts";

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
          /** How beginnings of titles are compared while there is no search index. */
          titleKey: {
            type: "string",
            watch: ["title"],
            set: (_: unknown, { title }: { title?: string }) => titleKeyOf(title ?? ""),
          },
          description: { type: "string", required: true },
          tags: { type: "list", items: { type: "string" }, required: true },
          settings: { type: CustomAttributeType<PostSettings>("any") },
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
          commentsClosed: { type: "boolean" },
          /** Key of the picture that shared links show; absent until it is drawn. */
          card: { type: "string" },
        },
        indexes: {
          page: { collection: "page", pk: key("pk", ["lang", "slug"]), sk: key("sk", []) },
          byTitle: {
            index: "gsi1",
            pk: key("gsi1pk", ["lang"]),
            sk: key("gsi1sk", ["titleKey", "postId"]),
          },
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

/** The Markdown that the text was made from, for those who ask for it. */
export const publishedSources = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "publishedSource", version: "1" },
        attributes: {
          lang: { type: locales, required: true },
          slug: { type: "string", required: true },
          /** Brotli. */
          markdown: { type: CustomAttributeType<Uint8Array>("any"), required: true },
        },
        indexes: {
          bySlug: { pk: key("pk", ["lang", "slug"]), sk: key("sk", []) },
        },
      },
      table,
    ),
);

const publicationStates = ["public", "withdrawn", "deleted"] as const;

/** What readers may know about a post by its id: whether it is on the site, and where. It stays for ever. */
export const publications = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "publication", version: "1" },
        attributes: {
          postId: { type: CustomAttributeType<PostId>("string"), required: true },
          lang: { type: locales, required: true },
          /** The address at which it is, or last was. */
          slug: { type: "string", required: true },
          state: { type: publicationStates, required: true },
        },
        indexes: {
          byPost: { pk: key("pk", ["postId"]), sk: key("sk", []) },
        },
      },
      table,
    ),
);

/** An address with the snapshot and the text that are there, in one query. */
export const publishedPages = onTable(
  (table) =>
    new Service(
      {
        address: addresses({ table }),
        post: publishedPosts({ table }),
        content: publishedContents({ table }),
      },
      table,
    ),
);
