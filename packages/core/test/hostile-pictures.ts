import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import type { Refusal } from "../src/media/upload.contract.ts";

/** A file that somebody sends in bad faith, or that a bad day has made. */
export interface HostilePicture {
  readonly name: string;
  readonly bytes: Buffer;
  /** What becomes of it: a picture, or one of these reasons. */
  readonly ends: readonly ("ready" | Refusal)[];
}

/** A text that must not come through into any file that is made. */
export const injected = "<script>alert(document.domain)</script>";

const photo = sharp({
  create: {
    width: 640,
    height: 480,
    channels: 3,
    background: "black",
    noise: { type: "gaussian", mean: 128, sigma: 40 },
  },
});

export async function hostilePictures(): Promise<HostilePicture[]> {
  const jpeg = await photo.clone().jpeg().toBuffer();
  const png = await photo.clone().png().toBuffer();
  const webp = await photo.clone().webp().toBuffer();
  const avif = await photo.clone().avif({ effort: 0 }).toBuffer();
  const svg = Buffer.from(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">${injected}</svg>`);
  const html = Buffer.from(`<!doctype html>${injected}`);
  return [
    { name: "an empty file", bytes: Buffer.alloc(0), ends: ["empty"] },
    { name: "one byte", bytes: Buffer.from([0xff]), ends: ["not_a_picture"] },
    { name: "an SVG under any name", bytes: svg, ends: ["svg"] },
    { name: "HTML under any name", bytes: html, ends: ["not_a_picture"] },
    {
      name: "HTML behind the signature of a PNG",
      bytes: Buffer.concat([png.subarray(0, 8), html]),
      ends: ["broken"],
    },
    {
      name: "a script that begins like a GIF",
      bytes: Buffer.from(`GIF89a/*${injected}*/=1;`),
      ends: ["broken"],
    },
    { name: "a photo with HTML behind it", bytes: Buffer.concat([jpeg, html]), ends: ["ready"] },
    {
      name: "a photo whose EXIF holds a script",
      bytes: await sharp(jpeg)
        .withExif({ IFD0: { ImageDescription: injected, Copyright: injected } })
        .toBuffer(),
      ends: ["ready"],
    },
    {
      name: "a one-bit PNG of 30,000 by 30,000",
      bytes: oneBitPng(30_000, 30_000),
      ends: ["too_long_side"],
    },
    {
      name: "a one-bit PNG of 11,000 by 11,000",
      bytes: oneBitPng(11_000, 11_000),
      ends: ["too_many_pixels"],
    },
    {
      name: "a PNG that only claims its size",
      bytes: pngOf([chunk("IHDR", header(11_999, 4_000, 8)), chunk("IDAT", deflateSync(Buffer.alloc(64)))]),
      ends: ["broken"],
    },
    { name: "a PNG whose chunk has no end", bytes: endlessChunk(png), ends: ["broken"] },
    {
      name: "a PNG with a text that unpacks to 100 MB",
      bytes: withChunk(
        png,
        chunk("zTXt", Buffer.concat([Buffer.from("a\0\0"), deflateSync(Buffer.alloc(100_000_000))])),
      ),
      ends: ["ready", "broken"],
    },
    { name: "a GIF of 10,000 frames", bytes: gifOf(10_000), ends: ["too_many_frames"] },
    {
      name: "the name of a HEIC and noise",
      bytes: Buffer.concat([Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"), jpeg]),
      ends: ["broken"],
    },
    ...[jpeg, png, webp, avif].flatMap((whole, kind) =>
      truncated(whole, ["JPEG", "PNG", "WebP", "AVIF"][kind] ?? ""),
    ),
  ];
}

/** Cut off at every tenth. A photo whose last row alone is missing may still be one. */
function truncated(whole: Buffer, kind: string): HostilePicture[] {
  return Array.from({ length: 9 }, (_, index) => ({
    name: `a ${kind} cut off at ${index + 1} tenths`,
    bytes: whole.subarray(0, Math.floor((whole.length * (index + 1)) / 10)),
    ends: ["broken"],
  }));
}

const pngSignature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

function pngOf(chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([pngSignature, ...chunks, chunk("IEND", Buffer.alloc(0))]);
}

function header(width: number, height: number, bits: number): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(width, 0);
  bytes.writeUInt32BE(height, 4);
  bytes[8] = bits;
  return bytes;
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(typed.length + 8);
  framed.writeUInt32BE(data.length, 0);
  typed.copy(framed, 4);
  framed.writeUInt32BE(crc32(typed), typed.length + 4);
  return framed;
}

function oneBitPng(width: number, height: number): Buffer {
  const rows = Buffer.alloc((Math.ceil(width / 8) + 1) * height);
  return pngOf([chunk("IHDR", header(width, height, 1)), chunk("IDAT", deflateSync(rows, { level: 1 }))]);
}

/** Behind the header, where a reader looks for more of them. */
const behindHeader = pngSignature.length + 25;

function withChunk(png: Buffer, added: Buffer): Buffer {
  return Buffer.concat([png.subarray(0, behindHeader), added, png.subarray(behindHeader)]);
}

function endlessChunk(png: Buffer): Buffer {
  const endless = Buffer.from("\x7f\xff\xff\xfftEXt", "latin1");
  return Buffer.concat([png.subarray(0, behindHeader), endless, Buffer.alloc(1_000_000, 97)]);
}

/** Frames of one pixel. */
function gifOf(frames: number): Buffer {
  const start = Buffer.from("GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff", "latin1");
  const frame = Buffer.from("!\xf9\x04\0\x01\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0", "latin1");
  return Buffer.concat([start, ...Array.from({ length: frames }, () => frame), Buffer.from(";")]);
}
