const maximumLength = 80;

/**
 * An address for a title: letters of any script in lower case, digits, single hyphens, as
 * `slugSchema` wants it. Empty when the title has no letter and no digit.
 */
export function suggestSlug(title: string): string {
  const words = title
    .normalize("NFC")
    .toLowerCase()
    .replaceAll(/['’]/g, "")
    .split(/[^\p{Ll}\p{Lo}\p{N}]+/u)
    .filter(Boolean);
  let slug = "";
  for (const word of words) {
    const longer = slug === "" ? word : `${slug}-${word}`;
    if (longer.length > maximumLength) break;
    slug = longer;
  }
  return slug || cut(words[0] ?? "");
}

/** Cuts between letters, never inside one that takes two UTF-16 units. */
function cut(word: string): string {
  const letters = [...word];
  while (letters.join("").length > maximumLength) letters.pop();
  return letters.join("");
}

/** The next address to try when one is taken: `day`, `day-2`, `day-3`. */
export function numberedSlug(slug: string, attempt: number): string {
  return attempt <= 1 ? slug : `${slug}-${attempt}`;
}
