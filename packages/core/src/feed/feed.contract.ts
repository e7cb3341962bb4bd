import * as z from "zod";
import { type ListKey, listKinds } from "../list/list.contract.ts";
import { locales } from "../locale.ts";

/*
 * Where lists and their feeds are. The site serves them, and the function that tells a hub of a new post
 * names them, so the addresses stand here.
 */

/** The formats that feeds come in, each with its file name and its media type. */
export const feedFormats = {
  rss: { file: "feed.xml", type: "application/rss+xml" },
  atom: { file: "atom.xml", type: "application/atom+xml" },
  json: { file: "feed.json", type: "application/feed+json" },
} as const;

export type FeedFormat = keyof typeof feedFormats;

/**
 * Where the feed of a list is.
 * @param list path of the list's first page; empty for all languages
 */
export function feedPath(list: string, format: FeedFormat): string {
  return `${list}/${feedFormats[format].file}`;
}

export function formatOfFile(file: string): FeedFormat | undefined {
  const formats = Object.keys(feedFormats) as FeedFormat[];
  return formats.find((format) => feedFormats[format].file === file);
}

/** The first page of a list: empty for the list over all languages, nothing for a shelf, which has no page. */
export function listPath({ lang, kind, name }: ListKey): string | undefined {
  if (kind === "shelf") return undefined;
  if (kind === "all") return lang === "any" ? "" : `/${lang}`;
  const folder = { tag: "tags", series: "series", author: "authors", month: "archive" }[kind];
  return `/${lang}/${folder}/${encodeURIComponent(name)}`;
}

/** A message of the queue holds so many lists, and each has a feed in every format. */
export const listsPerPing = 50;

/** Lists whose feeds changed, on the way to whoever tells the hub. */
export const feedPingSchema = z.strictObject({
  lists: z
    .array(z.strictObject({ lang: z.enum(["any", ...locales]), kind: z.enum(listKinds), name: z.string() }))
    .max(listsPerPing),
});
export type FeedPing = z.output<typeof feedPingSchema>;
