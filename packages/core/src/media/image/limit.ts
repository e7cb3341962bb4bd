import { PictureRefused } from "./refusal.ts";

/** Of all frames together, counted before anything is decoded. */
export const maxPixels = 50_000_000;
const maxSidePixels = 12_000;
const maxFrames = 600;
/** For decoding. What is made of the pixels afterwards has a bounded size and therefore a bounded time. */
export const decodeTimeoutSeconds = 20;

/**
 * @param frame one of them, in pixels
 * @throws PictureRefused when the picture is larger than what is decoded
 */
export function checkSize({ width, height }: { width: number; height: number }, frames = 1): void {
  if (width > maxSidePixels || height > maxSidePixels) throw new PictureRefused("too_long_side");
  if (frames > maxFrames) throw new PictureRefused("too_many_frames");
  if (width * height * frames > maxPixels) throw new PictureRefused("too_many_pixels");
}
