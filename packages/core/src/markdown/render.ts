import type { Heading } from "../post/post.contract.ts";
import { withinDeadline } from "./deadline.ts";
import { createCommentParser, createPostParser, type Parser, type Rendered } from "./parser.ts";

/** Rises when the same Markdown gives other HTML, so that stored HTML can be told from what would be made now. */
export const rendererVersion = 1;

const deadlineMilliseconds = 1_000;

export interface RenderedPost {
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
 * @throws AppError `unprocessable` when it takes longer than a second
 */
export function renderPost(markdown: string): RenderedPost {
  return { ...renderAuthor(markdown), rendererVersion };
}

/**
 * A stranger's Markdown as HTML: text, emphasis, links, lists, quotes, tables and code.
 * @throws AppError `unprocessable` when it takes longer than a second
 */
export function renderComment(markdown: string): { html: string } {
  return { html: renderStranger(markdown).html };
}

/** A parser that is made on first use, bounded in time, and made anew after an interruption broke it. */
function bounded(create: () => Parser): (markdown: string) => Rendered {
  let parser: Parser | undefined;
  return (markdown) => {
    const current = parser ?? create();
    parser = current;
    return withinDeadline(
      deadlineMilliseconds,
      () => current(markdown),
      () => {
        parser = undefined;
      },
    );
  };
}
