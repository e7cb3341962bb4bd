import { CustomAttributeType, Entity, type EntityItem, Service } from "electrodb";
import type { AccountId, PostId, WorkId } from "../id.ts";
import { locales } from "../locale.ts";
import { segmentOf } from "../search/segment.ts";
import { key, onTable, service } from "../table.ts";
import { type PostSettings, postStates } from "./post.contract.ts";

/** The author's side of a post, without its text. Readers' verbs never read it. */
export const posts = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "post", version: "1" },
        attributes: {
          postId: { type: CustomAttributeType<PostId>("string"), required: true },
          workId: { type: CustomAttributeType<WorkId>("string"), required: true },
          /** A part of all posts, so that whoever must see each of them can go through the parts side by side. */
          segment: {
            type: "string",
            // It is of the index alone: whoever reads a post does not see it.
            hidden: true,
            watch: ["postId"],
            set: (_: unknown, { postId }: { postId?: string }) => segmentOf(postId ?? ""),
          },
          authorId: { type: CustomAttributeType<AccountId>("string"), required: true },
          lang: { type: locales, required: true },
          slug: { type: "string", required: true },
          title: { type: "string", required: true },
          description: { type: "string", required: true },
          tags: { type: "list", items: { type: "string" }, required: true },
          settings: { type: CustomAttributeType<PostSettings>("any") },
          state: { type: postStates, required: true },
          revision: { type: "number", required: true },
          /** Rises with every write, also with those that leave the revision alone: all writes lock on it. */
          version: { type: "number", required: true },
          publishedRevision: { type: "number" },
          /** Where readers find it. It differs from `slug` until a changed slug is published. */
          publishedSlug: { type: "string" },
          /** The first publication. It stays when the post is taken off the site. */
          publishedAt: { type: "string" },
          /** Comments that the post had when it was taken off the site. */
          commentCount: { type: "number" },
          commentsClosed: { type: "boolean" },
          /**
           * When something happens to the post by itself: a scheduled one is published, a deleted one is
           * forgotten. An appointment stands for it.
           */
          dueAt: { type: "string" },
          /** What is published then. Its address stays reserved although the draft may move on. */
          scheduledRevision: { type: "number" },
          scheduledSlug: { type: "string" },
          scheduleFailure: { type: "string" },
          deletedAt: { type: "string" },
          /** When a revision was last kept. */
          keptAt: { type: "string" },
          createdAt: { type: "string", required: true },
          updatedAt: { type: "string", required: true },
        },
        indexes: {
          draft: { collection: "draft", pk: key("pk", ["postId"]), sk: key("sk", []) },
          byAuthor: {
            index: "gsi1",
            pk: key("gsi1pk", ["authorId"]),
            sk: key("gsi1sk", ["updatedAt", "postId"]),
          },
          bySegment: {
            index: "gsi3",
            pk: key("gsi3pk", ["segment"]),
            sk: key("gsi3sk", ["postId"]),
          },
        },
      },
      table,
    ),
);

export type Post = EntityItem<ReturnType<typeof posts>>;

/** The draft's Markdown, beside the post so that one query reads both and a list reads neither text. */
export const postContents = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "postContent", version: "1" },
        attributes: {
          postId: { type: CustomAttributeType<PostId>("string"), required: true },
          /** That of the post, so that a reader between two writes can tell. */
          revision: { type: "number", required: true },
          /** Brotli. */
          markdown: { type: CustomAttributeType<Uint8Array>("any"), required: true },
        },
        indexes: {
          draft: { collection: "draft", pk: key("pk", ["postId"]), sk: key("sk", []) },
        },
      },
      table,
    ),
);

/** A post and its text in one query. */
export const drafts = onTable(
  (table) => new Service({ post: posts({ table }), content: postContents({ table }) }, table),
);

/** Reserves a slug of a language for one post. It stays when a published post moves, so that links keep their meaning. */
export const addresses = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "address", version: "1" },
        attributes: {
          lang: { type: locales, required: true },
          slug: { type: "string", required: true },
          postId: { type: CustomAttributeType<PostId>("string"), required: true },
          /** When readers first found a post here. An address that only a draft reserves is nothing to them. */
          publicSince: { type: "string" },
        },
        indexes: {
          page: { collection: "page", pk: key("pk", ["lang", "slug"]), sk: key("sk", []) },
        },
      },
      table,
    ),
);

/** Reserves a language of a work for one post, so that a work has one translation of each language. */
export const translations = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "translation", version: "1" },
        attributes: {
          workId: { type: CustomAttributeType<WorkId>("string"), required: true },
          lang: { type: locales, required: true },
          postId: { type: CustomAttributeType<PostId>("string"), required: true },
          /** Where readers find it; absent while it is not on the site, or is found by its address alone. Publishing writes it. */
          published: {
            type: "map",
            properties: {
              slug: { type: "string", required: true },
              title: { type: "string", required: true },
            },
          },
        },
        indexes: {
          byLanguage: { pk: key("pk", ["workId"]), sk: key("sk", ["lang"]) },
        },
      },
      table,
    ),
);
