import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { beforeAll, expect, test } from "vitest";
import { borrowEngine } from "../packages/local/test/shared-engines.ts";
import tagCache from "../packages/web/open-next/tag-cache.ts";

beforeAll(async () => {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: await borrowEngine("table"),
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    CACHE_DYNAMO_TABLE: "tags",
    OPEN_NEXT_BUILD_ID: "build1",
  });
  const client = new DynamoDBClient();
  // As `sst.aws.Nextjs` declares it, but for its index.
  await client.send(
    new CreateTableCommand({
      TableName: "tags",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "tag", AttributeType: "S" },
        { AttributeName: "path", AttributeType: "S" },
      ],
      KeySchema: [
        { AttributeName: "tag", KeyType: "HASH" },
        { AttributeName: "path", KeyType: "RANGE" },
      ],
    }),
  );
  client.destroy();
});

const minute = 60_000;

test("what was made before its tag expired is not given, and what was made afterwards is", async () => {
  const now = Date.now();
  await tagCache.writeTags([{ tag: "posts:ko", expire: now }]);
  expect(await tagCache.hasBeenRevalidated(["other", "posts:ko"], now - minute)).toBe(true);
  expect(await tagCache.hasBeenRevalidated(["other", "posts:ko"], now + 1)).toBe(false);
  expect(await tagCache.hasBeenRevalidated(["other"], now - minute)).toBe(false);
  expect(await tagCache.hasBeenRevalidated([], now - minute)).toBe(false);
});

test("what will expire is given until then", async () => {
  const now = Date.now();
  await tagCache.writeTags([{ tag: "later", stale: now, expire: now + minute }]);
  expect(await tagCache.hasBeenRevalidated(["later"], now - minute)).toBe(false);
  expect(await tagCache.isStale(["later"], now - minute)).toBe(true);
  expect(await tagCache.isStale(["later"], Date.now() + minute)).toBe(false);
});

test("a deployment knows nothing of the tags of another one", async () => {
  await tagCache.writeTags(["posts:en"]);
  expect(await tagCache.hasBeenRevalidated(["posts:en"], 1)).toBe(true);
  process.env.OPEN_NEXT_BUILD_ID = "build2";
  expect(await tagCache.hasBeenRevalidated(["posts:en"], 1)).toBe(false);
  process.env.OPEN_NEXT_BUILD_ID = "build1";
});

test("more tags than one call takes are all written and all found", async () => {
  const tags = Array.from({ length: 130 }, (_, index) => `many:${index}`);
  await tagCache.writeTags(tags);
  for (const tag of ["many:0", "many:60", "many:129"]) {
    expect(await tagCache.hasBeenRevalidated([tag], 1)).toBe(true);
  }
  const unknown = Array.from({ length: 129 }, (_, index) => `unknown:${index}`);
  expect(await tagCache.hasBeenRevalidated([...unknown, "many:129"], 1)).toBe(true);
});
