import * as z from "zod";
import { defineContract, pageInput, pageOf, timestampSchema } from "../contract.ts";
import { idSchema } from "../id.ts";
import { type Locale, localeSchema, locales } from "../locale.ts";
import { type PostSettings, type PostSummary, postSummarySchema } from "../post/post.contract.ts";
import { monthOf } from "../site-time.ts";

/**
 * The kinds of list that readers have. A shelf holds what the site shows apart: `pinned` posts, and
 * `pages`, which stand in no other list.
 */
export const listKinds = ["all", "tag", "author", "month", "series", "shelf"] as const;
export type ListKind = (typeof listKinds)[number];

/** One list of published posts. Only the list of all posts also exists over all languages, under `any`. */
export interface ListKey {
  readonly lang: Locale | "any";
  readonly kind: ListKind;
  /** The key of the tag or the series, the author's id, the month, the shelf; `posts` for the list of all. */
  readonly name: string;
}

/**
 * A tag as it stands in addresses, so that spellings of one tag are one tag: NFC, lower case, words
 * joined by hyphens. Empty for a tag that no address can hold; such a tag is shown and has no page.
 * Series are named likewise.
 */
export function tagKeyOf(tag: string): string {
  return tag
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s/\\%?]+/g, "-")
    .replace(/^[-.]+|-+$/g, "");
}

/** What of a post decides in which lists it stands. */
export type Listed = Pick<PostSummary, "lang" | "tags" | "author" | "publishedAt"> & {
  readonly settings?: Partial<Pick<PostSettings, "pinned" | "kind" | "series">> | undefined;
};

/** Every list in which a published post stands. */
export function listsOf({ lang, tags, author, publishedAt, settings = {} }: Listed): ListKey[] {
  if (settings.kind === "page") return [{ lang, kind: "shelf", name: "pages" }];
  const tagKeys = new Set(tags.map(tagKeyOf).filter((key) => key !== ""));
  const series = tagKeyOf(settings.series ?? "");
  return [
    { lang: "any", kind: "all", name: "posts" },
    { lang, kind: "all", name: "posts" },
    { lang, kind: "author", name: author.accountId },
    { lang, kind: "month", name: monthOf(publishedAt) },
    ...[...tagKeys].map((name) => ({ lang, kind: "tag", name }) as const),
    ...(series === "" ? [] : [{ lang, kind: "series", name: series } as const]),
    ...(settings.pinned ? [{ lang, kind: "shelf", name: "pinned" } as const] : []),
  ];
}

/** A list's one name, for keys and for the tags of cached pages: `ko/tag/가을`. */
export function listName({ lang, kind, name }: ListKey): string {
  return `${lang}/${kind}/${name}`;
}

/** A list as readers see it named. It is there while it holds a post. */
export const postListSchema = z
  .strictObject({
    kind: z.enum(listKinds),
    name: z.string(),
    /** A tag or a series as it was last written, an author's name; the name itself for all others. */
    title: z.string(),
    count: z.number().int().min(1),
    /** When a post in it last came, changed or left. */
    updatedAt: timestampSchema,
    /** What the site says about a tag. */
    description: z.string().optional(),
  })
  .meta({ id: "PostList" });
export type PostList = z.output<typeof postListSchema>;

export const tagKeySchema = z
  .string()
  .max(200)
  .transform(tagKeyOf)
  .refine((key) => key !== "", { params: { rule: "tag" } });
const monthPattern = /^\d{4}-(?:0[1-9]|1[0-2])$/;
const monthSchema = z.string().regex(monthPattern);

const listFilter = {
  lang: localeSchema.optional(),
  tag: tagKeySchema.optional(),
  authorId: idSchema("account").optional(),
  month: monthSchema.optional(),
  series: tagKeySchema.optional(),
  shelf: z.enum(["pinned", "pages"]).optional(),
};

interface ListFilter {
  readonly lang?: Locale | undefined;
  readonly tag?: string | undefined;
  readonly authorId?: string | undefined;
  readonly month?: string | undefined;
  readonly series?: string | undefined;
  readonly shelf?: string | undefined;
}

