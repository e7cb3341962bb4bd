import { blockComponents, inlineComponents } from "./component.ts";
import { type JsxTag, readTag } from "./tag.ts";

/** A part of the source, by lines, that the block rule takes as one. */
export type JsxPart =
  /** `last` is the line on which the opening tag ends, `close` the line of the closing tag. */
  | { readonly type: "element"; readonly tag: JsxTag; readonly last: number; readonly close: number }
  | { readonly type: "whole"; readonly tag: JsxTag; readonly last: number }
  | { readonly type: "comment"; readonly last: number }
  /** `import` and `export` lines of MDX. */
  | { readonly type: "module"; readonly last: number };

/** Where the JSX of a text stands, by the line on which each part begins. */
export type JsxLayout = ReadonlyMap<number, JsxPart>;

/** Opening tags may reach over this many lines. */
const maxTagLines = 20;

/** Indentation and the markers of quotes and lists that may stand before a tag. */
const containerPrefix = /^(?:[ \t]{0,12}(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*/;
const fenceStart = /^(`{3,}|~{3,})(.*)$/;
const importLine = /^import\s(?:[\w$*{}\s,]+\sfrom\s)?\s*(?:"[^"]*"|'[^']*');?\s*$|^import\s+\{\s*$/;
const exportLine =
  /^export\s+(?:default\s+)?(?:(?:const|let|var|function|async|class|type|interface)\s|[{*])/;

interface OpenTag {
  readonly tag: JsxTag;
  readonly line: number;
  readonly last: number;
}

/**
 * Finds the tags that begin and end blocks, in one pass over the lines. Tags that share a
 * line with their content get lines of their own, so that the parser finds content in
 * whole lines; tags without a partner stay text.
 * @returns the source with those lines, and what stands on them
 */
export function layOutJsx(source: string): { readonly source: string; readonly layout: JsxLayout } {
  const scan = new LayoutScan(source.split("\n"));
  scan.run();
  return { source: scan.output.join("\n"), layout: scan.layout };
}

class LayoutScan {
  readonly output: string[] = [];
  readonly layout = new Map<number, JsxPart>();
  readonly #input: string[];
  readonly #open: OpenTag[] = [];
  /** How many tags of a name are open, so that a stray closing tag costs one look-up. */
  readonly #openByName = new Map<string, number>();
  /** Ends of comments that stand nowhere in the rest of the source. */
  readonly #neverEnding = new Set<string>();

  constructor(lines: readonly string[]) {
    // Reversed, since lines are taken from the beginning and rests are put back there.
    this.#input = [...lines].reverse();
  }

  run(): void {
    let fence: string | undefined;
    let afterBlank = true;
    for (let line = this.#input.pop(); line !== undefined; line = this.#input.pop()) {
      const prefix = containerPrefix.exec(line)?.[0] ?? "";
      const text = line.slice(prefix.length);
      const [, marker, info] = fenceStart.exec(text) ?? [];
      if (fence !== undefined) {
        if (marker?.startsWith(fence) && !info?.trim()) fence = undefined;
        this.output.push(line);
      } else if (marker && !(marker.startsWith("`") && info?.includes("`"))) {
        fence = marker;
        this.output.push(line);
      } else if (!this.#takeModule(line, afterBlank) && !this.#takeComment(prefix, text)) {
        this.#takeText(prefix, text);
      }
      afterBlank = text.trim() === "";
    }
  }

  /** MDX allows modules only at the margin after an empty line, and they reach to the next one. */
  #takeModule(line: string, afterBlank: boolean): boolean {
    if (!afterBlank || !(importLine.test(line) || exportLine.test(line))) return false;
    const first = this.output.length;
    this.output.push(line);
    while (this.#input.at(-1)?.trim()) this.output.push(this.#input.pop() as string);
    this.layout.set(first, { type: "module", last: this.output.length - 1 });
    return true;
  }

  /** A comment that begins a line and has nothing behind it. It is for the author, not for readers. */
  #takeComment(prefix: string, text: string): boolean {
    const end = text.startsWith("{/*") ? "*/}" : text.startsWith("<!--") ? "-->" : undefined;
    if (!end || this.#neverEnding.has(end)) return false;
    const lines = [prefix + text];
    while (!lines.at(-1)?.includes(end)) {
      const next = this.#input.at(-lines.length);
      if (next === undefined) {
        this.#neverEnding.add(end);
        return false;
      }
      lines.push(next);
    }
    if (!lines.at(-1)?.trimEnd().endsWith(end)) return false;
    this.#input.length -= lines.length - 1;
    this.layout.set(this.output.length, { type: "comment", last: this.output.length + lines.length - 1 });
    this.output.push(...lines);
    return true;
  }

  #takeText(prefix: string, text: string): void {
    if (text.startsWith("</")) {
      const tag = readTag(text, 0);
      if (tag && this.#isOpen(tag.name)) {
        this.output.push(prefix + text.slice(0, tag.end));
        this.#close(tag.name);
        this.#putBack(prefix, text.slice(tag.end));
        return;
      }
    } else if (text.startsWith("<") && this.#takeOpening(prefix, text)) return;

    const closing = /<\/[A-Za-z][\w.]*>\s*$/.exec(text);
    const name = closing?.[0].trim().slice(2, -1);
    if (closing && name && this.#isOpen(name)) {
      // The last lines of the content share their line with the closing tag.
      this.output.push(prefix + text.slice(0, closing.index));
      this.#putBack(prefix, closing[0]);
    } else this.output.push(prefix + text);
  }

  #takeOpening(prefix: string, text: string): boolean {
    if (!startsBlockTag(text)) return false;
    const source = this.#joinTag(text);
    const tag = readTag(source, 0);
    if (!tag || tag.kind === "close") return false;
    const tagLines = source.slice(0, tag.end).split("\n");
    const [rest = ""] = source.slice(tag.end).split("\n", 1);
    if (!this.#standsAlone(tag, rest.trim())) return false;

    this.#input.length -= tagLines.length - 1;
    const line = this.output.length;
    this.output.push(prefix + tagLines[0], ...tagLines.slice(1));
    const last = this.output.length - 1;
    if (tag.kind === "whole") this.layout.set(line, { type: "whole", tag, last });
    else {
      this.#open.push({ tag, line, last });
      this.#openByName.set(tag.name, (this.#openByName.get(tag.name) ?? 0) + 1);
    }
    this.#putBack(prefix, rest);
    return true;
  }

  /** Whether a tag with this rest of its line is a block of its own and not a word in a sentence. */
  #standsAlone(tag: JsxTag, rest: string): boolean {
    if (rest === "" || startsBlockTag(rest)) return true;
    if (tag.kind === "whole") return false;
    const closing = `</${tag.name}>`;
    const closeAt = rest.lastIndexOf(closing);
    if (closeAt < 0) return blockComponents.has(tag.name);
    const behind = rest.slice(closeAt + closing.length);
    return behind === "" || startsBlockTag(behind);
  }

  /** The rest of a line with as many of the following lines as an opening tag may need. */
  #joinTag(text: string): string {
    if (text.includes(">") && readTag(text, 0)) return text;
    const lines = [text];
    for (let i = 1; lines.length < maxTagLines; i++) {
      const next = this.#input.at(-i);
      if (!next?.trim()) break;
      lines.push(next);
    }
    return lines.join("\n");
  }

  #putBack(prefix: string, rest: string): void {
    if (!rest.trim()) return;
    // A list marker would begin a new item; spaces of its width stay in the same one.
    this.#input.push(prefix.replace(/[-*+\d.)]/g, " ") + rest.trim());
  }

  #isOpen(name: string): boolean {
    return (this.#openByName.get(name) ?? 0) > 0;
  }

  #close(name: string): void {
    for (let entry = this.#open.pop(); entry; entry = this.#open.pop()) {
      this.#openByName.set(entry.tag.name, (this.#openByName.get(entry.tag.name) ?? 1) - 1);
      if (entry.tag.name !== name) continue;
      const close = this.output.length - 1;
      this.layout.set(entry.line, { type: "element", tag: entry.tag, last: entry.last, close });
      return;
    }
  }
}

/** Components have capitals; of the elements of HTML only the known ones are taken. */
function startsBlockTag(text: string): boolean {
  const name = /^<\/?([A-Za-z][\w.]*)?(?=[\s/>]|$)/.exec(text)?.[1] ?? "";
  if (blockComponents.has(name)) return name !== "" || /^<\/?>/.test(text);
  return /^[A-Z]/.test(name) && !inlineComponents.has(name);
}
