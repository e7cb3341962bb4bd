import { createHash, randomUUID } from "node:crypto";
import { mkdir, rename, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { intoFile } from "./s3-spool.ts";

/** The parts of s3rver's file store that are used here. */
export interface FileStore {
  getResourcePath(bucket: string, key: string | undefined, resource: string): string;
  getBucketPath(bucket: string): string;
  putMetadata(bucket: string, key: string, metadata: Record<string, string>, md5: string): Promise<void>;
  /** @param etag that of the content when absent */
  putObject(object: StoredObject, etag?: string): Promise<{ size: number; md5: string }>;
  deleteObject(bucket: string, key: string): Promise<void>;
}

interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly content: Buffer | Readable;
  readonly metadata: Record<string, string>;
}

const FOLDER_ATTEMPTS = 5;

/**
 * Mends two faults of s3rver's file store, so that objects behave as S3's do.
 *
 * A put answered before its last bytes were written: a reader that came at
 * once could see a part of the object. Now the object is written aside and
 * moved into its place in one step.
 *
 * Two deletes in one folder at a time failed, because each removed the empty
 * folder: `DeleteObjects` with two keys of one prefix was answered with a 500.
 */
export function mendStore(store: FileStore, incomingFolder: string): void {
  store.putObject = async (object, etag) => {
    await mkdir(incomingFolder, { recursive: true });
    const incoming = path.join(incomingFolder, randomUUID());
    try {
      const { measure, measured } = measuring();
      const content = Buffer.isBuffer(object.content) ? Readable.from([object.content]) : object.content;
      await pipeline(content, measure, intoFile(incoming));
      const { size, md5: ownMd5 } = measured();
      const md5 = etag ?? ownMd5;
      const destination = store.getResourcePath(object.bucket, object.key, "object");
      await intoFolder(path.dirname(destination), async () => {
        await store.putMetadata(object.bucket, object.key, object.metadata, md5);
        await rename(incoming, destination);
      });
      return { size, md5 };
    } finally {
      await rm(incoming, { force: true });
    }
  };

  store.deleteObject = async (bucket, key) => {
    const files = ["object", "object.md5", "metadata.json"];
    await Promise.all(files.map((file) => rm(store.getResourcePath(bucket, key, file), { force: true })));
    const folders = key.split("/").slice(0, -1);
    for (; folders.length > 0; folders.pop()) {
      const removed = await rmdir(path.join(store.getBucketPath(bucket), ...folders)).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === "ENOENT") return true; // Another delete was first.
          if (error.code === "ENOTEMPTY" || error.code === "EEXIST") return false;
          throw error;
        },
      );
      if (!removed) return;
    }
  };
}

/** Counts and hashes what passes; `measured` is asked once all has passed. */
export function measuring() {
  const hash = createHash("md5");
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  return { measure, measured: () => ({ size, md5: hash.digest("hex") }) };
}

/** Writes into a folder that a delete may remove at any moment, because it was empty until now. */
async function intoFolder(folder: string, write: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await mkdir(folder, { recursive: true });
    try {
      return await write();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || attempt === FOLDER_ATTEMPTS) throw error;
    }
  }
}
