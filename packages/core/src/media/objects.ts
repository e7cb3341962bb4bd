import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import * as z from "zod";
import type { Core } from "../core.ts";
import { type AvatarId, idSchema, type MediaId, type PictureId } from "../id.ts";

/** The bucket of pictures. */
export interface Objects {
  readonly bucket: string;
  readonly client: S3Client;
}

/** A core that reaches the bucket of pictures. */
export interface ObjectCore extends Core {
  readonly objects: Objects;
}

/** Names a picture of a library or an avatar. */
export const mediaRowIdSchema = z.union([idSchema("media"), idSchema("avatar")]);

/** Where the file of one upload arrives. */
export function uploadKey(mediaId: MediaId | AvatarId, pictureId: PictureId): string {
  return `uploads/${mediaId}/${pictureId}`;
}

/** Originals are kept to make files anew. They are private: the edge may read below `media/` only. */
export function originalKey(pictureId: PictureId): string {
  return `originals/${pictureId}`;
}

/** The upload that a key names, or nothing for a key that is not one of ours. */
export function parseUploadKey(
  key: string,
): { mediaId: MediaId | AvatarId; pictureId: PictureId } | undefined {
  const [folder, media, picture, ...rest] = key.split("/");
  const mediaId = mediaRowIdSchema.safeParse(media);
  const pictureId = idSchema("picture").safeParse(picture);
  if (folder !== "uploads" || rest.length > 0 || !mediaId.success || !pictureId.success) return undefined;
  return { mediaId: mediaId.data, pictureId: pictureId.data };
}

/**
 * The bytes of an object, or nothing when it is not there.
 * @throws Error when it is larger than `maxBytes`: what was signed for the upload let it in by a fault
 */
export async function readObject(
  { objects: { bucket, client } }: ObjectCore,
  key: string,
  maxBytes: number,
): Promise<Buffer | undefined> {
  try {
    const { Body, ContentLength = 0 } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (!Body || ContentLength > maxBytes) throw new Error(`${key} has ${ContentLength} bytes.`);
    const { buffer, byteOffset, byteLength } = await Body.transformToByteArray();
    return Buffer.from(buffer, byteOffset, byteLength);
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

export async function hasObject({ objects: { bucket, client } }: ObjectCore, key: string): Promise<boolean> {
  try {
    await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}

/** Stores a file that is made once: its address never shows anything else. */
export async function storeFile(
  { objects: { bucket, client } }: ObjectCore,
  key: string,
  file: { readonly bytes: Buffer; readonly contentType: string },
): Promise<void> {
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: file.bytes,
      ContentType: file.contentType,
      CacheControl: "public, max-age=31536000, immutable",
    }),
  );
}

export async function copyObject(
  { objects: { bucket, client } }: ObjectCore,
  from: string,
  to: string,
): Promise<void> {
  await client.send(new CopyObjectCommand({ Bucket: bucket, CopySource: `${bucket}/${from}`, Key: to }));
}

/** Deleting what is not there succeeds. */
export async function deleteObject({ objects: { bucket, client } }: ObjectCore, key: string): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}

/** Deletes every object below a prefix. */
export async function deleteBelow(
  { objects: { bucket, client } }: ObjectCore,
  prefix: string,
): Promise<void> {
  for (let token: string | undefined; ; ) {
    const page = await client.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        ...(token ? { ContinuationToken: token } : {}),
      }),
    );
    const Objects = (page.Contents ?? []).flatMap(({ Key }) => (Key ? [{ Key }] : []));
    if (Objects.length > 0) {
      const { Errors = [] } = await client.send(
        new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
      );
      const [error] = Errors;
      if (error) throw new Error(`${error.Key} could not be deleted: ${error.Message}`);
    }
    token = page.NextContinuationToken;
    if (!token) return;
  }
}
