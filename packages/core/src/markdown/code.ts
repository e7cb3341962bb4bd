import type { MarkdownIt, Token } from "markdown-it";
import { parseFenceInfo } from "./fence-info.ts";
import { createHighlighter, type Highlighter } from "./highlight.ts";
import { bidiControls } from "./plain-text.ts";

/** What a component may say about a block of code that it holds; stored in the token's `meta`. */
export interface CodeMeta extends Record<string, unknown> {
  /** Used when the fence names no file. */
  readonly defaultFileName?: string;
  /** A class beside `code`, for instance `code-error`. */
  readonly className?: string;
}

/** Code with classes for colours, marked lines, a file name, and a hook for the copy button. */
export function useCode(md: MarkdownIt): void {
  const highlighter = createHighlighter();
  const { escapeHtml, unescapeAll } = md.utils;

  md.renderer.rules.fence = (tokens, index) => {
    const token = tokens[index] as Token;
    return renderCode(md, highlighter, token.content, unescapeAll(token.info).trim(), token.meta as CodeMeta);
  };
  md.renderer.rules.code_block = (tokens, index) =>
    renderCode(md, highlighter, (tokens[index] as Token).content, "", null);
  md.renderer.rules.code_inline = (tokens, index) =>
    `<code>${showBidiControls(escapeHtml((tokens[index] as Token).content))}</code>`;
}

function renderCode(
  md: MarkdownIt,
  highlighter: Highlighter,
  content: string,
  infoText: string,
  meta: CodeMeta | null,
): string {
  const { escapeHtml } = md.utils;
  const info = parseFenceInfo(infoText);
  const language = highlighter.languageOf(info.language);
  const html = (language && highlighter.highlight(content, language)) ?? escapeHtml(content);
  const lines = markLines(showBidiControls(html), info.markedLines);
  const fileName = info.fileName ?? meta?.defaultFileName;
  const shownLanguage = language ?? info.language.toLowerCase().slice(0, 30);

  const figureClass = meta?.className ? `code ${meta.className}` : "code";
  const languageData = shownLanguage ? ` data-language="${escapeHtml(shownLanguage)}"` : "";
  const codeClass = language ? ` class="language-${language}"` : "";
  const caption = fileName ? `<figcaption class="code-title">${escapeHtml(fileName)}</figcaption>` : "";
  const code = `<pre tabindex="0"><code${codeClass}>${lines}</code></pre>`;
  const figure = `<figure class="${figureClass}"${languageData} data-copy="">${caption}${code}</figure>\n`;
  if (!info.hidden) return figure;
  const summary = escapeHtml(fileName ?? shownLanguage) || "…";
  return `<details class="disclosure disclosure-details"><summary>${summary}</summary>\n${figure}</details>\n`;
}

/** Code may read in another order than it runs: what causes that becomes visible. */
function showBidiControls(html: string): string {
  return html.replace(bidiControls, (control) => {
    const name = control.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return `<span class="bidi-control">[U+${name}]</span>`;
  });
}

/**
 * Wraps the marked lines. A highlighter's spans may reach over several lines, so those
 * that are open at a line's end are closed there and opened again on the next line.
 */
function markLines(html: string, ranges: readonly { readonly from: number; readonly to: number }[]): string {
  if (ranges.length === 0) return html;
  const lines = html.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const marked = new Uint8Array(lines.length + 1);
  for (const { from, to } of ranges) if (from >= 1 && to >= from) marked.fill(1, from, to + 1);

  const open: string[] = [];
  let result = "";
  for (const [index, line] of lines.entries()) {
    const prefix = open.join("");
    for (const [tag] of line.matchAll(/<span class="[^"]*">|<\/span>/g)) {
      if (tag === "</span>") open.pop();
      else open.push(tag);
    }
    const whole = `${prefix}${line}\n${"</span>".repeat(open.length)}`;
    result += marked[index + 1] ? `<span class="code-line-marked">${whole}</span>` : whole;
  }
  return result;
}
