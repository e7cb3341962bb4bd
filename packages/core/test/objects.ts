import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../../local/src/credentials.ts";
import { startS3 } from "../../local/src/engine/s3.ts";
import { startS3Guard } from "../../local/src/engine/s3-guard.ts";
import type { Objects } from "../src/media/objects.ts";

export interface TestObjects {
  readonly objects: Objects;
  /** Address of the guard, which is where clients ask. */
  readonly url: string;
  /** The keys below a prefix, in their order. */
  keys(prefix: string): Promise<string[]>;
  put(key: string, body: Uint8Array): Promise<void>;
  stop(): Promise<void>;
}

/** A bucket on an engine of its own, behind the guard that enforces signatures and upload forms. */
export async function startObjects(): Promise<TestObjects> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), "objects-"));
  const engine = await startS3({ dataFolder });
  const guard = await startS3Guard({ target: engine.url, log: () => {} });
  const client = new S3Client({
    endpoint: guard.url,
    region: "us-east-1",
    credentials: { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY },
    requestChecksumCalculation: "WHEN_REQUIRED",
  });
  const bucket = "pictures";
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return {
    objects: { bucket, client },
    url: guard.url,
    async keys(prefix) {
      const { Contents = [] } = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }),
      );
      return Contents.map(({ Key = "" }) => Key);
    },
    async put(key, body) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
    },
    async stop() {
      client.destroy();
      await guard.stop();
      await engine.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
