/// <reference path="./opentype.d.ts" />
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
// By its path: the package names a file for bundlers alone that is a module.
import { type Font, parse } from "opentype.js/dist/opentype.mjs";

const require = createRequire(import.meta.url);

/** In em, as the pages set their headings. */
const letterSpacing = -0.025;

let font: Font | undefined;

/**
 * Pretendard, which the pages ask for first, bold (SIL Open Font License 1.1). It has every Hangul
 * syllable. A function on AWS has no fonts, so that text is drawn as paths. It is read at the first use,
 * since that takes half a second.
 */
function typeface(): Font {
  if (font) return font;
  const bytes = readFileSync(
    require.resolve("@fontsource/pretendard/files/pretendard-latin-700-normal.woff"),
  );
  font = parse(new Uint8Array(bytes).buffer);
  return font;
}

/** A text without the characters that the typeface has no picture of, which would be empty boxes. */
export function drawable(text: string): string {
  const characters = [...text.normalize("NFC").replace(/\s+/g, " ")];
  return characters
    .filter((character) => typeface().charToGlyphIndex(character) !== 0)
    .join("")
    .replace(/ {2,}/g, " ")
    .trim();
}

/** In the unit of the size, which is the height of an em. */
export function widthOf(text: string, size: number): number {
  return typeface().getAdvanceWidth(text, size, { letterSpacing });
}

/** The data of an SVG path. @param y of the baseline */
export function pathOf(text: string, x: number, y: number, size: number): string {
  return typeface().getPath(text, x, y, size, { letterSpacing }).toPathData(1);
}
