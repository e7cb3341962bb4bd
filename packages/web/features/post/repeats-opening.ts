/** Beyond this many letters two openings that agree are the same one. */
const comparedLetters = 60;
/** An opening stands in the first few elements; a whole article need not be looked through. */
const comparedHtml = 4_000;

const entities: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };

function lettersOf(text: string): string {
  return text.replaceAll(/[\s…]+/g, "").slice(0, comparedLetters);
}

/**
 * Whether a description is only the beginning of the text, as it is when nobody wrote one. Shown
 * above the text it would be read twice.
 * @param html as the renderer writes it: no comments, no `>` in attributes
 */
export function repeatsOpening(description: string, html: string): boolean {
  const opening = html
    .slice(0, comparedHtml)
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/&(?:lt|gt|quot|amp);/g, (entity) => entities[entity] ?? entity);
  return lettersOf(opening).startsWith(lettersOf(description));
}
