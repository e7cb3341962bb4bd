import * as z from "zod";
import { defineContract, pageInput, pageOf, timestampSchema } from "../contract.ts";
import { idSchema } from "../id.ts";
import { localeSchema } from "../locale.ts";
import { pictureSchema } from "../media/picture.contract.ts";
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

/**
 * Tags of one post. A publication that changes all of them writes four items for each beside its own, and a
 * transaction holds 100.
 */
export const mostTags = 18;

/** A picture of this site by its id, or any by its address. */
const pictureAddress = /^(?:media:med_[0-9a-z]{26}|(?:https:\/\/|\/media\/)[^\s"'<>\\]+)$/;

/** How a post presents itself beside its text. Like the text, readers see it once it is published. */
export const postSettingsSchema = z
  .strictObject({
    /** Found by its address alone: in no list, feed, sitemap or search. */
    unlisted: z.boolean().default(false),
    /** Stands above the others on the front page. */
    pinned: z.boolean().default(false),
    /** A page, for instance "about", stands alone: in no list or feed, without a date, neighbours or comments. */
    kind: z.enum(["post", "page"]).default("post"),
    /** What the parts of a series share, as it is shown. Empty for a post that is part of none. */
    series: plainText({ max: 60 }).default(""),
    /** What search engines and shared cards show; the title and the description where they are empty. */
    searchTitle: plainText({ max: 120 }).default(""),
    searchDescription: plainText({ max: 300 }).default(""),
    cover: z
      .strictObject({ src: z.string().max(2_000).regex(pictureAddress), alt: plainText({ max: 300 }) })
      .optional(),
  })
  .meta({ id: "PostSettings" });
export type PostSettings = z.output<typeof postSettingsSchema>;

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
    settings: postSettingsSchema,
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
    /** The files of a cover that is a picture of this site. */
    cover: pictureSchema.optional(),
    /** Path of the picture that shared links show, with the title on it; absent until it is drawn. */
    card: z.string().optional(),
    translations: z.array(z.strictObject({ lang: localeSchema, slug: z.string(), title: z.string() })),
  })
  .meta({ id: "PublishedPost" });
export type PublishedPost = z.output<typeof publishedPostSchema>;

/** `deleted` posts are kept for 30 days. A post that was taken off the site is a draft again. */
export const postStates = ["draft", "scheduled", "published", "deleted"] as const;
export type PostState = (typeof postStates)[number];

/** Days during which a deleted post can be restored. */
export const restorableDays = 30;

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
    settings: postSettingsSchema,
    state: z.enum(postStates),
    revision: z.number().int().min(1),
    /** The revision that readers see. Lower than `revision` when there are changes to publish. */
    publishedRevision: z.number().int().optional(),
    publishedAt: timestampSchema.optional(),
    /** When it is published by itself, and in which revision. */
    scheduledFor: timestampSchema.optional(),
    scheduledRevision: z.number().int().optional(),
    /** Why it was not published at its time: the code of the refusal. */
    scheduleFailure: z.string().optional(),
    deletedAt: timestampSchema.optional(),
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
  tags: z.array(tagSchema).max(mostTags),
  settings: postSettingsSchema.prefault({}),
  markdown: multilineText({ maxBytes: maxMarkdownBytes }),
};

/** A whole minute, ISO 8601 in UTC. */
const minuteSchema = timestampSchema.regex(/:00\.000Z$/);

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
    summary:
      "The author's own posts, last changed first. Deleted ones only when asked for. A page may hold fewer than `limit` while there are more.",
    input: z.strictObject({
      ...pageInput,
      state: z.enum(postStates).optional(),
      lang: localeSchema.optional(),
      tag: tagSchema.optional(),
      /** Part of the title, in any case. */
      title: plainText({ max: 200 }).optional(),
    }),
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
    errors: ["not_found", "gone"],
  },
  update: {
    method: "PUT",
    path: "/author/posts/{postId}",
    auth: "author",
    summary: "Saves the draft over the named revision. The same save sent twice is one save.",
    input: z.strictObject({
      postId,
      revision,
      /** Keeps what this save replaces among the revisions, for instance because somebody else wrote it. */
      keepReplaced: z.boolean().default(false),
      ...draftFields,
    }),
    output: draftSchema,
    errors: ["not_found", "gone", "conflict", "too_large"],
  },
  publish: {
    method: "POST",
    path: "/author/posts/{postId}/publish",
    auth: "author",
    summary: "Makes the named revision what readers see. Publishing what is published changes nothing.",
    input: z.strictObject({ postId, revision }),
    output: draftSummarySchema,
    errors: ["not_found", "gone", "conflict", "too_large", "unprocessable"],
    countedAs: "Publications",
  },
  schedule: {
    method: "POST",
    path: "/author/posts/{postId}/schedule",
    auth: "author",
    summary:
      "Publishes the named revision by itself at a minute to come. Later saves do not change what is published.",
    input: z.strictObject({ postId, revision, publishAt: minuteSchema }),
    output: draftSummarySchema,
    errors: ["not_found", "gone", "conflict"],
  },
  unschedule: {
    method: "POST",
    path: "/author/posts/{postId}/unschedule",
    auth: "author",
    summary: "Makes a scheduled post a draft again.",
    input: z.strictObject({ postId }),
    output: draftSummarySchema,
    errors: ["not_found", "gone"],
  },
  unpublish: {
    method: "POST",
    path: "/author/posts/{postId}/unpublish",
    auth: "author",
    summary: "Takes the post off the site and keeps the draft.",
    input: z.strictObject({ postId }),
    output: draftSummarySchema,
    errors: ["not_found", "gone"],
  },
  remove: {
    method: "DELETE",
    path: "/author/posts/{postId}",
    auth: "author",
    summary: "Deletes the post. It leaves the site at once and can be restored for 30 days.",
    input: z.strictObject({ postId }),
    output: draftSummarySchema,
    errors: ["not_found"],
  },
  restore: {
    method: "POST",
    path: "/author/posts/{postId}/restore",
    auth: "author",
    summary: "Makes a deleted post a draft again.",
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
