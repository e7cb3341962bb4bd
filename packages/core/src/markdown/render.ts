import { AppError } from "../errors.ts";
import type { Locale } from "../locale.ts";
import type { Heading } from "../post/post.contract.ts";
import { interrupted, withinDeadline } from "./deadline.ts";
import { maxHtmlLength } from "./limit.ts";
import { type Colours, createCommentParser, createPostParser, type Parser, type Rendered } from "./parser.ts";

/** Rises when the same Markdown gives other HTML, so that stored HTML can be told from what would be made now. */
export const rendererVersion = 2;

/** For one attempt; there are at most two. */
const deadlineMilliseconds = 1_000;

interface RenderedPost {
  /** Safe by construction: only our own tags, attributes, classes (`classes.ts`) and prefixed ids. */
  readonly html: string;
  /** Levels 2 to 4 in reading order, for a table of contents. `id` is the element's id. */
  readonly headings: Heading[];
  readonly readingMinutes: number;
  /** The beginning as plain text, at most 200 characters. */
  readonly excerpt: string;
  readonly rendererVersion: number;
}

const renderAuthor = bounded(createPostParser);
const renderStranger = bounded(createCommentParser);

/**
 * An author's Markdown as HTML.
 * @throws AppError `unprocessable` when it takes too long or becomes too large a page
 */
export function renderPost(markdown: string): RenderedPost {
  return { ...renderAuthor(markdown), rendererVersion };
}

/**
 * A stranger's Markdown as HTML: text, emphasis, links, lists, quotes, tables and code.
 * @throws AppError `unprocessable` when it takes too long or becomes too large a page
 */
export function renderComment(markdown: string): { html: string } {
  return { html: renderStranger(markdown).html };
}

const refusals: Record<Locale, string> = {
  ko: "글이 너무 복잡해서 화면으로 만들 수 없습니다. 깊이 겹친 강조나 목록, 긴 코드를 줄여 주세요.",
  en: "This text is too intricate to be shown. Use fewer nested emphases or lists, or shorter code.",
};

/**
 * Bounds a parser in time and in what it makes. A text that is too much with coloured code
 * gets a second chance without colours, so that a grammar that is slow on some code costs
 * the colours and not the text.
 */
function bounded(create: (colours: Colours) => Parser): (markdown: string) => Rendered {
  const parsers: Partial<Record<Colours, Parser>> = {};
  return (markdown) => {
    for (const colours of ["coloured", "plain"] as const) {
      const parser = parsers[colours] ?? create(colours);
      parsers[colours] = parser;
      const rendered = withinDeadline(deadlineMilliseconds, () => parser(markdown));
      // An interruption leaves the parser half-way in some change: the next text gets a new one.
      if (rendered === interrupted) delete parsers[colours];
      else if (rendered.html.length <= maxHtmlLength) return rendered;
    }
    throw new AppError("unprocessable", { message: `${refusals.ko} (${refusals.en})` });
  };
}
