import type { MarkdownIt, Token } from "markdown-it";
import type { CodeLanguage } from "./classes.ts";
import type { RenderEnvironment } from "./environment.ts";
import { parseFenceInfo } from "./fence-info.ts";
import { createHighlighter } from "./highlight.ts";
import { maxHighlightedLength } from "./limit.ts";
import type { Colours } from "./parser.ts";
import { bidiControls } from "./plain-text.ts";

/** What a component may say about a block of code that it holds; stored in the token's `meta`. */
export interface CodeMeta extends Record<string, unknown> {
  /** Used when the fence names no file. */
  readonly defaultFileName?: string;
  /** A class beside `code`, for instance `code-error`. */
  readonly className?: string;
}

/** Code with classes for colours, marked lines, a file name, and a hook for the copy button. */
export function useCode(md: MarkdownIt, colours: Colours): void {
  const highlighter = createHighlighter();
  const { escapeHtml, unescapeAll } = md.utils;

  function colour(code: string, language: CodeLanguage | undefined, { counts }: RenderEnvironment): string {
    const tooMuch = counts.highlighted + code.length > maxHighlightedLength;
    if (!language || tooMuch || colours === "plain") return escapeHtml(code);
    counts.highlighted += code.length;
    return highlighter.highlight(code, language);
  }

  function renderBlock({ content, info: written, meta }: Token, environment: RenderEnvironment): string {
    const info = parseFenceInfo(unescapeAll(written).trim());
    const { className, defaultFileName } = (meta ?? {}) as CodeMeta;
    const language = highlighter.languageOf(info.language);
    const fileName = info.fileName ?? defaultFileName;
    const shownLanguage = language ?? info.language.toLowerCase().slice(0, 30);

    const html = markLines(showBidiControls(colour(content, language, environment)), info.markedLines);
    const codeClass = language ? ` class="language-${language}"` : "";
    const languageData = shownLanguage ? ` data-language="${escapeHtml(shownLanguage)}"` : "";
    // A collapsed block has its name in the line that opens it.
    const caption =
      fileName && !info.hidden ? `<figcaption class="code-title">${escapeHtml(fileName)}</figcaption>` : "";
    const pre = `<pre tabindex="0"><code${codeClass}>${html}</code></pre>`;
    const figureClass = className ? `code ${className}` : "code";
    const figure = `<figure class="${figureClass}"${languageData} data-copy="">${caption}${pre}</figure>\n`;
    if (!info.hidden) return figure;
    const summary = escapeHtml(fileName ?? shownLanguage) || "…";
    return `<details class="disclosure disclosure-details"><summary>${summary}</summary>\n${figure}</details>\n`;
  }

  const { rules } = md.renderer;
  rules.fence = (tokens, index, _options, env) =>
    renderBlock(tokens[index] as Token, env as RenderEnvironment);
  rules.code_block = rules.fence;
  rules.code_inline = (tokens, index) =>
    `<code>${showBidiControls(escapeHtml((tokens[index] as Token).content))}</code>`;
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
