const tintCount = 6;
const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The first letter of a name as a reader sees it: one syllable, one emoji, one capital. */
export function initialOf(name: string): string {
  const [first] = segmenter.segment(name.trim());
  return first?.segment.toLocaleUpperCase() ?? "";
}

/** One of six grounds, always the same for the same person. */
export function tintOf(seed: string): number {
  let hash = 0;
  for (const letter of seed) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return (hash % tintCount) + 1;
}
