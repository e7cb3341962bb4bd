import MarkdownItParser, { type MarkdownIt } from "markdown-it";
import cjkFriendly from "markdown-it-cjk-friendly";
import type { Heading } from "../post/post.contract.ts";
import { useCallouts } from "./callout.ts";
import { useCode } from "./code.ts";
import { createEnvironment } from "./environment.ts";
import { useFigures } from "./figure.ts";
import { useFootnotes } from "./footnote.ts";
import { useFlatHeadings, useHeadings } from "./heading.ts";
import { useBlockJsx } from "./jsx/block.ts";
import { useInlineJsx } from "./jsx/inline.ts";
import { useLabels } from "./label.ts";
import { maxBlockDepth, useDepthLimits } from "./limit.ts";
import { useLinks } from "./link.ts";
import { excerptOf, readingMinutesOf } from "./summary.ts";
import { useTables } from "./table.ts";
import { useTaskLists } from "./task-list.ts";

export interface Rendered {
  readonly html: string;
  readonly headings: Heading[];
  readonly readingMinutes: number;
  readonly excerpt: string;
}

/** Turns Markdown into HTML. It has no deadline of its own and may be broken by an interruption. */
export type Parser = (markdown: string) => Rendered;

/** What authors may write: everything. */
export function createPostParser(): Parser {
  const md = createBase({ strangers: false });
  // The order is the order in which the rules of the same stage run.
  useBlockJsx(md);
  useInlineJsx(md);
  useFootnotes(md);
  useCallouts(md);
  useTaskLists(md);
  useFigures(md);
  useLinks(md, { strangers: false });
  useHeadings(md);
  useTables(md);
  useDepthLimits(md);
  return createParser(md);
}

/** What readers may write in a comment: no components, pictures, footnotes, and no headings of the page. */
export function createCommentParser(): Parser {
  const md = createBase({ strangers: true });
  md.disable("image");
  useTaskLists(md);
  useLinks(md, { strangers: true });
  useFlatHeadings(md);
  useTables(md);
  useDepthLimits(md);
  return createParser(md);
}

function createBase({ strangers }: { readonly strangers: boolean }): MarkdownIt {
  const md = new MarkdownItParser({
    html: false,
    linkify: true,
    // People who write a comment mean the line breaks that they make.
    breaks: strangers,
    // Only a second line of defence: `useDepthLimits` keeps what markdown-it would drop here.
    maxNesting: maxBlockDepth + 10,
  });
  md.use(cjkFriendly);
  useLabels(md);
  useCode(md);
  return md;
}

function createParser(md: MarkdownIt): Parser {
  return (markdown) => {
    const environment = createEnvironment(markdown);
    const tokens = md.parse(markdown, environment);
    return {
      html: md.renderer.render(tokens, md.options, environment),
      headings: environment.headings,
      readingMinutes: readingMinutesOf(tokens),
      excerpt: excerptOf(tokens),
    };
  };
}
