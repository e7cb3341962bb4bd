import type { StateBlock, Token } from "markdown-it";
import { calloutAttributes } from "../callout.ts";
import { type CalloutKind, calloutKinds } from "../classes.ts";
import type { CodeMeta } from "../code.ts";
import type { RenderEnvironment } from "../environment.ts";
import { parseFenceInfo } from "../fence-info.ts";
import { type LabelName, labelText, labelToken } from "../label.ts";
import { isSafeUrl } from "../url.ts";
import type { BlockShape } from "./component.ts";
import { resolveTextExpressions } from "./expression.ts";
import type { JsxTag } from "./tag.ts";

/** What stands between the tags of a component. */
export interface Content {
  readonly isEmpty: boolean;
  /** Parses it as Markdown, into the tokens of the state. */
  parse(): void;
  /** It as it was typed, without the indentation that its lines share. */
  source(): string;
}

/** The attributes in which components of all kinds carry their heading. */
const titleAttributes = ["title", "titleText", "heading", "label", "caption", "summary", "value"];

/** Writes a component as tokens of ours. A component without a shape becomes a plain division. */
export function showComponent(
  state: StateBlock,
  tag: JsxTag,
  shape: BlockShape | undefined,
  content: Content,
): void {
  const { lang } = state.env as RenderEnvironment;
  const title = firstOf(tag, titleAttributes);
  const label = (name: LabelName | undefined) => title ?? (name && labelText(name, lang));

  if (!shape) {
    wrap(state, "div", [["class", "component"]], () => {
      pushLabel(state, "p", "component-title", title);
      content.parse();
      pushLink(state, firstOf(tag, ["src", "href", "url", "path", "to"]), undefined);
    });
  } else if (shape.as === "callout") {
    const kind = shape.kind === "from-type" ? calloutKindOf(tag) : shape.kind;
    wrap(state, "div", calloutAttributes(kind), () => {
      pushLabel(state, "p", "callout-title", label(kind));
      content.parse();
    });
  } else if (shape.as === "disclosure") {
    wrap(state, "details", [["class", `disclosure disclosure-${shape.kind}`]], () => {
      pushLabel(state, "summary", undefined, label(shape.kind));
      content.parse();
    });
  } else if (shape.as === "panel") {
    wrap(state, "div", [["class", `panel panel-${shape.kind}`]], () => {
      pushLabel(state, "p", "panel-title", label(shape.label));
      content.parse();
      pushLink(state, firstOf(tag, ["path", "href", "to"]), labelText("more", lang));
    });
  } else if (shape.as === "group") {
    wrap(state, "div", [["class", shape.className]], () => {
      const before = state.tokens.length;
      content.parse();
      if (shape.files) nameFiles(state.tokens.slice(before));
    });
  } else if (shape.as === "code") {
    pushSource(state, shape.language, content.source(), {});
  } else if (shape.as === "console") {
    const className = consoleClasses[tag.attributes.get("level") ?? ""] ?? "code-console";
    pushSource(state, "", content.source(), { className });
  } else if (shape.as === "figure") {
    showFigure(state, tag, content);
  } else if (shape.as === "media") {
    pushLink(state, mediaAddress(tag), title);
  } else if (shape.as === "contents") {
    state.push("jsx_contents", "ul", 0);
  } else if (shape.as === "element") {
    showElement(state, shape.tag, content);
  } else if (shape.as === "content") {
    // It has no element, but its depth counts like that of one.
    state.level++;
    content.parse();
    state.level--;
  }
}

function firstOf(tag: JsxTag, names: readonly string[]): string | undefined {
  return names.map((name) => tag.attributes.get(name)).find((value) => value && value !== "true");
}

function wrap(state: StateBlock, tag: string, attributes: [string, string][], inside: () => void): void {
  state.push("jsx_open", tag, 1).attrs = attributes;
  inside();
  state.push("jsx_close", tag, -1);
}

function pushLabel(
  state: StateBlock,
  tag: string,
  className: string | undefined,
  text: string | undefined,
): void {
  if (text) state.tokens.push(labelToken(state, tag, className, text));
}

/** A paragraph that is one link. An address that is not safe is shown and leads nowhere. */
function pushLink(state: StateBlock, address: string | undefined, text: string | undefined): void {
  if (!address) return;
  const href = state.md.normalizeLink(address);
  const label = new state.Token("text", "", 0);
  label.content = text ?? address;
  const open = new state.Token("link_open", "a", 1);
  open.attrs = [["href", href]];
  pushParagraph(state, isSafeUrl(href) ? [open, label, new state.Token("link_close", "a", -1)] : [label]);
}

