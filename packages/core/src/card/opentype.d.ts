/** The package brings no types; this is what of it we use. */
declare module "opentype.js/dist/opentype.mjs" {
  interface Options {
    /** In em, between two characters. */
    readonly letterSpacing?: number;
  }
  export interface Font {
    /** 0 for a character that the font has no picture of. */
    charToGlyphIndex(character: string): number;
    getAdvanceWidth(text: string, size: number, options?: Options): number;
    getPath(
      text: string,
      x: number,
      y: number,
      size: number,
      options?: Options,
    ): { toPathData(decimals: number): string };
  }
  export function parse(file: ArrayBuffer): Font;
}
