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
  /** The list of headings stands in the page already. */
  contentsShown?: boolean;
  /** Counted against the caps in `limit.ts`. */
  readonly counts: {
    cells: number;
    footnotes: number;
    footnoteReferences: number;
    formulas: number;
    highlighted: number;
  };
}

/** A text is Korean when a tenth of its letters are Hangul; names bring Latin letters into any text. */
function languageOf(markdown: string): Locale {
  const prose = markdown.replace(/^[ \t]*(```|~~~)[\s\S]*?^[ \t]*\1/gm, "").replace(/<[A-Za-z/][^<>]*>/g, "");
  const hangul = prose.match(/\p{sc=Hangul}/gu)?.length ?? 0;
  const latin = prose.match(/[a-z]/gi)?.length ?? 0;
  return hangul > 0 && hangul * 9 >= latin ? "ko" : "en";
}

export function createEnvironment(markdown: string): RenderEnvironment {
  return {
    lang: languageOf(markdown),
    headings: [],
    counts: { cells: 0, footnotes: 0, footnoteReferences: 0, formulas: 0, highlighted: 0 },
  };
}
