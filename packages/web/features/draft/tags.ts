const maximumTags = 20;

/** Adds what was typed to the tags: several at once by commas, a leading `#` dropped, nothing twice. */
export function addTags(tags: readonly string[], typed: string): string[] {
  const added = typed
    .split(/[,，]/)
    .map((tag) => tag.normalize("NFC").trim().replace(/^#+/, "").trim())
    .filter(Boolean);
  return [...new Set([...tags, ...added])].slice(0, maximumTags);
}
