import sharp, { type Sharp, type SharpOptions } from "sharp";
import { decodeHeic } from "./heic.ts";
import { checkSize, decodeTimeoutSeconds, maxPixels } from "./limit.ts";
import { workingSize } from "./plan.ts";
import { recognise } from "./recognise.ts";
import { PictureRefused } from "./refusal.ts";

/** Eight bits a channel, red, green, blue and perhaps alpha, in sRGB and upright. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
}

/** A decoded picture: everything that is made of it starts from these pixels. */
export interface Decoded {
  readonly pixels: Pixels;
  /** Upright, in pixels of the original. */
  readonly width: number;
  readonly height: number;
  /** Opens the moving picture, frame under frame; absent for one that stands still. */
  readonly openFrames: (() => Sharp) | undefined;
}

/** A broken file ends the decoding; a warning, which cameras are known to cause, does not. */
const safely: SharpOptions = { limitInputPixels: maxPixels, failOn: "error", sequentialRead: true };

/**
 * Decodes a picture once, at the largest size that any of its files has. Formats that can are
 * read at a fraction of their size at once, so that a large photo costs little more than a small one.
 * @throws PictureRefused with the reason, before decoding wherever the header tells it
 */
export async function decode(bytes: Buffer): Promise<Decoded> {
  const type = recognise(bytes);
  const metadata = await orRefuse(() => sharp(bytes, { ...safely, limitInputPixels: false }).metadata());
  checkSize({ width: metadata.width, height: metadata.pageHeight ?? metadata.height }, metadata.pages);
  if (type === "heic") {
    const pixels = await orRefuse(() => decodeHeic(bytes, metadata));
    const { width, height } = pixels;
    return { pixels: await toPixels(fromPixels(pixels), pixels), width, height, openFrames: undefined };
  }
  const { autoOrient: original } = metadata;
  const pixels = await orRefuse(() => toPixels(sharp(bytes, safely).autoOrient(), original));
  const isAnimated = (metadata.pages ?? 1) > 1 && (type === "gif" || type === "webp");
  return {
    pixels,
    width: original.width,
    height: metadata.pageHeight ?? original.height,
    openFrames: isAnimated ? () => sharp(bytes, { ...safely, animated: true }) : undefined,
  };
}

export function fromPixels({ data, width, height, channels }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: maxPixels });
}

async function toPixels(picture: Sharp, original: { width: number; height: number }): Promise<Pixels> {
  const { data, info } = await picture
    .resize({ ...workingSize(original), fit: "fill" })
    .toColourspace("srgb")
    .timeout({ seconds: decodeTimeoutSeconds })
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels === 4) return withoutEmptyAlpha({ data, width, height, channels });
  if (channels !== 3) throw new Error(`A picture in sRGB has ${channels} channels.`);
  return { data, width, height, channels };
}

/** An alpha channel that hides nothing costs bytes in every file, and JPEG its place. */
async function withoutEmptyAlpha(pixels: Pixels): Promise<Pixels> {
  for (let at = 3; at < pixels.data.length; at += 4) if (pixels.data[at] !== 255) return pixels;
  const data = await fromPixels(pixels).removeAlpha().raw().toBuffer();
  return { ...pixels, data, channels: 3 };
}

/** What the decoder cannot read is no fault of ours and stays so. */
export async function orRefuse<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof PictureRefused) throw error;
    const message = error instanceof Error ? error.message : "";
    if (message.includes("timeout")) throw new PictureRefused("too_slow", error);
    if (message.includes("pixel limit")) throw new PictureRefused("too_many_pixels", error);
    throw new PictureRefused("broken", error);
  }
}
