import type { MarkdownIt, Token } from "markdown-it";
import type { RenderEnvironment } from "./environment.ts";
import { maxTableCells } from "./limit.ts";
import { guardRule } from "./rule.ts";

/**
 * Tables that scroll by themselves on a narrow page, aligned by class instead of by style.
 * Tables beyond the cap stay the text that they were written as.
 */
export function useTables(md: MarkdownIt): void {
  guardRule(md.block.ruler, "table", (rule) => (state, startLine, endLine, silent) => {
    const before = state.tokens.length;
    if (!rule(state, startLine, endLine, silent)) return false;
    if (silent) return true;
    const { counts } = state.env as RenderEnvironment;
    counts.cells += state.tokens.slice(before).filter(({ type }) => type === "inline").length;
    if (counts.cells <= maxTableCells) return true;
    state.tokens.length = before;
    const source = state.getLines(startLine, state.line, state.blkIndent, true);
    state.push("code_block", "code", 0).content = source;
    return true;
  });

  md.core.ruler.push("tables", ({ tokens }) => {
    for (const token of tokens) {
      if (token.type === "th_open") token.attrSet("scope", "col");
      if (token.type === "th_open" || token.type === "td_open") alignByClass(token);
    }
  });
  md.renderer.rules.table_open = () => `<div class="table-scroll" tabindex="0"><table>\n`;
  md.renderer.rules.table_close = () => "</table></div>\n";
}

function alignByClass(cell: Token): void {
  const side = /^text-align:(left|center|right)$/.exec(String(cell.attrGet("style") ?? ""))?.[1];
  cell.attrs = (cell.attrs ?? []).filter(([name]) => name !== "style");
  if (side) cell.attrSet("class", `align-${side}`);
}
