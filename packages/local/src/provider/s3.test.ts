import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BareCloud, bareCloud } from "../../test/bare-cloud.ts";
import { clientSettings } from "../aws-client.ts";
import { type S3Engine, startS3 } from "../engine/s3.ts";
import { s3Providers } from "./s3.ts";

const dataFolder = mkdtempSync(path.join(tmpdir(), "bucket-provider-"));
let engine: S3Engine;
let cloud: BareCloud;
let client: S3Client;

beforeAll(async () => {
  engine = await startS3({ dataFolder });
  cloud = bareCloud({ s3: engine.url });
  client = new S3Client({ ...clientSettings(engine.url), requestChecksumCalculation: "WHEN_REQUIRED" });
});
afterAll(async () => {
  client.destroy();
  await cloud.stop();
  await engine.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

const declareBucket = () =>
  cloud.provision(s3Providers["aws:s3/bucket:Bucket"], "MediaBucket", { bucket: "media" });
const preflight = (origin: string, method: string) =>
  fetch(`${engine.url}/media/key`, {
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": method },
  });

test("a second start finds the bucket with its objects", async () => {
  const first = await declareBucket();
  await client.send(new PutObjectCommand({ Bucket: "media", Key: "kept", Body: "here" }));
  expect(await declareBucket()).toEqual(first);
  const read = await client.send(new GetObjectCommand({ Bucket: "media", Key: "kept" }));
  expect(await read.Body?.transformToString()).toBe("here");
});

// Amazon S3 User Guide, "Using cross-origin resource sharing (CORS)".
test("declared CORS rules hold, and they end when they are no longer declared", async () => {
  await declareBucket();
  await cloud.provision(s3Providers["aws:s3/bucketCorsConfiguration:BucketCorsConfiguration"], "MediaCors", {
    bucket: "media",
    corsRules: [
      {
        allowedHeaders: ["*"],
        allowedMethods: ["PUT"],
        allowedOrigins: ["http://127.0.0.1:3000"],
        exposeHeaders: ["ETag"],
        maxAgeSeconds: 0,
      },
    ],
  });
  expect((await preflight("http://127.0.0.1:3000", "PUT")).status).toBe(200);
  expect((await preflight("http://elsewhere.example", "PUT")).status).toBe(403);
  expect((await preflight("http://127.0.0.1:3000", "DELETE")).status).toBe(403);
  await declareBucket();
  expect((await preflight("http://127.0.0.1:3000", "PUT")).status).toBe(403);
});
