import MarkdownIt from "markdown-it";
import type { Heading } from "../post/post.contract.ts";
import { withinDeadline } from "./deadline.ts";

/** Rises when the same Markdown gives other HTML, so that stored HTML can be told from what would be made now. */
export const rendererVersion = 1;

const deadlineMilliseconds = 1_000;

export interface RenderedPost {
  /** Safe by construction: only our own tags, attributes, classes (`classes.ts`) and prefixed ids. */
  readonly html: string;
  /** Levels 2 to 4 in reading order, for a table of contents. `id` is the element's id. */
  readonly headings: readonly Heading[];
  readonly readingMinutes: number;
  /** The beginning as plain text, at most 200 characters. */
  readonly excerpt: string;
  readonly rendererVersion: number;
}

let parser = new MarkdownIt({ html: false });
const rebuild = () => {
  parser = new MarkdownIt({ html: false });
};

/**
 * An author's Markdown as HTML.
 * @throws AppError `unprocessable` when it takes longer than a second
 */
export function renderPost(markdown: string): RenderedPost {
  return withinDeadline(
    deadlineMilliseconds,
    () => ({
      html: parser.render(markdown),
      headings: [],
      readingMinutes: 1,
      excerpt: "",
      rendererVersion,
    }),
    rebuild,
  );
}

/**
 * A stranger's Markdown as HTML: text, emphasis, lists, quotes, tables and code.
 * @throws AppError `unprocessable` when it takes longer than a second
 */
export function renderComment(markdown: string): { html: string } {
  return withinDeadline(deadlineMilliseconds, () => ({ html: parser.render(markdown) }), rebuild);
}
