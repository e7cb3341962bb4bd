import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { createPresignedPost, type PresignedPostOptions } from "@aws-sdk/s3-presigned-post";
import { clientSettings } from "../src/aws-client.ts";
import { startS3 } from "../src/engine/s3.ts";
import { startS3Guard } from "../src/engine/s3-guard.ts";

/** The bucket of every test. It holds `plain.txt`. */
export const BUCKET = "media";
export const PLAIN_TEXT = "body of plain.txt";

export type ObjectStore = Awaited<ReturnType<typeof startObjectStore>>;

/** The object engine with its guard, on a clock that can be set ahead. */
export async function startObjectStore() {
  const folder = await mkdtemp(path.join(tmpdir(), "object-store-"));
  const engine = await startS3({ dataFolder: folder });
  /** `<event> <key>` of everything that was stored or removed. */
  const events: string[] = [];
  engine.onEvent(({ Records }) => {
    for (const { eventName, s3 } of Records) events.push(`${eventName} ${s3.object.key}`);
  });
  const clock = { aheadMs: 0 };
  const guard = await startS3Guard({
    target: engine.url,
    log: () => {},
    now: () => new Date(Date.now() + clock.aheadMs),
  });
  const connect = (endpoint: string, more: Partial<S3ClientConfig> = {}) =>
    new S3Client({ ...clientSettings(endpoint), forcePathStyle: true, maxAttempts: 1, ...more });
  const client = connect(guard.url);
  /** Straight to the engine, which lets everyone in. */
  const behind = connect(engine.url);
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: "plain.txt", Body: PLAIN_TEXT }));
  return {
    url: guard.url,
    client,
    behind,
    events,
    connect,
    /** Sets the guard's clock ahead of this machine's. */
    setAhead(milliseconds: number) {
      clock.aheadMs = milliseconds;
    },
    /** To be called before each test. */
    reset() {
      clock.aheadMs = 0;
      events.length = 0;
    },
    async keys(prefix = ""): Promise<string[]> {
      const { Contents = [] } = await behind.send(
        new ListObjectsV2Command({ Bucket: BUCKET, Prefix: prefix }),
      );
      return Contents.map(({ Key = "" }) => Key);
    },
    async read(Key: string): Promise<string> {
      const { Body } = await behind.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
      return (await Body?.transformToString()) ?? "";
    },
    presignPost(options: Omit<PresignedPostOptions, "Bucket">) {
      // The two packages bring their own copies of the client, which differ in their types only.
      const signer = client as unknown as Parameters<typeof createPresignedPost>[0];
      return createPresignedPost(signer, { Bucket: BUCKET, Expires: 60, ...options });
    },
    async stop() {
      client.destroy();
      behind.destroy();
      await guard.stop();
      await engine.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Status, S3's code and the whole text of an answer. */
export async function refusal(response: Response): Promise<[number, string | undefined, string]> {
  const text = await response.text();
  return [response.status, /<Code>(.*?)<\/Code>/.exec(text)?.[1], text];
}
