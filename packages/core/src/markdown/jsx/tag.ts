/** One tag of JSX or HTML, read but never executed. */
export interface JsxTag {
  /** Empty for the fragments `<>` and `</>`. */
  readonly name: string;
  readonly kind: "open" | "close" | "whole";
  /** Attributes with a value that can be read: text, numbers, booleans. Expressions are left out. */
  readonly attributes: ReadonlyMap<string, string>;
  /** The position after `>`. */
  readonly end: number;
}

/** A tag longer than this is no tag: it bounds the work that `<` in hostile text can cause. */
const maxTagLength = 4_000;

/** Elements of HTML that have no content and need no closing tag. */
const voidElements = new Set(["area", "br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"]);

const tagName = /[A-Za-z][\w.-]*/y;
const attributeName = /[A-Za-z_$][\w$:.-]*/y;
const spaces = /\s*/y;

/** Reads the tag that begins with `<` at `start`; nothing when it is none. */
export function readTag(source: string, start: number): JsxTag | undefined {
  const text = source.slice(start, start + maxTagLength);
  if (text[0] !== "<") return undefined;
  const closing = text[1] === "/";
  const nameStart = closing ? 2 : 1;
  const name = match(tagName, text, nameStart) ?? "";
  let at = nameStart + name.length;

  if (closing || name === "") {
    at += match(spaces, text, at)?.length ?? 0;
    if (text[at] !== ">") return undefined;
    return { name, kind: closing ? "close" : "open", attributes: new Map(), end: start + at + 1 };
  }

  const attributes = new Map<string, string>();
  for (;;) {
    const gap = match(spaces, text, at)?.length ?? 0;
    at += gap;
    if (text[at] === ">") {
      const kind = voidElements.has(name) ? "whole" : "open";
      return { name, kind, attributes, end: start + at + 1 };
    }
    if (text.startsWith("/>", at)) return { name, kind: "whole", attributes, end: start + at + 2 };
    if (gap === 0) return undefined;
    const next = readAttribute(text, at, attributes);
    if (next === undefined) return undefined;
    at = next;
  }
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Stores the attribute at `at` and returns the position after it. */
function readAttribute(text: string, at: number, attributes: Map<string, string>): number | undefined {
  if (text[at] === "{") return endOfBraces(text, at);
  const name = match(attributeName, text, at);
  if (name === undefined) return undefined;
  let position = at + name.length;
  if (text[position] !== "=") {
    attributes.set(name, "true");
    return position;
  }
  position++;
  const opener = text[position];
  if (opener === '"' || opener === "'") {
    const end = text.indexOf(opener, position + 1);
    if (end < 0) return undefined;
    attributes.set(name, text.slice(position + 1, end));
    return end + 1;
  }
  if (opener !== "{") return undefined;
  const end = endOfBraces(text, position);
  if (end === undefined) return undefined;
  const value = literalValue(text.slice(position + 1, end - 1));
  if (value !== undefined) attributes.set(name, value);
  return end;
}

/** The position after the brace that closes the one at `at`; braces in strings do not count. */
function endOfBraces(text: string, at: number): number | undefined {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const char = text[i];
    if (char === "{") depth++;
    else if (char === "}" && --depth === 0) return i + 1;
    else if (char === '"' || char === "'" || char === "`") {
      const end = text.indexOf(char, i + 1);
      if (end < 0) return undefined;
      i = end;
    }
  }
  return undefined;
}

/** The text of a literal (`'a'`, `` `a` ``, `3`, `true`); nothing for an expression that would have to run. */
export function literalValue(expression: string): string | undefined {
  const trimmed = expression.trim();
  if (/^(?:true|false|-?\d+(?:\.\d+)?)$/.test(trimmed)) return trimmed;
  const [, quote, body] = /^(["'`])([\s\S]*)\1$/.exec(trimmed) ?? [];
  if (quote === undefined || body === undefined) return undefined;
  // A quote inside would end the literal early, and `${` would have to be evaluated.
  if (new RegExp(`(?<!\\\\)${quote}`).test(body) || (quote === "`" && body.includes("${"))) return undefined;
  return body.replace(/\\(.)/gs, (_whole, char: string) => escapes[char] ?? char);
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "" };
