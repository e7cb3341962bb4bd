import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BareCloud, bareCloud } from "../../test/bare-cloud.ts";
import { clientSettings } from "../aws-client.ts";
import { type SqsEngine, startSqs } from "../engine/sqs.ts";
import { sqsProviders } from "./sqs.ts";

let engine: SqsEngine;
let cloud: BareCloud;
let client: SQSClient;

beforeAll(async () => {
  engine = await startSqs({});
  cloud = bareCloud({ sqs: engine.url });
  client = new SQSClient(clientSettings(engine.url));
});
afterAll(async () => {
  client.destroy();
  await cloud.stop();
  await engine.stop();
});

const declare = (inputs: Record<string, unknown>) =>
  cloud.provision(sqsProviders["aws:sqs/queue:Queue"], "Queue", inputs);

// Amazon SQS Developer Guide, "Using dead-letter queues in Amazon SQS".
test("a message that is received too often moves to the declared dead-letter queue", async () => {
  const dead = await declare({ name: "dead" });
  const redrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.state.arn, maxReceiveCount: 2 });
  const { id: QueueUrl } = await declare({ name: "work", visibilityTimeoutSeconds: 0, redrivePolicy });
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "poison" }));
  for (let receive = 0; receive < 3; receive++) await client.send(new ReceiveMessageCommand({ QueueUrl }));
  const moved = await client.send(new ReceiveMessageCommand({ QueueUrl: dead.id, WaitTimeSeconds: 5 }));
  expect(moved.Messages?.map((message) => message.Body)).toEqual(["poison"]);
});

test("a second start brings the settings of a kept queue to the declaration and keeps its messages", async () => {
  const dead = await declare({ name: "kept-dead" });
  const redrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.state.arn, maxReceiveCount: 3 });
  const before = await declare({ name: "kept", visibilityTimeoutSeconds: 30, redrivePolicy });
  await client.send(new SendMessageCommand({ QueueUrl: before.id, MessageBody: "still here" }));
  const after = await declare({ name: "kept", visibilityTimeoutSeconds: 120, delaySeconds: 1 });
  expect(after).toEqual(before);
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: after.id, AttributeNames: ["All"] }),
  );
  expect(Attributes).toMatchObject({
    VisibilityTimeout: "120",
    DelaySeconds: "1",
    ApproximateNumberOfMessages: "1",
  });
  expect(Attributes?.RedrivePolicy).toBeUndefined();
});

// Amazon SQS Developer Guide, "Exactly-once processing in Amazon SQS".
test("a FIFO queue keeps order in a group and drops what is sent twice", async () => {
  const { id: QueueUrl } = await declare({
    name: "ordered.fifo",
    fifoQueue: true,
    contentBasedDeduplication: true,
  });
  for (const MessageBody of ["first", "first", "second"]) {
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: "group" }));
  }
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
  );
  expect(Attributes?.ApproximateNumberOfMessages).toBe("2");
  const received = await client.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(received.Messages?.[0]?.Body).toBe("first");
});
