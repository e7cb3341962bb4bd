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
  return html
    .replace(blockEnd, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (entity, hex, decimal, name) => {
      if (name !== undefined) return named[name] ?? entity;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : "";
    })
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n[\n ]*/g, "\n")
    .trim()
    .normalize("NFC");
}
