import type { MarkdownIt, StateCore, StateInline, Token } from "markdown-it";
import { isSafeUrl } from "../url.ts";
import { blockComponents, inlineComponents } from "./component.ts";
import { readTextExpression } from "./expression.ts";
import { type JsxTag, readTag } from "./tag.ts";

/**
 * Tags, comments and text expressions inside a line. Tags are found while a line is read
 * and paired when it is whole, since only then is it known which of them are well nested
 * with its emphasis and links. A tag without a partner stays text.
 */
export function useInlineJsx(md: MarkdownIt): void {
  md.inline.ruler.after("autolink", "jsx_tag", takeTag);
  md.inline.ruler.after("jsx_tag", "jsx_expression", takeExpression);
  md.core.ruler.push("jsx_pairs", (state) => {
    for (const { children } of state.tokens) {
      if (!children?.some(({ type }) => type === "jsx_tag")) continue;
      pairTags(state, children);
      keepOuterLinks(children);
    }
  });
  md.renderer.rules.jsx_tag = (tokens, index) => md.utils.escapeHtml(tokens[index]?.content ?? "");
  md.renderer.rules.jsx_content_open = () => "";
  md.renderer.rules.jsx_content_close = () => "";
}

function takeTag(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x3c /* < */) return false;
  if (state.src.startsWith("<!--", state.pos)) return skipComment(state, "-->");
  const tag = readTag(state.src, state.pos);
  if (!tag || tag.end > state.posMax || !isTaken(tag.name)) return false;
  if (!silent) {
    const token = state.push("jsx_tag", "", 0);
    token.content = state.src.slice(state.pos, tag.end);
    token.meta = { tag };
  }
  state.pos = tag.end;
  return true;
}

/** Components have capitals. Elements of HTML that are not known (`<button>`) are what the text is about. */
function isTaken(name: string): boolean {
  return inlineComponents.has(name) || blockComponents.has(name) || /^[A-Z]/.test(name);
}

function takeExpression(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x7b /* { */) return false;
  if (state.src.startsWith("{/*", state.pos)) return skipComment(state, "*/}");
  const expression = readTextExpression(state.src, state.pos);
  if (!expression || expression.end > state.posMax) return false;
  if (!silent) state.push("text", "", 0).content = expression.text;
  state.pos = expression.end;
  return true;
}

/** Texts in which no comment ends any more, so that each is searched once and not for each beginning. */
const withoutEnd = new WeakMap<StateInline, Set<string>>();

function skipComment(state: StateInline, end: string): boolean {
  if (withoutEnd.get(state)?.has(end)) return false;
  const at = state.src.indexOf(end, state.pos);
  if (at < 0 || at + end.length > state.posMax) {
    withoutEnd.set(state, new Set([...(withoutEnd.get(state) ?? []), end]));
    return false;
  }
  state.pos = at + end.length;
  return true;
}

/** A closing tag looks past at most this many tags that were left open. */
const maxUnclosedTags = 50;

function pairTags(state: StateCore, tokens: Token[]): void {
  /** What is open at this point: tags of ours, and elements that the parser itself made. */
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.nesting > 0) open.push(token);
    else if (token.nesting < 0) {
      // Tags opened inside this element have not been closed in it: they stay text.
      while (open.pop()?.nesting === 0);
    } else if (token.type === "jsx_tag") {
      const tag = tagOf(token);
      if (tag.kind === "open") open.push(token);
      else if (tag.kind === "whole") showWholeTag(state, token, tag);
      else closeTag(state, open, token, tag.name);
    }
  }
}

function closeTag(state: StateCore, open: Token[], closing: Token, name: string): void {
  const last = open.length - 1;
  for (let index = last; index >= 0 && index > last - maxUnclosedTags; index--) {
    const opening = open[index] as Token;
    if (opening.nesting !== 0) return;
    if (tagOf(opening).name !== name) continue;
    // Tags between the two were never closed: they stay text.
    open.length = index;
    showPair(state, opening, closing);
    return;
  }
}

function tagOf(token: Token): JsxTag {
  return token.meta?.tag as JsxTag;
}

function showPair({ md }: StateCore, opening: Token, closing: Token): void {
  const tag = tagOf(opening);
  if (tag.name === "a" || tag.name === "Link") {
    const href = md.normalizeLink(tag.attributes.get("href") ?? tag.attributes.get("to") ?? "");
    if (href && isSafeUrl(href)) {
      setElement(opening, closing, "a", "link");
      opening.attrSet("href", href);
      return;
    }
  }
  const shape = inlineComponents.get(tag.name) ?? { tag: "" };
  setElement(opening, closing, shape.tag, shape.tag === "" ? "jsx_content" : "jsx_element");
  const step = /^[1-5]$/.exec(tag.attributes.get("step") ?? "")?.[0];
  if (shape.className) opening.attrSet("class", step ? `${shape.className} mark-${step}` : shape.className);
}

/** HTML has no links inside links: the outer one stays, of the inner ones only the text. */
function keepOuterLinks(tokens: readonly Token[]): void {
  let depth = 0;
  for (const token of tokens) {
    if (token.type === "link_close") depth--;
    const inner = depth > 0;
    if (token.type === "link_open") depth++;
    if (inner && token.type === "link_open") token.type = "jsx_content_open";
    if (inner && token.type === "link_close") token.type = "jsx_content_close";
  }
}

function setElement(opening: Token, closing: Token, tag: string, type: string): void {
  Object.assign(opening, { type: `${type}_open`, tag, nesting: 1, content: "" });
  Object.assign(closing, { type: `${type}_close`, tag, nesting: -1, content: "" });
}

/** `<br />` and `<img />` are what they say; any other tag without content is shown as code. */
function showWholeTag({ md, Token }: StateCore, token: Token, tag: JsxTag): void {
  const source = md.normalizeLink(tag.attributes.get("src") ?? "");
  if (tag.name === "br") {
    Object.assign(token, { type: "hardbreak", tag: "br", content: "" });
  } else if ((tag.name === "img" || tag.name === "Image") && source && isSafeUrl(source)) {
    const alt = new Token("text", "", 0);
    alt.content = tag.attributes.get("alt") ?? "";
    Object.assign(token, { type: "image", tag: "img", content: "", children: [alt] });
    token.attrs = [["src", source]];
  } else {
    Object.assign(token, { type: "code_inline", tag: "code" });
  }
}
