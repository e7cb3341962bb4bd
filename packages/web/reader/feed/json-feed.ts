import type { Feed } from "./feed.ts";

/** JSON Feed 1.1. */
export function renderJsonFeed(feed: Feed): string {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    description: feed.description,
    home_page_url: feed.pageUrl,
    feed_url: feed.feedUrl,
    ...(feed.hubUrl ? { hubs: [{ type: "WebSub", url: feed.hubUrl }] } : {}),
    ...(feed.language ? { language: feed.language } : {}),
    items: feed.entries.map(({ id, url, title, summary, html, language, author, tags, ...times }) => ({
      id,
      url,
      title,
      summary,
      // Each entry has one of the two.
      ...(html === undefined ? { content_text: summary } : { content_html: html }),
      date_published: times.publishedAt,
      date_modified: times.updatedAt,
      authors: [author],
      tags,
      language,
    })),
  });
}
