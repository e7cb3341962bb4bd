import { planSizes, thumbnailPixels, workingSize } from "@haru/core/media/image/plan";
import { watermarkFor } from "@haru/core/media/image/watermark";
import sharp from "sharp";

interface BareFile {
  readonly kind: string;
  readonly width: number;
  readonly height: number;
  readonly format: string;
  readonly bytes: Buffer;
}

/** What a site puts on full pictures where nobody has chosen otherwise. */
const watermark = { position: "bottom-right", opacity: 0.7 } as const;

/**
 * The files of a photo by nothing but calls of the image library, as somebody would write it who needs
 * no checks, no store and no table: decoded once, each size in each format. It is the floor.
 */
export async function makeBare(original: Buffer, save: (file: BareFile) => void): Promise<void> {
  const { autoOrient } = await sharp(original).metadata();
  const whole = await sharp(original, { sequentialRead: true })
    .autoOrient()
    .resize({ ...workingSize(autoOrient), fit: "fill" })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  const raw = { width: whole.info.width, height: whole.info.height, channels: 3 } as const;
  for (const size of planSizes(autoOrient, { use: "library", focus: undefined, watermark })) {
    const { kind, width, height } = size;
    const picture = sharp(whole.data, { raw });
    const sized =
      kind === "thumbnails"
        ? picture.resize(thumbnailPixels, thumbnailPixels, { fit: "cover", position: "attention" })
        : picture.resize({ width, height, fit: "fill" });
    let pixels = await sized.removeAlpha().raw().toBuffer();
    const shape = { raw: { width, height, channels: 3 } } as const;
    const mark = kind === "full" ? watermarkFor(size, watermark) : undefined;
    if (mark) pixels = await sharp(pixels, shape).composite([mark]).removeAlpha().raw().toBuffer();
    const keep = (format: string) => (bytes: Buffer) => save({ kind, width, height, format, bytes });
    await Promise.all([
      sharp(pixels, shape).avif({ quality: 62, effort: 2 }).toBuffer().then(keep("avif")),
      sharp(pixels, shape).webp({ quality: 78, effort: 3 }).toBuffer().then(keep("webp")),
      sharp(pixels, shape).jpeg({ quality: 80, mozjpeg: true }).toBuffer().then(keep("jpeg")),
    ]);
  }
}
