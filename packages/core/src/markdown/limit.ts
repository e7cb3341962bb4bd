import type { MarkdownIt, Token } from "markdown-it";

/** Blocks inside blocks (lists, quotes, components); what lies deeper is shown as it was written. */
export const maxBlockDepth = 40;
/** Emphasis inside emphasis; deeper markers stay visible as text. */
export const maxInlineDepth = 32;
export const maxTableCells = 5_000;
/** Characters of one formula, and formulas of one text; what is more is shown as it was written. */
export const maxFormulaLength = 2_000;
export const maxFormulas = 500;
export const maxFootnotes = 200;
export const maxFootnoteReferences = 1_000;
/** Headings listed for the table of contents; all headings keep their anchors. */
export const maxListedHeadings = 200;
/** Characters of the page that a text may become: far more than any text, less than what repeated markup can reach. */
export const maxHtmlLength = 2_000_000;
/** Characters of code in one text that are coloured; colouring is most of the work of a long text. */
export const maxHighlightedLength = 150_000;

/**
 * Bounds the depth of the page, since sanitisers, browsers and readers of feeds walk it
 * recursively. No text is lost: markdown-it alone would drop what lies too deep.
 */
export function useDepthLimits(md: MarkdownIt): void {
  const tokenize = md.block.tokenize;
  md.block.tokenize = function tokenizeWithinDepth(state, startLine, endLine) {
    if (state.level < maxBlockDepth) return tokenize.call(this, state, startLine, endLine);
    const source = state.getLines(startLine, endLine, state.blkIndent, false);
    if (source.trim()) state.push("code_block", "code", 0).content = source;
    state.line = endLine;
  };

  md.core.ruler.push("inline_depth", (state) => {
    for (const { children } of state.tokens) if (children) flattenDeepMarkup(children);
  });
}

function flattenDeepMarkup(tokens: Token[]): void {
  let depth = 0;
  for (const token of tokens) {
    if (token.nesting < 0) depth--;
    // Opening and closing tokens of one pair are met at the same depth, so pairs stay whole.
    if (token.nesting !== 0 && depth >= maxInlineDepth) {
      token.type = "text";
      token.content = token.markup === "linkify" || token.markup === "autolink" ? "" : token.markup;
      token.tag = "";
      if (token.nesting > 0) depth++;
      token.nesting = 0;
    } else if (token.nesting > 0) depth++;
  }
}
