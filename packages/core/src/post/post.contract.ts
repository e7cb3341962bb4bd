import * as z from "zod";
import { defineContract, pageInput, pageOf, timestampSchema } from "../contract.ts";
import { idSchema } from "../id.ts";
import { localeSchema } from "../locale.ts";
import { multilineText, plainText } from "../text.ts";

/** UTF-8 bytes of one post's Markdown. Beyond it a post wants to be a series. */
export const maxMarkdownBytes = 300_000;

const slugPattern = /^[\p{Ll}\p{Lo}\p{N}]+(?:-[\p{Ll}\p{Lo}\p{N}]+)*$/u;

/** The last segment of a post's address: letters (Hangul included), digits, single hyphens. */
export const slugSchema = z
  .string()
  .normalize("NFC")
  .trim()
  .toLowerCase()
  .min(1)
  .max(120)
  .refine((slug) => slugPattern.test(slug), { params: { rule: "slug" } })
  .meta({ pattern: slugPattern.source });

export const tagSchema = plainText({ min: 1, max: 40 });

/** A language version of a work on the public site. Two posts of one work are translations of each other. */
export const postSummarySchema = z
  .strictObject({
    postId: idSchema("post"),
    lang: localeSchema,
    slug: z.string(),
    title: z.string(),
    description: z.string(),
    tags: z.array(z.string()),
    author: z.strictObject({ accountId: idSchema("account"), displayName: z.string() }),
    publishedAt: timestampSchema,
    updatedAt: timestampSchema,
    readingMinutes: z.number().int().min(1),
    commentCount: z.number().int().min(0),
  })
  .meta({ id: "PostSummary" });
export type PostSummary = z.output<typeof postSummarySchema>;

export const headingSchema = z.strictObject({
  level: z.number().int().min(2).max(4),
  id: z.string(),
  text: z.string(),
});
export type Heading = z.output<typeof headingSchema>;

/** What a reader sees: the snapshot made at publishing, never the draft. `html` is safe by construction. */
export const publishedPostSchema = postSummarySchema
  .extend({
    html: z.string(),
    headings: z.array(headingSchema),
    translations: z.array(z.strictObject({ lang: localeSchema, slug: z.string(), title: z.string() })),
  })
  .meta({ id: "PublishedPost" });
export type PublishedPost = z.output<typeof publishedPostSchema>;

export const postStates = ["draft", "published"] as const;

/** The author's side of a post. `revision` rises with every save; a save names the one that it was based on. */
export const draftSummarySchema = z
  .strictObject({
    postId: idSchema("post"),
    workId: idSchema("work"),
    lang: localeSchema,
    slug: z.string(),
    title: z.string(),
    description: z.string(),
    tags: z.array(z.string()),
    state: z.enum(postStates),
    revision: z.number().int().min(1),
    /** The revision that readers see. Lower than `revision` when there are changes to publish. */
    publishedRevision: z.number().int().optional(),
    publishedAt: timestampSchema.optional(),
    createdAt: timestampSchema,
    updatedAt: timestampSchema,
  })
  .meta({ id: "DraftSummary" });
export const draftSchema = draftSummarySchema.extend({ markdown: z.string() }).meta({ id: "Draft" });
export type DraftSummary = z.output<typeof draftSummarySchema>;
export type Draft = z.output<typeof draftSchema>;

const draftFields = {
  title: plainText({ min: 1, max: 200 }),
  slug: slugSchema,
  description: plainText({ max: 500 }),
  tags: z.array(tagSchema).max(20),
  markdown: multilineText({ maxBytes: maxMarkdownBytes }),
};

const postId = idSchema("post");
const revision = z.number().int().min(1);

export const postContract = defineContract({
  read: {
    method: "GET",
    path: "/posts/by-slug/{lang}/{slug}",
    auth: "public",
    summary: "A published post by its address, or by an earlier one: `slug` says where it is now.",
    input: z.strictObject({ lang: localeSchema, slug: slugSchema }),
    output: publishedPostSchema,
    errors: ["not_found", "gone"],
  },
  source: {
    method: "GET",
    path: "/posts/by-slug/{lang}/{slug}/markdown",
    auth: "public",
    summary: "The Markdown that a published post was made from.",
    input: z.strictObject({ lang: localeSchema, slug: slugSchema }),
    output: postSummarySchema.extend({ markdown: z.string() }),
    errors: ["not_found", "gone"],
  },
  listDrafts: {
    method: "GET",
    path: "/author/posts",
    auth: "author",
    summary: "The author's own posts in every state, last changed first.",
    input: z.strictObject({ ...pageInput }),
    output: pageOf(draftSummarySchema),
    errors: [],
  },
  create: {
    method: "POST",
    path: "/author/posts",
    auth: "author",
    summary: "Starts a draft. With `translationOf` it becomes another language of that post's work.",
    input: z.strictObject({ lang: localeSchema, translationOf: postId.optional(), ...draftFields }),
    output: draftSchema,
    status: 201,
    errors: ["conflict", "not_found", "idempotency_mismatch", "too_large"],
    idempotent: true,
  },
  readDraft: {
    method: "GET",
    path: "/author/posts/{postId}",
    auth: "author",
    summary: "One of the author's own posts with its Markdown.",
    input: z.strictObject({ postId }),
    output: draftSchema,
    errors: ["not_found"],
  },
  update: {
    method: "PUT",
    path: "/author/posts/{postId}",
    auth: "author",
    summary: "Saves the draft over the named revision. The same save sent twice is one save.",
    input: z.strictObject({ postId, revision, ...draftFields }),
    output: draftSchema,
    errors: ["not_found", "conflict", "too_large"],
  },
  publish: {
    method: "POST",
    path: "/author/posts/{postId}/publish",
    auth: "author",
    summary: "Makes the named revision what readers see. Publishing what is published changes nothing.",
    input: z.strictObject({ postId, revision }),
    output: draftSummarySchema,
    errors: ["not_found", "conflict", "too_large", "unprocessable"],
  },
  unpublish: {
    method: "POST",
    path: "/author/posts/{postId}/unpublish",
    auth: "author",
    summary: "Takes the post off the site and keeps the draft.",
    input: z.strictObject({ postId }),
    output: draftSummarySchema,
    errors: ["not_found"],
  },
  preview: {
    method: "POST",
    path: "/author/posts/preview",
    auth: "author",
    summary: "Renders Markdown exactly as publishing would.",
    input: z.strictObject({ markdown: draftFields.markdown }),
    output: z.strictObject({
      html: z.string(),
      headings: z.array(headingSchema),
      readingMinutes: z.number().int(),
    }),
    errors: ["unprocessable"],
  },
});
