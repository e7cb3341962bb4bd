import type { Pixels } from "@haru/core/media/image/decode";
import sharp, { type Sharp } from "sharp";

/** Windows of 8 by 8, each half over the next, and the constants of the paper (Wang et al., 2004). */
const windowPixels = 8;
const stepPixels = 4;
const lightnessConstant = (0.01 * 255) ** 2;
const contrastConstant = (0.03 * 255) ** 2;

/**
 * Structural similarity of two pictures of one size by their lightness: 1 for the same, 0 for nothing in common.
 * @param file an encoded picture
 */
export async function similarity(reference: Pixels, file: Buffer): Promise<number> {
  const { data, width, height, channels } = reference;
  const raw = { raw: { width, height, channels } } as const;
  // What is seen through is judged before white.
  const lightness = (picture: Sharp) =>
    picture.flatten({ background: "#ffffff" }).greyscale().raw().toBuffer();
  const [one, other] = await Promise.all([lightness(sharp(data, raw)), lightness(sharp(file))]);
  let sum = 0;
  let windows = 0;
  for (let top = 0; top + windowPixels <= height; top += stepPixels)
    for (let left = 0; left + windowPixels <= width; left += stepPixels) {
      sum += similarityOfWindow(one, other, top * width + left, width);
      windows++;
    }
  return sum / windows;
}

function similarityOfWindow(one: Buffer, other: Buffer, start: number, rowLength: number): number {
  const count = windowPixels ** 2;
  let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let row = 0; row < windowPixels; row++)
    for (let column = 0; column < windowPixels; column++) {
      const at = start + row * rowLength + column;
      const [x, y] = [one[at] ?? 0, other[at] ?? 0];
      a += x;
      b += y;
      aa += x * x;
      bb += y * y;
      ab += x * y;
    }
  const [meanA, meanB] = [a / count, b / count];
  const [varianceA, varianceB] = [aa / count - meanA ** 2, bb / count - meanB ** 2];
  const covariance = ab / count - meanA * meanB;
  return (
    ((2 * meanA * meanB + lightnessConstant) * (2 * covariance + contrastConstant)) /
    ((meanA ** 2 + meanB ** 2 + lightnessConstant) * (varianceA + varianceB + contrastConstant))
  );
}
