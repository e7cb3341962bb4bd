import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { clientSettings } from "../aws-client.ts";
import { type S3Engine, startS3 } from "../engine/s3.ts";
import { type SqsEngine, startSqs } from "../engine/sqs.ts";
import { lambdaProviders } from "./lambda.ts";
import { s3NotificationProviders } from "./s3-notification.ts";
import { createTestCloud, createTestQueue, type TestCloud } from "./test-cloud.ts";

const TYPE = "aws:s3/bucketNotification:BucketNotification";
const dataFolder = mkdtempSync(path.join(tmpdir(), "notification-"));
let s3: S3Engine;
let sqs: SqsEngine;
let client: S3Client;
beforeAll(async () => {
  [s3, sqs] = await Promise.all([startS3({ dataFolder }), startSqs({})]);
  client = new S3Client({ ...clientSettings(s3.url), requestChecksumCalculation: "WHEN_REQUIRED" });
});
afterAll(async () => {
  client.destroy();
  await Promise.all([s3.stop(), sqs.stop()]);
  rmSync(dataFolder, { recursive: true, force: true });
});

let buckets = 0;

async function start(): Promise<{ cloud: TestCloud; bucket: string }> {
  const cloud = createTestCloud({ sqs: sqs.url, s3: s3.url });
  const off = s3.onEvent((event) => cloud.emitObjectEvent(event));
  onTestFinished(async () => {
    off();
    await cloud.stop();
  });
  const bucket = `bucket${++buckets}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return { cloud, bucket };
}

const put = (Bucket: string, Key: string) => client.send(new PutObjectCommand({ Bucket, Key, Body: "하루" }));

async function sendToTopic(topic: string, queueArn: string): Promise<string> {
  const call = async (fields: Record<string, string>) => {
    const response = await fetch(sqs.url, {
      method: "POST",
      body: new URLSearchParams({ Version: "2010-03-31", ...fields }),
    });
    expect(response.status).toBe(200);
  };
  const arn = `arn:aws:sns:us-east-1:000000000000:${topic}`;
  await call({ Action: "CreateTopic", Name: topic });
  await call({ Action: "Subscribe", TopicArn: arn, Protocol: "sqs", Endpoint: queueArn });
  return arn;
}

// Amazon S3 User Guide, "Event message structure" and "Configuring event notifications using object key name filtering".
test("an object that fits event, prefix and suffix is told to the queue in S3's shape", async () => {
  const { cloud, bucket } = await start();
  const queue = await createTestQueue(cloud.endpoints, "arrived");
  await cloud.provision(s3NotificationProviders[TYPE], TYPE, "Notification", {
    bucket,
    queues: [
      {
        id: "Arrived",
        queueArn: queue.arn,
        events: ["s3:ObjectCreated:*"],
        filterPrefix: "in/",
        filterSuffix: ".txt",
      },
    ],
  });
  await cloud.open();
  await put(bucket, "out/a.txt");
  await put(bucket, "in/a.png");
  await client.send(new CreateBucketCommand({ Bucket: "another" }));
  await put("another", "in/a.txt");
  await put(bucket, "in/봄 날+1.txt");
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: "in/봄 날+1.txt" }));
  const messages = [...(await queue.receive()), ...(await queue.receive(0))];
  expect(messages).toEqual([
    {
      Records: [
        expect.objectContaining({
          eventSource: "aws:s3",
          eventName: "ObjectCreated:Put",
          awsRegion: "us-east-1",
          eventTime: expect.stringMatching(/^\d{4}-/),
          s3: expect.objectContaining({
            configurationId: "Arrived",
            bucket: expect.objectContaining({ name: bucket, arn: `arn:aws:s3:::${bucket}` }),
            object: expect.objectContaining({
              key: "in/%EB%B4%84+%EB%82%A0%2B1.txt",
              size: 6,
              eTag: expect.stringMatching(/^[0-9a-f]{32}$/),
            }),
          }),
        }),
      ],
    },
  ]);
});

// Amazon S3 User Guide, "Supported event notification types and destinations".
test("functions are called asynchronously, topics published to, and kinds of events told apart", async () => {
  const { cloud, bucket } = await start();
  const queue = await createTestQueue(cloud.endpoints, "copied");
  const topic = await sendToTopic("copies", queue.arn);
  cloud.build(
    "Removed",
    "export const handler = async ({ Records: [{ eventName, s3 }] }) => console.log(eventName, s3.object.key);",
  );
  const { state } = await cloud.provision(
    lambdaProviders["aws:lambda/function:Function"],
    "aws:lambda/function:Function",
    "RemovedFunction",
    { name: "removed" },
  );
  await cloud.provision(s3NotificationProviders[TYPE], TYPE, "Notification", {
    bucket,
    lambdaFunctions: [{ lambdaFunctionArn: state.arn, events: ["s3:ObjectRemoved:Delete"] }],
    topics: [{ topicArn: topic, events: ["s3:ObjectCreated:Copy"] }],
  });
  await cloud.open();
  await put(bucket, "one");
  await client.send(new CopyObjectCommand({ Bucket: bucket, Key: "two", CopySource: `${bucket}/one` }));
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: "one" }));
  await expect
    .poll(() => cloud.lines.map(({ message }) => message), { timeout: 15_000 })
    .toContain("ObjectRemoved:Delete one");
  const [message] = await queue.receive();
  expect(JSON.parse(String(message?.Message))).toMatchObject({
    Records: [{ eventName: "ObjectCreated:Copy", s3: { object: { key: "two" } } }],
  });
  expect(await queue.receive(0)).toEqual([]);
});
