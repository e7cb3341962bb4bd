/** How the renderer marks a fence of this language. An author's own quotes come out of it escaped. */
const mark = 'data-language="mermaid"';

/** The blocks of code that are drawn. */
export const diagramSelector = `figure.code[${mark}]`;

/** Whether a rendered text has diagrams, so that a page without them loads nothing for them. */
export function hasDiagrams(html: string): boolean {
  return html.includes(mark);
}
