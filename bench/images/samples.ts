import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";

/** Real pictures, read where they lie beside the repository; they are not ours to keep in it. */
const folder =
  process.env.SAMPLE_PICTURES ?? path.resolve(import.meta.dirname, "../../../shared/data/images");

/** @throws Error with one sentence where the pictures are not at hand */
export function samplePicture(file: string): Buffer {
  if (!existsSync(folder)) throw new Error("The pictures are not at hand: set SAMPLE_PICTURES.");
  return readFileSync(path.join(folder, file));
}

/** A real photo of 16 megapixels at another size, as a camera would store it. */
export function photoOf(megapixels: number): Promise<Buffer> {
  const [width, height] = [4608, 3456];
  const scale = Math.sqrt((megapixels * 1e6) / (width * height));
  return sharp(samplePicture("derived-nokia-hdr-16mp.jpg"))
    .resize(Math.floor(width * scale), Math.floor(height * scale))
    .jpeg({ quality: 92 })
    .toBuffer();
}
