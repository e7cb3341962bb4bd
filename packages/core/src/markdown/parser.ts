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
import { useMath } from "./math.ts";
import { usePictures } from "./picture.ts";
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

/** Whether code is coloured. It is the most expensive part, so a text that is too much with it may do without. */
export type Colours = "coloured" | "plain";

/** What authors may write: everything. */
export function createPostParser(colours: Colours): Parser {
  const md = createBase(colours, { strangers: false });
  // The order is the order in which the rules of the same stage run.
  useMath(md);
  useBlockJsx(md);
  useInlineJsx(md);
  useFootnotes(md);
  useCallouts(md);
  useTaskLists(md);
  useFigures(md);
  useLinks(md, { strangers: false });
  usePictures(md);
  useHeadings(md);
  useTables(md);
  useDepthLimits(md);
  return createParser(md);
}

/** What readers may write in a comment: no components, pictures, footnotes, and no headings of the page. */
export function createCommentParser(colours: Colours): Parser {
  const md = createBase(colours, { strangers: true });
  // A definition (`[a]: /b`) is not shown, and in a comment everything that was written should be.
  md.disable(["image", "reference"]);
  useTaskLists(md);
  useLinks(md, { strangers: true });
  useFlatHeadings(md);
  useTables(md);
  useDepthLimits(md);
  return createParser(md);
}

function createBase(colours: Colours, { strangers }: { readonly strangers: boolean }): MarkdownIt {
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
  useCode(md, colours);
  return md;
}

/** What no text means and no page may contain: control characters, half pairs, non-characters. */
const meaningless = /[^\P{Cc}\t\n\r]|\p{Cs}|\p{Noncharacter_Code_Point}/gu;

function createParser(md: MarkdownIt): Parser {
  return (source) => {
    const markdown = source.replace(meaningless, "\ufffd");
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
