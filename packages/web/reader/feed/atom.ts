import { feedFormats } from "@haru/core/feed/feed.contract";
import type { Feed, FeedEntry } from "./feed.ts";
import { escapeXml, textElement, xmlDeclaration } from "./xml.ts";

/** Atom (RFC 4287). */
export function renderAtom(feed: Feed): string {
  const language = feed.language ? ` xml:lang="${feed.language}"` : "";
  const parts = [
    textElement("id", feed.feedUrl),
    textElement("title", feed.title),
    textElement("subtitle", feed.description),
    textElement("updated", feed.updatedAt),
    `<link rel="self" type="${feedFormats.atom.type}" href="${escapeXml(feed.feedUrl)}"/>`,
    `<link rel="alternate" type="text/html" href="${escapeXml(feed.pageUrl)}"/>`,
    ...(feed.hubUrl ? [`<link rel="hub" href="${escapeXml(feed.hubUrl)}"/>`] : []),
    ...feed.entries.map(renderEntry),
  ];
  return `${xmlDeclaration}<feed xmlns="http://www.w3.org/2005/Atom"${language}>\n${parts.join("\n")}\n</feed>\n`;
}

function renderEntry(entry: FeedEntry): string {
  const { author } = entry;
  const parts = [
    textElement("id", entry.id),
    textElement("title", entry.title),
    `<link rel="alternate" type="text/html" hreflang="${entry.language}" href="${escapeXml(entry.url)}"/>`,
    textElement("published", entry.publishedAt),
    textElement("updated", entry.updatedAt),
    `<author>${textElement("name", author.name)}${textElement("uri", author.url)}</author>`,
    ...entry.tags.map((tag) => `<category term="${escapeXml(tag)}"/>`),
    textElement("summary", entry.summary),
    ...(entry.html === undefined ? [] : [`<content type="html">${escapeXml(entry.html)}</content>`]),
  ];
  return `<entry xml:lang="${entry.language}">\n${parts.join("\n")}\n</entry>`;
}