/** Only the list of all posts may do without a language, and a post is asked for by one quality at a time. */
function isOneList({ lang, ...filter }: ListFilter): boolean {
  const { tag, authorId, month, series, shelf } = filter;
  const qualities = [tag, authorId, month, series, shelf].filter((quality) => quality !== undefined).length;
  return qualities === 0 || (qualities === 1 && lang !== undefined);
}
const oneList = { params: { rule: "one_list" } };

/** The list that a request asks for. */
export function listKeyOf({ lang, tag, authorId, month, series, shelf }: ListFilter): ListKey {
  if (!lang) return { lang: "any", kind: "all", name: "posts" };
  if (tag !== undefined) return { lang, kind: "tag", name: tag };
  if (authorId !== undefined) return { lang, kind: "author", name: authorId };
  if (month !== undefined) return { lang, kind: "month", name: month };
  if (series !== undefined) return { lang, kind: "series", name: series };
  if (shelf !== undefined) return { lang, kind: "shelf", name: shelf };
  return { lang, kind: "all", name: "posts" };
}

const linkSchema = z.strictObject({ lang: localeSchema, slug: z.string(), title: z.string() });

/** Parts that a series shows. Later ones are found by their date and their tags alone. */
export const mostParts = 100;

export const listContract = defineContract({
  posts: {
    method: "GET",
    path: "/posts",
    auth: "public",
    summary:
      "Published posts newest first: of a language, and there of a tag, an author, a month, a series or a shelf. `list` says what a tag is called now.",
    input: z.strictObject({ ...listFilter, ...pageInput }).refine(isOneList, oneList),
    output: pageOf(postSummarySchema).extend({ list: postListSchema.optional() }),
    errors: ["not_found"],
  },
  feed: {
    method: "GET",
    path: "/lists/feed",
    auth: "public",
    summary: "The newest posts of a list with their text, as feeds show them.",
    input: z
      .strictObject({
        ...listFilter,
        limit: z.coerce.number<number | string>().int().min(1).max(20).default(20),
      })
      .refine(isOneList, oneList),
    output: z.strictObject({
      list: postListSchema.optional(),
      /** `html` is absent where a feed of whole texts would be larger than readers of feeds take. */
      items: z.array(postSummarySchema.extend({ html: z.string().optional() })),
    }),
    errors: ["not_found"],
  },
  all: {
    method: "GET",
    path: "/lists/{lang}/{kind}",
    auth: "public",
    summary: "The lists of a kind in a language, by name; months newest first.",
    input: z.strictObject({
      lang: localeSchema,
      kind: z.enum(listKinds),
      cursor: pageInput.cursor,
      limit: z.coerce.number<number | string>().int().min(1).max(500).default(100),
    }),
    output: pageOf(postListSchema),
    errors: [],
  },
  around: {
    method: "GET",
    path: "/lists/around/{lang}/{slug}",
    auth: "public",
    summary: "Where a reader may go from a post: the one before, the one after, and some on the same matter.",
    input: z.strictObject({ lang: localeSchema, slug: z.string().max(120) }),
    output: z.strictObject({
      newer: linkSchema.optional(),
      older: linkSchema.optional(),
      related: z.array(postSummarySchema),
      /** Where in its series the post stands. */
      series: z
        .strictObject({
          title: z.string(),
          part: z.number().int().min(1),
          count: z.number().int().min(1),
          previous: linkSchema.optional(),
          next: linkSchema.optional(),
        })
        .optional(),
    }),
    errors: ["not_found"],
  },
  series: {
    method: "GET",
    path: "/lists/series/{lang}/{name}",
    auth: "public",
    summary: `The parts of a series in the order in which they are read, ${mostParts} at most.`,
    input: z.strictObject({ lang: localeSchema, name: tagKeySchema }),
    output: z.strictObject({ list: postListSchema, parts: z.array(postSummarySchema) }),
    errors: ["not_found"],
  },
  addresses: {
    method: "GET",
    path: "/lists/addresses",
    auth: "public",
    summary: "Where the posts of a month are, in every language, for search engines.",
    input: z.strictObject({
      lang: z.enum(locales),
      month: monthSchema,
      cursor: pageInput.cursor,
      limit: z.coerce.number<number | string>().int().min(1).max(500).default(500),
    }),
    output: pageOf(linkSchema.extend({ updatedAt: timestampSchema, translations: z.array(linkSchema) })),
    errors: [],
  },
});
