/** How many parts a rebuild or an audit may take at once. */
export const segments = 8;

/**
 * The part of the whole that a post or a comment belongs to: ids end in random base-32 characters.
 * @param id of either, or of a document, which ends in one
 */
export function segmentOf(id: string): string {
  return String(id.charCodeAt(id.length - 1) % segments);
}
