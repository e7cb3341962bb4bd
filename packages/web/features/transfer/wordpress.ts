import type { ImportFile } from "@haru/core/transfer/plan";
import { parseInert } from "../site/trusted-html.ts";
import { fileOf, type MarkdownOf } from "./foreign-post.ts";

const importedTypes: ReadonlySet<string> = new Set(["post", "page"]);

/**
 * The posts and pages of a WordPress export (Tools → Export, "WXR"). Drafts, private and scheduled
 * posts become drafts; menus, comments and what lies in the bin are left aside.
 * @returns nothing when the XML is no such export
 */
export function filesOfWordPress(xml: string, markdownOf: MarkdownOf): ImportFile[] | undefined {
  const document = parseInert(xml, "text/xml");
  if (document.querySelector("parsererror") || document.documentElement.localName !== "rss") return undefined;
  const items = [...document.querySelectorAll("channel > item")];
  if (items.length > 0 && !items.some((item) => textOf(item, "post_type") !== "")) return undefined;
  return items
    .filter((item) => importedTypes.has(textOf(item, "post_type")) && textOf(item, "status") !== "trash")
    .map((item) =>
      fileOf(
        {
          title: textOf(item, "title"),
          slug: textOf(item, "post_name"),
          html: paragraphs(textOf(item, "encoded", "content")),
          description: plain(textOf(item, "encoded", "excerpt")),
          tags: tagsOf(item),
          isDraft: textOf(item, "status") !== "publish" || textOf(item, "post_password") !== "",
          publishedAt: isoOf(textOf(item, "post_date_gmt")),
          updatedAt: isoOf(textOf(item, "post_modified_gmt")),
          isPinned: textOf(item, "is_sticky") === "1",
          isPage: textOf(item, "post_type") === "page",
          searchTitle: "",
          searchDescription: "",
          cover: "",
        },
        markdownOf,
      ),
    );
}

/** The text of a child by its name, and by its prefix where two kinds of child share the name. */
function textOf(item: Element, name: string, prefix?: string): string {
  const found = [...item.children].find(
    (child) => child.localName === name && (prefix === undefined || child.prefix === prefix),
  );
  return found?.textContent ?? "";
}

function tagsOf(item: Element): string[] {
  const named = [...item.children].filter(
    (child) => child.localName === "category" && child.getAttribute("nicename") !== "uncategorized",
  );
  return [...new Set(named.map((child) => child.textContent.trim()).filter(Boolean))];
}

/** WordPress makes paragraphs of blank lines when it shows a post; only its block editor writes them down. */
function paragraphs(html: string): string {
  if (/<p[\s>]/i.test(html)) return html;
  return html
    .split(/\n\s*\n/)
    .map((part) =>
      /^\s*<(?:h[1-6]|ul|ol|pre|table|blockquote|figure|div)[\s>]/i.test(part) ? part : `<p>${part}</p>`,
    )
    .join("\n");
}

function plain(html: string): string {
  return parseInert(html, "text/html").body.textContent.trim();
}

/** `2024-12-05 00:30:00`, in UTC; zeros for a draft. */
function isoOf(date: string): string | undefined {
  const time = Date.parse(`${date.replace(" ", "T")}Z`);
  return Number.isNaN(time) || date.startsWith("0000") ? undefined : new Date(time).toISOString();
}
