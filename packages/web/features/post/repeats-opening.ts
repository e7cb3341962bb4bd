/** Beyond this many letters two openings that agree are the same one. */
const comparedLetters = 60;
/** An opening stands in the first few elements; a whole article need not be looked through. */
const comparedHtml = 4_000;

const entities: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };

function lettersOf(text: string): string {
  return text.replaceAll(/[\s…]+/g, "").slice(0, comparedLetters);
}

/** Articles from elsewhere may begin with a line of their own for the day and the names. */
const mostBefore = 1;

/**
 * Whether a description is only the beginning of the text, as it is when nobody wrote one. Shown
 * above the text it would be read twice.
 * @param html as the renderer writes it: no comments, no `>` in attributes
 */
export function repeatsOpening(description: string, html: string): boolean {
  const wanted = lettersOf(description);
  const paragraphs = html.slice(0, comparedHtml).split(/(?<=<\/p>)/);
  return paragraphs
    .slice(0, 1 + mostBefore)
    .some((_, at) => lettersOf(textOf(paragraphs.slice(at).join(""))).startsWith(wanted));
}

function textOf(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/&(?:lt|gt|quot|amp);/g, (entity) => entities[entity] ?? entity);
}
