import type { MarkdownIt, StateBlock } from "markdown-it";
import type { RenderEnvironment } from "../environment.ts";
import { blockComponents } from "./component.ts";
import { type JsxPart, layOutJsx } from "./layout.ts";
import { type Content, showComponent } from "./show.ts";

/** Components of other sites that stand for blocks: read as content, never executed. */
export function useBlockJsx(md: MarkdownIt): void {
  md.core.ruler.after("normalize", "jsx_layout", (state) => {
    const { source, layout } = layOutJsx(state.src);
    state.src = source;
    (state.env as RenderEnvironment).jsx = layout;
  });
  md.block.ruler.before("code", "jsx", takePart, { alt: ["paragraph", "reference", "blockquote", "list"] });
  md.renderer.rules.jsx_contents = (_tokens, _index, _options, env) =>
    showContents(md, env as RenderEnvironment);
}

/** Links to the main headings, once: a list at every place that asks would multiply a text. */
function showContents(md: MarkdownIt, environment: RenderEnvironment): string {
  if (environment.contentsShown) return "";
  environment.contentsShown = true;
  const items = environment.headings
    .filter(({ level }) => level === 2)
    .map(({ id, text }) => {
      const href = md.utils.escapeHtml(md.normalizeLink(`#${id}`));
      return `<li><a href="${href}">${md.utils.escapeHtml(text)}</a></li>`;
    });
  return items.length > 0 ? `<ul class="toc">${items.join("")}</ul>\n` : "";
}

function takePart(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const part = (state.env as RenderEnvironment).jsx?.get(startLine);
  if (!part || !beginsHere(state, startLine, part)) return false;
  const lastLine = part.type === "element" ? part.close : part.last;
  if (lastLine >= endLine || !staysInside(state, startLine, lastLine)) return false;
  if (silent) return true;

  if (part.type === "module") {
    pushCode(state, startLine, part.last + 1, "js");
  } else if (part.type !== "comment") {
    takeComponent(state, startLine, part);
  }
  state.line = lastLine + 1;
  return true;
}

/** Whether the parser stands before the part itself, and not before the quote or list that it is in. */
function beginsHere(state: StateBlock, line: number, part: JsxPart): boolean {
  const character = state.src.charAt((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0));
  return part.type === "module" ? /[ie]/.test(character) : /[<{]/.test(character);
}

/** Whether all lines belong to the list or quote that the first one belongs to. */
function staysInside(state: StateBlock, first: number, last: number): boolean {
  for (let line = first; line <= last; line++) {
    const indentation = state.sCount[line] ?? 0;
    if (!state.isEmpty(line) && indentation < state.blkIndent) return false;
  }
  return (state.sCount[first] ?? 0) - state.blkIndent < 4;
}

function takeComponent(
  state: StateBlock,
  startLine: number,
  part: Extract<JsxPart, { type: "element" | "whole" }>,
): void {
  const shape = blockComponents.get(part.tag.name);
  const first = part.last + 1;
  const end = part.type === "element" ? part.close : first;
  const content: Content = {
    get isEmpty() {
      return state.getLines(first, end, 0, false).trim() === "";
    },
    parse: () => parseInside(state, first, end),
    source: () => state.getLines(first, end, commonIndentation(state, first, end), false),
  };
  if (shape || part.type === "element") showComponent(state, part.tag, shape, content);
  else pushCode(state, startLine, part.last + 1, "jsx");
}

/** Markdown between two tags. Components are indented like code in JSX, which must not make it code. */
function parseInside(state: StateBlock, first: number, end: number): void {
  if (first >= end) return;
  const { blkIndent, lineMax, parentType } = state;
  state.blkIndent = Math.max(blkIndent, commonIndentation(state, first, end));
  state.lineMax = end;
  state.parentType = "root";
  state.md.block.tokenize(state, first, end);
  Object.assign(state, { blkIndent, lineMax, parentType });
}

function commonIndentation(state: StateBlock, first: number, end: number): number {
  let common = Number.POSITIVE_INFINITY;
  for (let line = first; line < end; line++) {
    if (!state.isEmpty(line)) common = Math.min(common, state.sCount[line] ?? 0);
  }
  return Number.isFinite(common) ? common : 0;
}

function pushCode(state: StateBlock, first: number, end: number, language: string): void {
  const token = state.push("fence", "code", 0);
  token.info = language;
  token.content = state.getLines(first, end, state.blkIndent, true);
}
