import * as z from "zod";
import { commentStandings, moderatedCommentSchema } from "../comment/comment.contract.ts";
import { defineContract, pageInput, pageOf, timestampSchema } from "../contract.ts";
import { idSchema } from "../id.ts";
import { localeSchema } from "../locale.ts";
import { draftSummarySchema, postStates } from "../post/post.contract.ts";
import { plainText } from "../text.ts";

/** UTF-16 units of one query. */
export const longestQuery = 200;

/** A piece of text; what fits the query is marked. */
const segmentSchema = z.strictObject({ text: z.string(), isMarked: z.boolean() });

export const searchHitSchema = z
  .strictObject({
    postId: idSchema("post"),
    lang: localeSchema,
    slug: z.string(),
    title: z.array(segmentSchema),
    /** The piece of the text that fits best, else its beginning. */
    passage: z.array(segmentSchema),
    tags: z.array(z.string()),
    author: z.strictObject({ accountId: idSchema("account"), displayName: z.string() }),
    /** Of a draft, when it was changed last. */
    publishedAt: timestampSchema,
  })
  .meta({ id: "SearchHit" });
export type SearchHit = z.output<typeof searchHitSchema>;

const facetSchema = z.array(
  z.strictObject({ value: z.string(), label: z.string().optional(), count: z.number().int() }),
);

const resultsSchema = z
  .strictObject({
    items: z.array(searchHitSchema),
    cursor: z.string().optional(),
    total: z.number().int(),
    /**
     * How many the words find by language, tag, author and year, each with what was chosen of the others.
     * On the first page.
     */
    facets: z
      .strictObject({ lang: facetSchema, tag: facetSchema, author: facetSchema, year: facetSchema })
      .optional(),
    /** What was searched for, because nothing was found for what was typed. */
    correctedTo: z.string().optional(),
    /** `titles` while the index cannot be reached: only beginnings of titles were looked up. */
    source: z.enum(["index", "titles"]),
  })
  .meta({ id: "SearchResults" });
export type SearchResults = z.output<typeof resultsSchema>;

/** A comment that a moderator found, as it is now. In its text, what fits the query stands in `mark`. */
export const foundCommentSchema = moderatedCommentSchema
  .extend({
    /** `none` when it is shown and nobody has to look at it. */
    queue: z.enum(commentStandings),
    /** Its author's name. */
    name: z.array(segmentSchema),
  })
  .meta({ id: "FoundComment" });
export type FoundComment = z.output<typeof foundCommentSchema>;

const words = plainText({ min: 1, max: longestQuery });

/** Some four a second, as fast as anybody types with a pause after each word. */
const quota = 240;
const windowSeconds = 60;

export const searchContract = defineContract({
  find: {
    method: "GET",
    path: "/search",
    auth: "public",
    summary:
      'Published posts by their words. Knows `"a phrase"`, `-word`, `tag:`, `author:`, `before:` and `after:`.',
    input: z.strictObject({
      q: words,
      lang: localeSchema.optional(),
      tag: plainText({ min: 1, max: 40 }).optional(),
      author: idSchema("account").optional(),
      year: z.coerce.number<number | string>().int().min(1900).max(9999).optional(),
      ...pageInput,
    }),
    output: resultsSchema,
    errors: [],
    limits: [{ name: "search", per: "address", quota, windowSeconds }],
  },
  findOwn: {
    method: "GET",
    path: "/author/search",
    auth: "author",
    summary:
      "The author's own posts by their words, as they are now; deleted ones are not among them. Everybody's for an admin who asks for them. A page may hold fewer than `limit` while there are more.",
    input: z.strictObject({
      q: words,
      whose: z.enum(["own", "all"]).default("own"),
      state: z.enum(postStates).optional(),
      lang: localeSchema.optional(),
      ...pageInput,
    }),
    output: pageOf(draftSummarySchema),
    errors: [],
    limits: [{ name: "search-own", per: "account", quota, windowSeconds }],
  },
  findComments: {
    method: "GET",
    path: "/moderation/search",
    auth: "author",
    summary:
      "Comments by their words and their authors' names, for moderators: under the actor's own posts, for admins under all. A page may hold fewer than `limit` while there are more.",
    input: z.strictObject({
      q: words,
      queue: z.enum(commentStandings).optional(),
      ...pageInput,
      // Comments come whole, and an answer has its bounds.
      limit: pageInput.limit.unwrap().max(20).default(20),
    }),
    output: pageOf(foundCommentSchema).extend({
      /** What was searched for, because nothing was found for what was typed. */
      correctedTo: z.string().optional(),
    }),
    errors: [],
    limits: [{ name: "search-comments", per: "account", quota, windowSeconds }],
  },
});
