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
