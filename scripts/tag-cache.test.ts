import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { beforeAll, expect, test } from "vitest";
import { startSqs } from "../packages/local/src/engine/sqs.ts";
import { borrowEngine } from "../packages/local/test/shared-engines.ts";
import queue from "../packages/web/open-next/queue.ts";
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

test("a page that went stale is made anew once, however many notice, and again after the next change", async () => {
  const engine = await startSqs({});
  process.env.AWS_ENDPOINT_URL_SQS = engine.url;
  const client = new SQSClient();
  const { QueueUrl } = await client.send(
    new CreateQueueCommand({ QueueName: "pages.fifo", Attributes: { FifoQueue: "true" } }),
  );
  process.env.REVALIDATION_QUEUE_URL = QueueUrl;
  // The same text each time, by whichever name OpenNext has for it.
  const notice = async (name: string, madeAt = 1) => {
    await tagCache.isStale(["home"], madeAt);
    await queue.send({
      MessageBody: { host: "haru.example", url: "/ko" },
      MessageDeduplicationId: name,
      MessageGroupId: "home",
    });
  };
  const change = () => tagCache.writeTags([{ tag: "home", stale: Date.now(), expire: Date.now() + minute }]);
  const waiting = async () => {
    const AttributeNames = ["ApproximateNumberOfMessages" as const];
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
    return Number(Attributes?.ApproximateNumberOfMessages);
  };

  await change();
  for (const name of ["text-1", "text-0", "text-1"]) await notice(name);
  expect(await waiting()).toBe(1);
  await expect.poll(Date.now).toBeGreaterThan(Date.now());
  await change();
  await notice("text-1");
  expect(await waiting()).toBe(2);
  // Stale by its age alone, so that OpenNext's name stands.
  for (const name of ["aged-1", "aged-1", "aged-2"]) await notice(name, Date.now() + minute);
  expect(await waiting()).toBe(4);
  client.destroy();
  await engine.stop();
});
