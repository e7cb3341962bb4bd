import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { Begun } from "@haru/core/media/media.contract";
import { mediaContract } from "@haru/core/media/media.contract";
import type { SQSEvent } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { redrive } from "../../../../scripts/dead-letter.ts";
import { startObjects, type TestObjects } from "../../../core/test/objects.ts";
import { clientSettings } from "../../../local/src/aws-client.ts";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../../../local/src/credentials.ts";
import { startSqs } from "../../../local/src/engine/sqs.ts";
import { call, type Person } from "../../test/call.ts";
import { link, newPerson, startLinkedTable } from "../../test/services.ts";
import { handler as media } from "../media.ts";
import { handler } from "./media-work.ts";

/** As in infra/images.ts. */
const visibilitySeconds = 540;
const mostReceives = 3;

let table: Awaited<ReturnType<typeof startLinkedTable>>;
let store: TestObjects;
let engine: Awaited<ReturnType<typeof startSqs>>;
let sqs: SQSClient;
let work: string;
let dead: string;
let author: Person;
beforeAll(async () => {
  [table, store, engine] = await Promise.all([startLinkedTable(), startObjects(), startSqs({})]);
  sqs = new SQSClient(clientSettings(engine.url));
  dead = await makeQueue("media-dead", {});
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: dead, AttributeNames: ["QueueArn"] }),
  );
  const policy = { deadLetterTargetArn: Attributes?.QueueArn, maxReceiveCount: mostReceives };
  work = await makeQueue("media-work", {
    VisibilityTimeout: String(visibilitySeconds),
    RedrivePolicy: JSON.stringify(policy),
  });
  link("Media", { name: store.objects.bucket });
  link("MediaWork", { url: work });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: store.url,
    AWS_ENDPOINT_URL_SQS: engine.url,
    AWS_REQUEST_CHECKSUM_CALCULATION: "WHEN_REQUIRED",
    AWS_ACCESS_KEY_ID: ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY: SECRET_ACCESS_KEY,
  });
  author = await newPerson("author");
});
afterAll(async () => {
  sqs.destroy();
  await Promise.all([table.stop(), store.stop(), engine.stop()]);
});

async function makeQueue(QueueName: string, Attributes: Record<string, string>): Promise<string> {
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  return QueueUrl;
}

/** One message as the queue's mapping gives it to the function: whoever is not reported is deleted. */
async function deliver(waitSeconds = 0): Promise<Message | undefined> {
  const { Messages: [message] = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: work,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ["ApproximateReceiveCount"],
    }),
  );
  if (!message) return undefined;
  const { MessageId, ReceiptHandle, Body, Attributes } = message;
  const record = { messageId: MessageId, receiptHandle: ReceiptHandle, body: Body, attributes: Attributes };
  const { batchItemFailures } = await handler({ Records: [record] } as unknown as SQSEvent);
  if (batchItemFailures.length === 0)
    await sqs.send(new DeleteMessageCommand({ QueueUrl: work, ReceiptHandle }));
  return message;
}

async function deadLetters(): Promise<number> {
  const AttributeNames = ["ApproximateNumberOfMessages"] as const;
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: dead, AttributeNames: [...AttributeNames] }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages);
}

/** What the bucket would tell of an upload. */
const arrival = ({ upload }: Begun) =>
  JSON.stringify({ Records: [{ s3: { object: { key: encodeURIComponent(upload.fields.key ?? "") } } }] });
const stateOf = async ({ media: { mediaId } }: Begun) =>
  (await call(media, mediaContract.read, { as: author, input: { mediaId } })).body.state;

async function beginUpload(bytes: number): Promise<Begun> {
  const input = { name: "늦은 사진.gif", contentType: "image/gif", bytes };
  return (await call(media, mediaContract.begin, { as: author, input })).body as Begun;
}

const gif = Buffer.from("R0lGODlhAQABAIAAAP8AAP///ywAAAAAAQABAAACAkQBADs=", "base64");
const send = (MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl: work, MessageBody }));

test("what cannot be made is tried again soon, then lies with the dead letters, and is made once it is handed over again", async () => {
  const begun = await beginUpload(gif.length);
  // The bucket tells of a file that is not there to be read: a fault that passes, and here takes its time.
  await send(arrival(begun));
  expect(await deliver(5)).toBeDefined();
  expect(await stateOf(begun)).toBe("processing");
  expect(await deliver()).toBeUndefined();
  const second = await deliver(15);
  expect(second?.Attributes?.ApproximateReceiveCount).toBe("2");
  // The longer rest is cut short, as nobody waits four minutes for a test.
  const { ReceiptHandle } = second ?? {};
  await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: work, ReceiptHandle, VisibilityTimeout: 0 }));
  expect((await deliver(5))?.Attributes?.ApproximateReceiveCount).toBe("3");
  expect(await deliver(1)).toBeUndefined();
  expect(await deadLetters()).toBe(1);

  const { bucket, client } = store.objects;
  const Key = begun.upload.fields.key;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: gif }));
  const clients = { sqs, streams: new DynamoDBStreamsClient({}), lambda: new LambdaClient({}) };
  expect(await redrive(clients, { queueUrl: dead, isDryRun: false }, () => {})).toEqual({
    handled: 1,
    left: 0,
  });
  expect(await deliver(5)).toBeDefined();
  expect(await stateOf(begun)).toBe("ready");
  expect(await deliver()).toBeUndefined();
});

test("one bad message among others holds none of them", async () => {
  const begun = await beginUpload(gif.length);
  const { bucket, client } = store.objects;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: begun.upload.fields.key, Body: gif }));
  await send("no JSON at all");
  await send(arrival(begun));
  await deliver(5);
  await deliver(5);
  expect(await stateOf(begun)).toBe("ready");
});
