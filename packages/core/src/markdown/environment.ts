import type { Env } from "markdown-it";
import type { Locale } from "../locale.ts";
import type { Heading } from "../post/post.contract.ts";
import type { JsxLayout } from "./jsx/layout.ts";

/** What the rules of one rendering share. markdown-it hands it to every rule as `env`. */
export interface RenderEnvironment extends Env {
  /** The language of the labels that the renderer adds (callouts, footnotes). */
  readonly lang: Locale;
  readonly headings: Heading[];
  jsx?: JsxLayout;
  /** Counted against the caps in `limit.ts`. */
  readonly counts: { cells: number; footnotes: number; footnoteReferences: number };
}

/** A text is Korean when a tenth of its letters are Hangul; code and names bring Latin letters into any text. */
function languageOf(markdown: string): Locale {
  const hangul = markdown.match(/\p{sc=Hangul}/gu)?.length ?? 0;
  const latin = markdown.match(/[a-z]/gi)?.length ?? 0;
  return hangul * 9 >= latin && hangul > 0 ? "ko" : "en";
}

export function createEnvironment(markdown: string): RenderEnvironment {
  return {
    lang: languageOf(markdown),
    headings: [],
    counts: { cells: 0, footnotes: 0, footnoteReferences: 0 },
  };
}
