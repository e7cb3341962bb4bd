import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { intoFile } from "./s3-spool.ts";
import { type FileStore, measuring } from "./s3-store.ts";

/** What s3rver's controllers ask of its store for uploads in parts. */
export interface PartStore extends FileStore {
  putPart(bucket: string, uploadId: string, number: string, content: Readable): Promise<Written>;
  putObjectMultipart(bucket: string, uploadId: string, parts: readonly NamedPart[]): Promise<Written>;
}

interface Written {
  readonly size: number;
  readonly md5: string;
}

/** A part as `CompleteMultipartUpload` names it. */
interface NamedPart {
  readonly number: number;
  readonly etag: string;
}

interface StoredPart extends Written {
  readonly number: number;
  readonly modifiedAt: Date;
}

/** The parts of a Koa context that are used here. */
export interface Context {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  status: number;
  body: unknown;
}

const LEAST_PART_BYTES = 5 * 1024 * 1024;
const MOST_PARTS = 10_000;
const LISTED_AT_ONCE = 1_000;

const S3Error = createRequire(import.meta.url)("s3rver/lib/models/error.js") as new (
  code: string,
  message: string,
  detail?: Record<string, string | number>,
) => Error;

const noSuchUpload = (uploadId: string) =>
  new S3Error(
    "NoSuchUpload",
    "The specified multipart upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
    { UploadId: uploadId },
  );

/**
 * Mends uploads in parts ("Uploading and copying objects using multipart upload" of the S3 User Guide). s3rver
 * took whatever an upload's end named, knew no lists of parts and no abort, and kept the beginning of a part
 * whose connection broke.
 * @returns answers `ListParts` and `AbortMultipartUpload`, and refuses all calls on uploads that are not there
 */
export function mendMultipart(store: PartStore, incomingFolder: string) {
  const folderOf = (bucket: string, uploadId: string) =>
    path.join(store.getResourcePath(bucket, undefined, "uploads"), path.basename(uploadId));

  store.putPart = async (bucket, uploadId, number, content) => {
    if (!/^\d+$/.test(number) || Number(number) < 1 || Number(number) > MOST_PARTS)
      throw new S3Error("InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive");
    await mkdir(incomingFolder, { recursive: true });
    const incoming = path.join(incomingFolder, randomUUID());
    try {
      const { measure, measured } = measuring();
      await pipeline(content, measure, intoFile(incoming));
      const { size, md5 } = measured();
      // The name tells all of a part, so that it is there as a whole or not at all.
      const folder = folderOf(bucket, uploadId);
      const earlier = await partsIn(folder, uploadId);
      await rename(incoming, path.join(folder, `${Number(number)}.${md5}`));
      for (const part of earlier)
        if (part.number === Number(number) && part.md5 !== md5)
          await rm(fileOf(folder, part), { force: true });
      return { size, md5 };
    } finally {
      await rm(incoming, { force: true });
    }
  };

  store.putObjectMultipart = async (bucket, uploadId, named) => {
    const folder = folderOf(bucket, uploadId);
    const stored = await partsIn(folder, uploadId);
    const parts = named.map(({ number, etag }, index) => {
      const part = stored.find((one) => one.number === number && one.md5 === etag);
      if (!part)
        throw new S3Error(
          "InvalidPart",
          "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
          { UploadId: uploadId, PartNumber: number, ETag: etag },
        );
      if (number >= (named[index + 1]?.number ?? Number.POSITIVE_INFINITY))
        throw new S3Error(
          "InvalidPartOrder",
          "The list of parts was not in ascending order. The parts list must be specified in order by part number.",
        );
      if (part.size < LEAST_PART_BYTES && index < named.length - 1)
        throw new S3Error("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", {
          ProposedSize: part.size,
          MinSizeAllowed: LEAST_PART_BYTES,
          PartNumber: number,
        });
      return part;
    });
    const [key, metadata] = await Promise.all(
      ["key", "metadata"].map((file) => readFile(path.join(folder, file), "utf8")),
    );
    const whole = { bucket, key: key ?? "", metadata: JSON.parse(metadata ?? "{}") };
    const etags = createHash("md5");
    for (const { md5 } of parts) etags.update(md5, "hex");
    const md5 = `${etags.digest("hex")}-${parts.length}`;
    const content = Readable.from(contentOf(parts.map((part) => fileOf(folder, part))));
    const { size } = await store.putObject({ ...whole, content }, md5);
    await rm(folder, { recursive: true });
    return { size, md5 };
  };

  async function requireUpload(bucket: string, key: string, uploadId: string): Promise<string> {
    const folder = folderOf(bucket, uploadId);
    const keyOfUpload = await readFile(path.join(folder, "key"), "utf8").catch(() => undefined);
    if (keyOfUpload !== key) throw noSuchUpload(uploadId);
    return folder;
  }

  return async (context: Context, next: () => Promise<void>): Promise<void> => {
    const { method, query, path: target } = context;
    const { uploadId } = query;
    if (uploadId === undefined) return next();
    const [, bucket = "", ...rest] = decodeURIComponent(target).split("/");
    const key = rest.join("/");
    const folder = await requireUpload(bucket, key, uploadId);
    if (method === "DELETE") {
      await rm(folder, { recursive: true, force: true });
      context.status = 204;
    } else if (method === "GET") {
      context.status = 200;
      context.body = {
        ListPartsResult: listOf({ bucket, key, uploadId }, await partsIn(folder, uploadId), query),
      };
    } else await next();
  };
}

function listOf(
  upload: { readonly bucket: string; readonly key: string; readonly uploadId: string },
  parts: readonly StoredPart[],
  { "part-number-marker": marker = "0", "max-parts": most }: Context["query"],
) {
  const left = parts.filter(({ number }) => number > Number(marker));
  const MaxParts = Math.min(Number(most ?? LISTED_AT_ONCE), LISTED_AT_ONCE);
  const page = left.slice(0, MaxParts);
  return {
    Bucket: upload.bucket,
    Key: upload.key,
    UploadId: upload.uploadId,
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.number ?? 0,
    MaxParts,
    IsTruncated: left.length > page.length,
    Part: page.map(({ number, modifiedAt, md5, size }) => ({
      PartNumber: number,
      LastModified: modifiedAt.toISOString(),
      ETag: JSON.stringify(md5),
      Size: size,
    })),
  };
}

const fileOf = (folder: string, { number, md5 }: Pick<StoredPart, "number" | "md5">) =>
  path.join(folder, `${number}.${md5}`);

/** Parts in their order. Of one that was sent twice the newer counts. */
async function partsIn(folder: string, uploadId: string): Promise<StoredPart[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENOENT" ? noSuchUpload(uploadId) : error;
  });
  const parts = new Map<number, StoredPart>();
  for (const name of names) {
    const [, number, md5] = /^(\d+)\.([0-9a-f]{32})$/.exec(name) ?? [];
    if (!number || !md5) continue;
    const found = await stat(path.join(folder, name)).catch(() => undefined);
    const known = parts.get(Number(number));
    if (!found || (known && known.modifiedAt > found.mtime)) continue;
    parts.set(Number(number), { number: Number(number), md5, size: found.size, modifiedAt: found.mtime });
  }
  return [...parts.values()].sort((a, b) => a.number - b.number);
}

async function* contentOf(files: readonly string[]) {
  for (const file of files) yield* createReadStream(file);
}
