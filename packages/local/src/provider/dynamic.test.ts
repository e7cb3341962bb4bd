import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CreateBucketCommand, GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BareCloud, bareCloud } from "../../test/bare-cloud.ts";
import { clientSettings } from "../aws-client.ts";
import { type S3Engine, startS3 } from "../engine/s3.ts";
import { keyValueStore } from "../front-door/key-value-store.ts";
import { dynamicProviders } from "./dynamic.ts";

let engine: S3Engine;
let cloud: BareCloud;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "dynamic-"));
  engine = await startS3({ dataFolder: folder });
  cloud = bareCloud({ s3: engine.url });
});
afterAll(async () => {
  await cloud.stop();
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

const declare = (name: string, inputs: Record<string, unknown>) =>
  cloud.provision(dynamicProviders["pulumi-nodejs:dynamic:Resource"], name, inputs);

test("entries and routes of a router land in its store, each route once", async () => {
  const store = "arn:store";
  await declare("Keys.sst.aws.KvKeys", { store, namespace: "ab12", entries: { metadata: "{}" } });
  for (const entry of ["site,ab12,,", "url,cd34,,/api", "site,ab12,,"]) {
    await declare(`${entry}.sst.aws.KvRoutesUpdate`, { store, namespace: "0000", key: "routes", entry });
  }
  expect([...keyValueStore(cloud, store)]).toEqual([
    ["ab12:metadata", "{}"],
    ["0000:routes", '["site,ab12,,","url,cd34,,/api"]'],
  ]);
  expect(keyValueStore(cloud, "arn:other").size).toBe(0);
});

test("files of a site are put into its bucket with their type and cache rules", async () => {
  const client = new S3Client({ ...clientSettings(engine.url), forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: "assets" }));
  const source = path.join(folder, "a.css");
  writeFileSync(source, "a{}");
  const file = { source, key: "_assets/a.css", contentType: "text/css", cacheControl: "max-age=9" };
  await declare("Files.sst.aws.BucketFiles", { bucketName: "assets", files: [file] });
  const stored = await client.send(new GetObjectCommand({ Bucket: "assets", Key: "_assets/a.css" }));
  expect(await stored.Body?.transformToString()).toBe("a{}");
  expect([stored.ContentType, stored.CacheControl]).toEqual(["text/css", "max-age=9"]);
  client.destroy();
});

test("what only waits for AWS is done at once, and what nobody knows is refused", async () => {
  expect((await declare("W.sst.aws.DistributionDeploymentWaiter", {})).state).toEqual({ isDone: true });
  await expect(declare("MyOwn", {})).rejects.toThrow("no provider for this dynamic resource");
  await expect(declare("F.sst.aws.FunctionEnvironmentUpdate", {})).rejects.toThrow("no provider");
});
