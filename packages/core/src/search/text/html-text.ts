import { mark } from "./passage.ts";

const blockEnd = /<\/(?:p|li|h[1-6]|tr|pre|div|figcaption|summary|blockquote|section)>|<br[^>]*>|<hr[^>]*>/g;

const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/** The words of HTML that our own renderer made, a line for every block. It is no parser for other HTML. */
export function textOfHtml(html: string): string {
  return decoded(html.replace(blockEnd, "\n").replace(/<[^>]*>/g, ""))
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n[\n ]*/g, "\n")
    .trim()
    .normalize("NFC");
}

/** The same HTML with `mark` around what fits, as far as it stands within one element. */
export function markHtml(html: string, pattern: RegExp | undefined): string {
  if (!pattern) return html;
  return html
    .split(/(<[^>]*>)/)
    .map((piece) => {
      if (piece.startsWith("<")) return piece;
      const segments = mark(decoded(piece).normalize("NFC"), pattern);
      return segments
        .map(({ text, isMarked }) => (isMarked ? `<mark>${encoded(text)}</mark>` : encoded(text)))
        .join("");
    })
    .join("");
}

function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (entity, hex, decimal, name) => {
    if (name !== undefined) return named[name] ?? entity;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });
}

/** No character that means something to HTML comes out as itself. */
function encoded(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
