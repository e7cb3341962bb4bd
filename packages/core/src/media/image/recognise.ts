import { PictureRefused } from "./refusal.ts";

/** What a file is by its first bytes. */
export type PictureType = "jpeg" | "png" | "webp" | "gif" | "avif" | "heic";

const heicBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];
const avifBrands = ["avif", "avis"];
/** Texts are looked at this far for the tag that tells an SVG from any other text. */
const textBytes = 4096;

/**
 * Tells the format by the bytes alone: names and headers are what somebody claims.
 * @throws PictureRefused for everything that is no picture of a known kind
 */
export function recognise(bytes: Uint8Array): PictureType {
  if (bytes.length === 0) throw new PictureRefused("empty");
  const ascii = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  if (ascii(0, 8) === "\x89PNG\r\n\x1a\n") return "png";
  if (ascii(0, 6) === "GIF87a" || ascii(0, 6) === "GIF89a") return "gif";
  if (ascii(0, 4) === "RIFF" && ascii(8, 12) === "WEBP") return "webp";
  if (ascii(4, 8) === "ftyp") {
    const brands = ascii(8, Math.min(bytes.length, boxEnd(bytes), 64)).match(/.{4}/gs) ?? [];
    if (brands.some((brand) => avifBrands.includes(brand))) return "avif";
    if (brands.some((brand) => heicBrands.includes(brand))) return "heic";
  }
  throw new PictureRefused(isSvg(bytes) ? "svg" : "not_a_picture");
}

function boxEnd(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
}

/** An SVG is a document that may hold scripts: it gets a reason of its own, so that the author can export it. */
function isSvg(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, textBytes));
  return /^[\s\ufeff]*<(?:\?xml|!doctype|!--|svg)/i.test(start) && /<svg[\s>]/i.test(start);
}
