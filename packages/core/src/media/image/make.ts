import type { Sharp } from "sharp";
import { rgbaToThumbHash } from "thumbhash";
import type { PictureId } from "../../id.ts";
import type { Focus } from "../media.contract.ts";
import { type Decoded, decode, fromPixels, orRefuse, type Pixels } from "./decode.ts";
import { decodeTimeoutSeconds } from "./limit.ts";
import type { MadePicture, PictureUse, VariantFormat, VariantKind, VariantSize } from "./made-picture.ts";
import { type Choices, planSizes } from "./plan.ts";
import { watermarkFor } from "./watermark.ts";

/** A finished file of a picture. */
export interface VariantFile {
  readonly size: VariantSize;
  readonly format: VariantFormat;
  readonly bytes: Buffer;
}

/** As small as full pictures are still alike their originals, by `npm run bench -- images`. */
const encoders: Readonly<Record<VariantFormat, (picture: Sharp) => Sharp>> = {
  avif: (picture) => picture.avif({ quality: 62, effort: 2 }),
  webp: (picture) => picture.webp({ quality: 78, effort: 3 }),
  jpeg: (picture) => picture.jpeg({ quality: 80, mozjpeg: true }),
  png: (picture) => picture.png({ compressionLevel: 8 }),
};

/** ThumbHash takes no more than this. */
const hashPixels = 100;

/**
 * Makes all files of a picture, or those of some sizes, and hands each to `save` as soon as it is
 * there, the thumbnail first.
 * @throws PictureRefused when the bytes are no picture that this site takes, and what `save` throws; no `save` is
 * under way any more then
 */
export async function makePicture(
  original: Buffer,
  choices: Choices & {
    readonly pictureId: PictureId;
    /** Makes files of these kinds only; all when absent. */
    readonly only?: readonly VariantKind[];
  },
  save: (file: VariantFile) => Promise<void>,
): Promise<MadePicture> {
  const decoded = await decode(original);
  const { pixels, width, height, openFrames } = decoded;
  const isTransparent = pixels.channels === 4;
  const formats = formatsOf(decoded, choices.use);
  const sizes = planSizes({ width, height }, choices);
  let bytes = 0;
  const wanted = sizes.filter(({ kind }) => choices.only?.includes(kind) ?? true);
  for (const size of wanted) {
    const sized = await resize(pixels, size, choices);
    const moving = openFrames && !isSquare(size) ? openFrames() : undefined;
    const files = formats.map(async (format) => {
      const file =
        moving && format === "webp"
          ? await orRefuse(() => encodeMoving(moving, size))
          : await encoders[format](fromPixels(sized)).toBuffer();
      bytes += file.length;
      await save({ size, format, bytes: file });
    });
    await allSaved(files);
  }
  return {
    pictureId: choices.pictureId,
    width,
    height,
    isAnimated: openFrames !== undefined,
    isTransparent,
    ...(await glimpse(pixels)),
    formats,
    sizes,
    bytes,
  };
}

/** Waits for the others when one fails: they would write after whoever called has cleaned up. */
async function allSaved(files: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(files)).find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
}

/** Frames are decoded one after the other, so that a long film takes time and not memory. */
function encodeMoving(frames: Sharp, { width, height }: VariantSize): Promise<Buffer> {
  const sized = frames.resize({ width, height, fit: "fill" }).timeout({ seconds: decodeTimeoutSeconds });
  return encoders.webp(sized).toBuffer();
}

/** Cut to a square, and still. */
function isSquare({ kind }: VariantSize): boolean {
  return kind === "thumbnails" || kind === "avatars";
}

/**
 * The best first; the last one is for programs that know no newer. AVIF moves in too few browsers. An
 * avatar is shown by our own pages alone, to browsers that all know WebP.
 */
function formatsOf({ pixels, openFrames }: Decoded, use: PictureUse): VariantFormat[] {
  if (use === "avatar") return ["webp"];
  const plain = pixels.channels === 4 ? "png" : "jpeg";
  return openFrames ? ["webp", plain] : ["avif", "webp", plain];
}

async function resize(pixels: Pixels, size: VariantSize, { focus, watermark }: Choices): Promise<Pixels> {
  const { width, height, kind } = size;
  let picture = fromPixels(pixels);
  if (isSquare(size)) {
    picture = focus
      ? picture.extract(squareAround(pixels, focus)).resize(width)
      : picture.resize({ width, height, fit: "cover", position: "attention" });
  } else picture = picture.resize({ width, height, fit: "fill" });
  const mark = kind === "full" ? watermarkFor(size, watermark) : undefined;
  const resized = await rawOf(picture, pixels.channels);
  // The mark is laid over what was resized, which takes a second pass.
  return mark ? rawOf(fromPixels(resized).composite([mark]), pixels.channels) : resized;
}

/** @param channels those of the picture: laying something over it adds an alpha channel */
async function rawOf(picture: Sharp, channels: Pixels["channels"]): Promise<Pixels> {
  const kept = channels === 3 ? picture.removeAlpha() : picture;
  const { data, info } = await kept.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels };
}

/** The largest square that lies in the picture and has the point as near to its middle as that allows. */
function squareAround({ width, height }: Pixels, { x, y }: Focus) {
  const side = Math.min(width, height);
  const along = (length: number, share: number) =>
    Math.round(Math.min(Math.max(length * share - side / 2, 0), length - side));
  return { left: along(width, x), top: along(height, y), width: side, height: side };
}

/** What stands in for the picture until it has come. */
async function glimpse(pixels: Pixels): Promise<Pick<MadePicture, "colour" | "thumbHash">> {
  const { data, info } = await fromPixels(pixels)
    .resize({ width: hashPixels, height: hashPixels, fit: "inside", withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const { dominant } = await fromPixels({ data, width, height, channels: 4 }).stats();
  const hex = [dominant.r, dominant.g, dominant.b].map((value) => value.toString(16).padStart(2, "0"));
  return {
    colour: `#${hex.join("")}`,
    thumbHash: Buffer.from(rgbaToThumbHash(width, height, data)).toString("base64"),
  };
}
