import type { MarkdownIt, StateCore, Token } from "markdown-it";
import { isExternalUrl, isSafeUrl } from "./url.ts";

/**
 * Links: only safe addresses, `rel` by who wrote them, a name for those without one, and
 * bare addresses in Korean text that end where the address ends.
 * @param strangers links were written by a reader, so they must not pass on the site's reputation
 */
export function useLinks(md: MarkdownIt, { strangers }: { readonly strangers: boolean }): void {
  md.validateLink = isSafeUrl;
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  md.core.ruler.push("links", (state) => {
    for (const { children } of state.tokens) {
      if (!children?.some(({ type }) => type === "link_open")) continue;
      for (let i = 0; i < children.length; i++) {
        const link = children[i] as Token;
        if (link.type !== "link_open") continue;
        if (link.markup === "linkify") endBeforeParticle(state, children, i);
        if (children[i + 1]?.type === "link_close") children.splice(i + 1, 0, addressAsName(state, link));
        setRelation(link, strangers);
      }
    }
  });
}

function setRelation(link: Token, strangers: boolean): void {
  if (strangers) link.attrSet("rel", "nofollow ugc noopener");
  else if (isExternalUrl(String(link.attrGet("href")))) link.attrSet("rel", "noopener");
}

/** A link without text could be neither seen nor heard. */
function addressAsName(state: StateCore, link: Token): Token {
  const text = new state.Token("text", "", 0);
  text.content = String(link.attrGet("href")) || "#";
  return text;
}

/**
 * Korean particles follow an address without a space (`https://example.com에서`). An
 * address ends where Hangul follows a Latin letter or digit directly; Hangul after a
 * slash (`/wiki/한글`) is part of it.
 */
function endBeforeParticle(state: StateCore, children: Token[], index: number): void {
  const [link, text, close] = children.slice(index, index + 3) as [Token, Token, Token];
  if (close?.type !== "link_close") return;
  const end = text.content.search(/(?<=[a-z0-9])\p{sc=Hangul}/iu);
  if (end <= 0) return;
  const after = new state.Token("text", "", 0);
  after.content = text.content.slice(end);
  text.content = text.content.slice(0, end);
  link.attrSet("href", state.md.normalizeLink(text.content));
  children.splice(index + 3, 0, after);
}
