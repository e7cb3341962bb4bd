import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../credentials.ts";
import { type S3Engine, type S3Event, startS3 } from "./s3.ts";

const dataFolder = mkdtempSync(path.join(tmpdir(), "object-engine-"));
let engine: S3Engine;
let client: S3Client;

beforeAll(async () => {
  await start();
  await client.send(new CreateBucketCommand({ Bucket: "photos" }));
});
afterAll(async () => {
  client.destroy();
  await engine.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  engine = await startS3({ dataFolder });
  client = new S3Client({
    endpoint: engine.url,
    region: "us-east-1",
    credentials: { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY },
    requestChecksumCalculation: "WHEN_REQUIRED",
  });
}

test("an object can be read whole as soon as its put is answered", async () => {
  const body = Buffer.alloc(3_000_000, "하루");
  for (let round = 0; round < 5; round++) {
    const Key = `whole/${round}.bin`;
    await client.send(new PutObjectCommand({ Bucket: "photos", Key, Body: body }));
    const read = await client.send(new GetObjectCommand({ Bucket: "photos", Key }));
    expect(Buffer.from((await read.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
  }
});

test("objects of one folder are deleted together, and the folder can be written at once again", async () => {
  const Keys = Array.from({ length: 8 }, (_, index) => `together/${index}`);
  for (let round = 0; round < 5; round++) {
    await Promise.all(
      Keys.map((Key) => client.send(new PutObjectCommand({ Bucket: "photos", Key, Body: "x" }))),
    );
    const Delete = { Objects: Keys.map((Key) => ({ Key })) };
    const answer = await client.send(new DeleteObjectsCommand({ Bucket: "photos", Delete }));
    expect(answer.Errors ?? []).toEqual([]);
  }
  const left = await client.send(new ListObjectsV2Command({ Bucket: "photos", Prefix: "together/" }));
  expect(left.KeyCount ?? 0).toBe(0);
});

// Amazon S3 User Guide, "Event message structure": the key is URL-encoded.
test("a put is told in the shape of an S3 notification, with the key URL-encoded", async () => {
  const events: S3Event[] = [];
  const end = engine.onEvent((event) => events.push(event));
  await client.send(new PutObjectCommand({ Bucket: "photos", Key: "in/봄 (1)+2.png", Body: "abc" }));
  end();
  await client.send(new PutObjectCommand({ Bucket: "photos", Key: "in/later.png", Body: "abc" }));
  expect(events).toHaveLength(1);
  const record = events[0]?.Records[0];
  expect(record?.eventName).toBe("ObjectCreated:Put");
  expect(record?.s3.object).toMatchObject({
    key: "in/%EB%B4%84+%281%29%2B2.png",
    size: 3,
    eTag: "900150983cd24fb0d6963f7d28e17f72",
  });
});

test("objects outlive a restart of the engine", async () => {
  await client.send(
    new PutObjectCommand({ Bucket: "photos", Key: "kept", Body: "still here", ContentType: "text/plain" }),
  );
  client.destroy();
  await engine.stop();
  await start();
  const read = await client.send(new GetObjectCommand({ Bucket: "photos", Key: "kept" }));
  expect([read.ContentType, await read.Body?.transformToString()]).toEqual(["text/plain", "still here"]);
});
