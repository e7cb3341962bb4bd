/// <reference path="./libheif-js.d.ts" />
import type { Metadata } from "sharp";
import type { Pixels } from "./decode.ts";
import { displayP3ToSrgb, isDisplayP3 } from "./display-p3.ts";
import { checkSize } from "./limit.ts";
import { PictureRefused } from "./refusal.ts";

/** The parts of the decoder that are used here. */
interface HeifImage {
  get_width(): number;
  get_height(): number;
  display(target: Canvas, done: (filled: Canvas | null) => void): void;
  free(): void;
}
interface Canvas {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}
interface Heif {
  readonly HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] };
}

/**
 * Decodes a photo of an iPhone by WebAssembly, because the image library's own build may not bring
 * a decoder for HEVC. The decoder already turns the picture upright. It is loaded only when such a file comes.
 * @param metadata what the header says, for the colour profile
 */
export async function decodeHeic(bytes: Buffer, { icc }: Metadata): Promise<Pixels> {
  const { default: heif } = (await import("libheif-js/wasm-bundle.js")) as unknown as {
    readonly default: Heif;
  };
  const [image, ...others] = new heif.HeifDecoder().decode(bytes);
  for (const other of others) other.free();
  if (!image) throw new PictureRefused("broken");
  const canvas = await draw(image).finally(() => image.free());
  const { buffer, byteOffset, byteLength } = canvas.data;
  const data = Buffer.from(buffer, byteOffset, byteLength);
  if (icc && isDisplayP3(icc)) displayP3ToSrgb(data);
  return { data, width: canvas.width, height: canvas.height, channels: 4 };
}

async function draw(image: HeifImage): Promise<Canvas> {
  const [width, height] = [image.get_width(), image.get_height()];
  // The file may say another size elsewhere, where it was looked at before.
  checkSize({ width, height });
  const canvas = { data: new Uint8ClampedArray(width * height * 4), width, height };
  const filled = await new Promise<Canvas | null>((resolve) => image.display(canvas, resolve));
  if (!filled) throw new PictureRefused("broken");
  return canvas;
}
