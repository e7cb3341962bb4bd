/** Lists up to this length are there whole: nothing is gained by leaving rows out. */
export const mostWhole = 100;

/** Some rows of a list, or the room that the rows in between take. */
export type Part =
  | { readonly from: number; readonly to: number }
  | { readonly after: number; readonly gapPixels: number };

/**
 * What of a long list has to be there: the rows near what the person sees, and the one that holds the focus.
 * @param heights of all rows, in pixels
 * @param top where what is to be there begins and ends, in pixels from the list's own top
 */
export function partsOf(
  heights: readonly number[],
  top: number,
  bottom: number,
  focused: number | undefined,
): readonly Part[] {
  const parts: Part[] = [];
  let offset = 0;
  for (const [index, height] of heights.entries()) {
    const isNear = offset + height > top && offset < bottom;
    const last = parts.at(-1);
    if (isNear || index === focused) {
      if (last && "to" in last) parts[parts.length - 1] = { from: last.from, to: index + 1 };
      else parts.push({ from: index, to: index + 1 });
    } else if (last && "gapPixels" in last) {
      parts[parts.length - 1] = { after: last.after, gapPixels: last.gapPixels + height };
    } else {
      parts.push({ after: index, gapPixels: height });
    }
    offset += height;
  }
  return parts;
}
