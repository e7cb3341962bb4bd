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
  /** Where the part that is being looked through begins, by index and by pixel. */
  let [from, fromPixels] = [0, 0];
  let isThere: boolean | undefined;
  function finish(to: number): void {
    if (isThere === undefined || to === from) return;
    parts.push(isThere ? { from, to } : { after: from, gapPixels: offset - fromPixels });
  }
  for (let index = 0; index < heights.length; index++) {
    const height = heights[index] as number;
    const isNext = (offset + height > top && offset < bottom) || index === focused;
    if (isNext !== isThere) {
      finish(index);
      [from, fromPixels, isThere] = [index, offset, isNext];
    }
    offset += height;
  }
  finish(heights.length);
  return parts;
}
