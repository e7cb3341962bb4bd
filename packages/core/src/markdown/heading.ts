import type { MarkdownIt, StateCore, Token } from "markdown-it";
import type { RenderEnvironment } from "./environment.ts";
import { maxListedHeadings } from "./limit.ts";
import { plainTextOf } from "./plain-text.ts";

/** Before every id, so that no heading can take the name of something that a script looks up. */
const headingIdPrefix = "h-";

const maxSlugLength = 80;
const maxListedTextLength = 200;

/** A comment with the id as MDX sites write it and `{#id}` as others do, at the end of a heading. */
const customId = /\s*\{(?:\/\*\s*([^*{}]{1,200}?)\s*\*\/|#([^\s{}]{1,200}))\}\s*$/;

/** The words of a heading as they stand in an address: NFC, lower case, letters and digits of any script, hyphens. */
function headingSlug(text: string): string {
  const slug = text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_\s-]/gu, "")
    .trim()
    .replace(/[\s-]+/g, "-");
  const short = [...slug].slice(0, maxSlugLength).join("");
  return short.replace(/^-+|-+$/g, "") || "section";
}

/** Anchors for headings, and the list of them for a table of contents. */
export function useHeadings(md: MarkdownIt): void {
  // Before inline parsing, or the custom id would become emphasis.
  md.core.ruler.after("block", "heading_custom_ids", ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      if (token.type !== "heading_open") continue;
      const inline = tokens[index + 1] as Token;
      const match = customId.exec(inline.content);
      if (!match) continue;
      inline.content = inline.content.slice(0, match.index);
      token.meta = { customId: match[1] ?? match[2] };
    }
  });
  md.core.ruler.push("headings", (state) => {
    const idBySlug = identifyHeadings(state);
    linkToHeadings(state, idBySlug);
  });
}

function identifyHeadings({ tokens, env }: StateCore): Map<string, string> {
  const { headings } = env as RenderEnvironment;
  const idBySlug = new Map<string, string>();
  const counters = new Map<string, number>();
  // The page's own title is its only first-level heading, so a text that has such headings moves down by one.
  const shift = tokens.some(({ type, tag }) => type === "heading_open" && tag === "h1") ? 1 : 0;
  let quoteDepth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.type === "blockquote_open") quoteDepth++;
    if (token.type === "blockquote_close") quoteDepth--;
    if (token.type !== "heading_open" && token.type !== "heading_close") continue;
    const level = Math.min(6, Number(token.tag.slice(1)) + shift);
    token.tag = `h${level}`;
    if (token.type === "heading_close") continue;

    const text = plainTextOf(tokens[index + 1]?.children ?? []).trim();
    if (!text) continue;
    const written = headingSlug(String(token.meta?.customId ?? text));
    const slug = unusedSlug(written, idBySlug, counters);
    const id = headingIdPrefix + slug;
    idBySlug.set(slug, id);
    token.attrSet("id", id);
    if (level <= 4 && quoteDepth === 0 && headings.length < maxListedHeadings) {
      headings.push({ level, id, text: [...text].slice(0, maxListedTextLength).join("") });
    }
  }
  return idBySlug;
}

function unusedSlug(
  written: string,
  used: ReadonlyMap<string, string>,
  counters: Map<string, number>,
): string {
  if (!used.has(written)) return written;
  for (let count = (counters.get(written) ?? 0) + 1; ; count++) {
    const slug = `${written}-${count}`;
    counters.set(written, count);
    if (!used.has(slug)) return slug;
  }
}

/** Authors link to `#heading`; the ids carry a prefix, so such links get it too. */
function linkToHeadings({ tokens, md }: StateCore, idBySlug: ReadonlyMap<string, string>): void {
  for (const { children } of tokens) {
    for (const token of children ?? []) {
      const href = token.type === "link_open" ? String(token.attrGet("href")) : "";
      if (!href.startsWith("#")) continue;
      const id = idBySlug.get(headingSlug(decodeFragment(href.slice(1))));
      if (id) token.attrSet("href", md.normalizeLink(`#${id}`));
    }
  }
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    // A stray percent sign is no encoding: the fragment is meant as it stands.
    return fragment;
  }
}

/** For strangers: a heading is a bold paragraph, so that a comment cannot reshape the page's outline. */
export function useFlatHeadings(md: MarkdownIt): void {
  md.renderer.rules.heading_open = () => "<p><strong>";
  md.renderer.rules.heading_close = () => "</strong></p>\n";
}
