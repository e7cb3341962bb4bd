import { feedFormats } from "@haru/core/feed/feed.contract";
import type { Feed, FeedEntry } from "./feed.ts";
import { cdata, escapeXml, textElement, xmlDeclaration } from "./xml.ts";

/** RSS 2.0 with the modules that its readers know: whole texts, names of authors, the feed's own address. */
export function renderRss(feed: Feed): string {
  const channel = [
    textElement("title", feed.title),
    textElement("link", feed.pageUrl),
    textElement("description", feed.description),
    ...(feed.language ? [textElement("language", feed.language)] : []),
    textElement("lastBuildDate", rfc822(feed.updatedAt)),
    `<atom:link href="${escapeXml(feed.feedUrl)}" rel="self" type="${feedFormats.rss.type}"/>`,
    ...(feed.hubUrl ? [`<atom:link href="${escapeXml(feed.hubUrl)}" rel="hub"/>`] : []),
    ...feed.entries.map(renderItem),
  ];
  const modules = [
    'xmlns:atom="http://www.w3.org/2005/Atom"',
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
    'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  ];
  return `${xmlDeclaration}<rss version="2.0" ${modules.join(" ")}><channel>\n${channel.join("\n")}\n</channel></rss>\n`;
}

function renderItem(entry: FeedEntry): string {
  const parts = [
    textElement("title", entry.title),
    textElement("link", entry.url),
    `<guid isPermaLink="false">${escapeXml(entry.id)}</guid>`,
    textElement("pubDate", rfc822(entry.publishedAt)),
    textElement("dc:creator", entry.author.name),
    ...entry.tags.map((tag) => textElement("category", tag)),
    textElement("description", entry.summary),
    ...(entry.html === undefined ? [] : [`<content:encoded>${cdata(entry.html)}</content:encoded>`]),
  ];
  return `<item>\n${parts.join("\n")}\n</item>`;
}

/** `Sat, 21 Nov 2026 09:00:00 GMT`. */
function rfc822(timestamp: string): string {
  return new Date(timestamp).toUTCString();
}
