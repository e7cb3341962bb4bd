import type { MarkdownIt, StateBlock, StateInline } from "markdown-it";
import temml from "temml";
import type { RenderEnvironment } from "./environment.ts";
import { maxFormulaLength, maxFormulas } from "./limit.ts";

/** What a formula may be made of: MathML Core without links, styles and whatever reads on as HTML. */
const tags: ReadonlySet<string> = new Set(
  "math menclose merror mfrac mi mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover".split(
    " ",
  ),
);
const attributes: ReadonlySet<string> = new Set(
  "accent accentunder columnalign columnspan depth display displaystyle fence form height largeop linethickness lspace mathvariant maxsize minsize movablelimits notation rowspan rspace scriptlevel separator stretchy symmetric voffset width".split(
    " ",
  ),
);

/**
 * Formulas of TeX between dollar signs, `$e^{i\pi}$` in a line and `$$…$$` as a block, and in a fence
 * of the language `math`. They become MathML when a post is published: browsers set it themselves, so
 * that a reader loads neither script nor font for it.
 */
export function useMath(md: MarkdownIt): void {
  const { escapeHtml } = md.utils;

  function formulaOf(tex: string, isBlock: boolean, { counts }: RenderEnvironment): string | undefined {
    if (tex.length > maxFormulaLength || counts.formulas >= maxFormulas) return undefined;
    counts.formulas++;
    try {
      const options = { displayMode: isBlock, throwOnError: true, strict: true, trust: false };
      return onlyMath(temml.renderToString(tex, { ...options, maxExpand: 200, maxSize: [20, 20] }));
    } catch {
      // What is no TeX, or nests deeper than the stack, is shown as it was written.
      return undefined;
    }
  }

  md.inline.ruler.after("escape", "math", readInline);
  md.block.ruler.before("fence", "math", readBlock, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
  const { rules } = md.renderer;
  rules.math_inline = (tokens, index, _options, env) => {
    const tex = tokens[index]?.content ?? "";
    return formulaOf(tex, false, env as RenderEnvironment) ?? `<code>$${escapeHtml(tex)}$</code>`;
  };
  const renderBlock = (tex: string, env: RenderEnvironment) => {
    const formula = formulaOf(tex, true, env);
    return formula === undefined
      ? `<figure class="code"><pre tabindex="0"><code>${escapeHtml(tex)}</code></pre></figure>\n`
      : `<div class="math" tabindex="0">${formula}</div>\n`;
  };
  rules.math_block = (tokens, index, _options, env) =>
    renderBlock(tokens[index]?.content ?? "", env as RenderEnvironment);
  const { fence } = rules;
  rules.fence = (tokens, index, options, env, renderer) => {
    const { info = "", content = "" } = tokens[index] ?? {};
    if (info.trim() === "math") return renderBlock(content, env as RenderEnvironment);
    return fence?.(tokens, index, options, env, renderer) ?? "";
  };
}

/** As pandoc reads it: the signs touch what they enclose, and no digit follows, so that prices stay prices. */
function readInline(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  if (src[pos] !== "$" || src[pos + 1] === "$" || /\s/.test(src[pos + 1] ?? " ")) return false;
  let end = pos + 1;
  for (;;) {
    end = src.indexOf("$", end);
    if (end < 0 || end >= posMax || end - pos > maxFormulaLength) return false;
    if (!isEscaped(src, end)) break;
    end++;
  }
  if (/\s/.test(src[end - 1] ?? " ") || /\d/.test(src[end + 1] ?? "")) return false;
  if (!silent) state.push("math_inline", "math", 0).content = src.slice(pos + 1, end);
  state.pos = end + 1;
  return true;
}

function isEscaped(src: string, at: number): boolean {
  let slashes = 0;
  while (src[at - 1 - slashes] === "\\") slashes++;
  return slashes % 2 === 1;
}

/** From a line that begins with `$$` to one that ends with it; without an end it is text. */
function readBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const lineAt = (line: number) =>
    state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
  const first = lineAt(startLine);
  if (!first.startsWith("$$") || (state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const lines = [first.slice(2)];
  let line = startLine;
  while (!lines.at(-1)?.trimEnd().endsWith("$$")) {
    line++;
    if (line >= endLine || (state.sCount[line] ?? 0) < state.blkIndent) return false;
    if (lines.join("\n").length > maxFormulaLength) return false;
    lines.push(lineAt(line));
  }
  const tex = lines.join("\n").trimEnd().slice(0, -2).trim();
  if (tex === "") return false;
  if (silent) return true;
  const token = state.push("math_block", "div", 0);
  token.block = true;
  token.content = tex;
  token.map = [startLine, line + 1];
  state.line = line + 1;
  return true;
}

/** How Temml says where the cells of aligned equations stand, and how we do. */
const alignments: Readonly<Record<string, string>> = {
  "tml-left": "align-left",
  "tml-right": "align-right",
};

/** Lets through what `tags` and `attributes` name; the text between tags is escaped already. */
function onlyMath(mathml: string): string {
  return mathml.replace(/<(\/?)([a-z]+)([^<>]*)>/g, (_, slash: string, tag: string, written: string) => {
    if (!tags.has(tag)) return "";
    if (slash) return `</${tag}>`;
    const found = [...written.matchAll(/ ([a-z]+)="([^"<>]*)"/g)].map(([, name = "", value = ""]) => {
      if (name === "class" && alignments[value]) return ` class="${alignments[value]}"`;
      return attributes.has(name) ? ` ${name}="${value}"` : "";
    });
    const end = written.trimEnd().endsWith("/") ? `></${tag}>` : ">";
    return `<${tag}${found.join("")}${end}`;
  });
}