function pushParagraph(state: StateBlock, children: Token[]): void {
  state.push("paragraph_open", "p", 1);
  pushInline(state, children);
  state.push("paragraph_close", "p", -1);
}

/** Inline tokens that are ready: the type keeps the parser from reading them as Markdown. */
function pushInline(state: StateBlock, children: Token[]): void {
  const inline = state.push("inline", "", 0);
  inline.content = "";
  inline.children = children;
}

function calloutKindOf(tag: JsxTag): CalloutKind {
  const type = (firstOf(tag, ["type", "kind", "variant", "status", "emoji"]) ?? "").toLowerCase();
  const kind = calloutKinds.find((candidate) => candidate === type);
  return kind ?? calloutSynonyms[type] ?? "note";
}

const calloutSynonyms: Readonly<Record<string, CalloutKind>> = {
  success: "tip",
  warn: "warning",
  error: "caution",
  danger: "caution",
};

const consoleClasses: Readonly<Record<string, string>> = { error: "code-error", warning: "code-warning" };

function pushSource(state: StateBlock, language: string, source: string, meta: CodeMeta): void {
  const token = state.push("fence", "code", 0);
  token.info = language;
  token.content = `${state.md.utils.unescapeMd(resolveTextExpressions(source)).trim()}\n`;
  token.meta = meta;
}

/** The names that a playground gives its files when the author gave none. */
const playgroundFiles: Readonly<Record<string, string>> = {
  js: "App.js",
  jsx: "App.js",
  ts: "App.ts",
  tsx: "App.tsx",
  css: "styles.css",
  html: "index.html",
};

function nameFiles(tokens: readonly Token[]): void {
  for (const token of tokens) {
    if (token.type !== "fence") continue;
    const defaultFileName = playgroundFiles[parseFenceInfo(token.info.trim()).language];
    if (defaultFileName) token.meta = { defaultFileName };
  }
}

function showFigure(state: StateBlock, tag: JsxTag, content: Content): void {
  const source = firstOf(tag, ["src"]);
  const alt = firstOf(tag, ["alt", "description"]);
  const caption = firstOf(tag, ["caption", "title", "author"]);
  const href = source && state.md.normalizeLink(source);
  wrap(state, "figure", [["class", "figure"]], () => {
    if (href && isSafeUrl(href)) pushImage(state, tag, href, alt);
    // A drawing that lives in the other site's code: its description is all there is to read.
    else pushLabel(state, "p", undefined, alt ?? source);
    if (!caption && content.isEmpty) return;
    state.push("jsx_open", "figcaption", 1);
    pushLabel(state, "p", undefined, caption);
    content.parse();
    state.push("jsx_close", "figcaption", -1);
  });
}

function pushImage(state: StateBlock, tag: JsxTag, src: string, alt: string | undefined): void {
  const image = new state.Token("image", "img", 0);
  image.attrs = [["src", src]];
  for (const name of ["width", "height"]) {
    const pixels = /^\d{1,5}$/.exec(tag.attributes.get(name) ?? "")?.[0];
    if (pixels) image.attrPush([name, pixels]);
  }
  const text = new state.Token("text", "", 0);
  text.content = alt ?? "";
  image.children = [text];
  pushInline(state, [image]);
}

/** Players are not embedded: they run code of another site. */
function mediaAddress(tag: JsxTag): string | undefined {
  const source = firstOf(tag, ["src", "url", "href"]);
  const id =
    firstOf(tag, ["id", "videoId"]) ?? /youtube(?:-nocookie)?\.com\/embed\/([\w-]+)/.exec(source ?? "")?.[1];
  return id && /^[\w-]{6,20}$/.test(id) ? `https://www.youtube.com/watch?v=${id}` : source;
}

const listTypes = { ul: "bullet_list", ol: "ordered_list", li: "list_item" } as const;

function showElement(state: StateBlock, tag: "ul" | "ol" | "li" | "hr", content: Content): void {
  if (tag === "hr") {
    state.push("hr", "hr", 0);
    return;
  }
  state.push(`${listTypes[tag]}_open`, tag, 1);
  const before = state.tokens.length;
  content.parse();
  const [paragraph, , end, ...more] = state.tokens.slice(before);
  if (tag === "li" && paragraph?.type === "paragraph_open" && end && more.length === 0) {
    paragraph.hidden = true;
    end.hidden = true;
  }
  state.push(`${listTypes[tag]}_close`, tag, -1);
}
