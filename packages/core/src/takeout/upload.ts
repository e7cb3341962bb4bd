import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import type { ZipStore } from "./takeout.ts";

/** S3 takes no smaller part but the last one. */
const partBytes = 8 * 1024 * 1024;

/**
 * Stores what comes in pieces as one object, and never holds more than one part of it.
 * @returns how many bytes it has
 */
export async function uploadInParts(
  { bucket: Bucket, client }: ZipStore,
  Key: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<number> {
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ Bucket, Key, ContentType: "application/zip" }),
  );
  const upload = { Bucket, Key, UploadId };
  try {
    const Parts: CompletedPart[] = [];
    let bytes = 0;
    for await (const Body of inParts(pieces)) {
      const PartNumber = Parts.length + 1;
      const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
      Parts.push({ PartNumber, ETag });
      bytes += Body.length;
    }
    await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    return bytes;
  } catch (error) {
    // Parts that belong to nothing would stay, and cost.
    await client.send(new AbortMultipartUploadCommand(upload));
    throw error;
  }
}

async function* inParts(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    size += piece.length;
    if (size < partBytes) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(waiting);
}
