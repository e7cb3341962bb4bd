import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  S3ServiceException,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { ObjectCore } from "./objects.ts";

/** S3 takes no part below 5 MiB but the last one. A lost connection costs no more than one part. */
export const partBytes = 8 * 1024 * 1024;

/** An object that arrives in parts, as the store knows it. */
export interface Multipart {
  readonly key: string;
  /** S3's own id of the upload. */
  readonly multipartId: string;
}

/** One part of a file. */
export interface Part {
  /** From 1 on. */
  readonly number: number;
  readonly bytes: number;
}

/** A part that has arrived. */
interface StoredPart extends Part {
  readonly etag: string;
}

/** The parts of a file of so many bytes. */
export function partsOf(bytes: number): Part[] {
  return Array.from({ length: Math.ceil(bytes / partBytes) }, (_, index) => ({
    number: index + 1,
    bytes: Math.min(partBytes, bytes - index * partBytes),
  }));
}

/** @returns S3's id of the new upload */
export async function createMultipart(
  { objects: { bucket, client } }: ObjectCore,
  key: string,
  contentType: string,
): Promise<string> {
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ Bucket: bucket, Key: key, ContentType: contentType }),
  );
  if (!UploadId) throw new Error(`The store named no upload for ${key}.`);
  return UploadId;
}

/** What has arrived, or nothing when there is no such upload: it was completed or has ended. */
export async function storedParts(
  { objects: { bucket, client } }: ObjectCore,
  { key, multipartId }: Multipart,
): Promise<StoredPart[] | undefined> {
  // No file has more parts than one page of the list.
  const list = new ListPartsCommand({ Bucket: bucket, Key: key, UploadId: multipartId });
  const page = await unlessGone(() => client.send(list));
  if (!page) return undefined;
  return (page.Parts ?? []).map(({ PartNumber = 0, Size = 0, ETag = "" }) => ({
    number: PartNumber,
    bytes: Size,
    etag: ETag,
  }));
}

/** An address that takes one part of exactly its length, for so long. */
export function signPart(
  { objects: { bucket, client } }: ObjectCore,
  { key, multipartId }: Multipart,
  { number, bytes }: Part,
  expiresIn: number,
): Promise<string> {
  const part = { Bucket: bucket, Key: key, UploadId: multipartId, PartNumber: number, ContentLength: bytes };
  return getSignedUrl(client, new UploadPartCommand(part), { expiresIn });
}

/**
 * Puts the parts together, unless that was done already.
 * @returns whether they were what was listed: one may have been sent anew since
 */
export async function completeMultipart(
  { objects: { bucket, client } }: ObjectCore,
  { key, multipartId }: Multipart,
  parts: readonly StoredPart[],
): Promise<boolean> {
  const Parts = parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag }));
  const upload = { Bucket: bucket, Key: key, UploadId: multipartId };
  const complete = new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } });
  try {
    await unlessGone(() => client.send(complete));
    return true;
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === "InvalidPart") return false;
    throw error;
  }
}

/** Ends an upload and deletes its parts. Ending what has ended succeeds. */
export async function abortMultipart(
  { objects: { bucket, client } }: ObjectCore,
  { key, multipartId }: Multipart,
): Promise<void> {
  const upload = { Bucket: bucket, Key: key, UploadId: multipartId };
  await unlessGone(() => client.send(new AbortMultipartUploadCommand(upload)));
}

/** @returns nothing when there is no such upload any more */
async function unlessGone<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === "NoSuchUpload") return undefined;
    throw error;
  }
}
