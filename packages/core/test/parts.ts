import { randomFillSync } from "node:crypto";
import type { BegunInParts, Media } from "../src/media/media.contract.ts";
import { completeParts, missingParts } from "../src/media/multipart-upload.ts";
import { partBytes } from "../src/media/parts.ts";
import type { MissingParts } from "../src/media/upload.contract.ts";
import { type Author, fileOf, newPicture } from "./uploads.ts";

type Missing = MissingParts["parts"][number];

/** How an upload in parts is named. */
export const addressOf = ({ media: { mediaId }, upload: { uploadId } }: BegunInParts) => ({
  mediaId,
  uploadId,
});

/** A picture whose file takes four parts: what follows the end of a photo is no part of what it shows. */
export async function newLargePicture(): Promise<Buffer> {
  return Buffer.concat([await newPicture(), randomFillSync(Buffer.allocUnsafe(3 * partBytes + 1_000_000))]);
}

export const largeFileOf = (bytes: Buffer) => ({ ...fileOf(bytes), name: "큰 봄.jpg" });

/** Sends one part of a file, or other bytes in its place; answers the status. */
export async function sendPart(
  { number, bytes, url }: Missing,
  file: Buffer,
  body?: Buffer,
): Promise<number> {
  const from = (number - 1) * partBytes;
  const sent = body ?? file.subarray(from, from + bytes);
  const { status } = await fetch(url, { method: "PUT", body: new Uint8Array(sent) });
  return status;
}

/** Sends what is missing of a file, the last part first, and puts it together. */
export async function sendInParts(author: Author, begun: BegunInParts, file: Buffer): Promise<Media> {
  const { parts } = await missingParts(author, addressOf(begun));
  for (const part of parts.toReversed()) {
    const status = await sendPart(part, file);
    if (status !== 200) throw new Error(`Part ${part.number} ended with ${status}.`);
  }
  return completeParts(author, addressOf(begun));
}
