import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { clientSettings } from "../aws-client.ts";
import type { FunctionDefinition } from "../cloud.ts";
import { type SqsEngine, startSqs } from "../engine/sqs.ts";
import { queueUrl } from "../function/destination.ts";
import { testFunction, testService } from "../function/test-function.ts";
import { prepareQueueMapping, type QueueMappingSettings } from "./queue.ts";
import { compileQueueFilters } from "./queue-message.ts";
import { createJournal } from "./test-table.ts";

let sqs: SqsEngine;
let client: SQSClient;
beforeAll(async () => {
  sqs = await startSqs({});
  client = new SQSClient(clientSettings(sqs.url));
});
afterAll(async () => {
  client.destroy();
  await sqs.stop();
});

let queues = 0;

async function createQueue(attributes: Record<string, string> = {}) {
  const name = `queue${++queues}${attributes.FifoQueue ? ".fifo" : ""}`;
  await client.send(
    new CreateQueueCommand({ QueueName: name, Attributes: { VisibilityTimeout: "10", ...attributes } }),
  );
  const arn = `arn:aws:sqs:us-east-1:000000000000:${name}`;
  const QueueUrl = queueUrl({ sqs: sqs.url }, arn);
  return {
    arn,
    send: (body: string) => client.send(new SendMessageCommand({ QueueUrl, MessageBody: body })),
    async sendAll(bodies: readonly string[], group?: (body: string) => string) {
      const Entries = bodies.map((body, index) => ({
        Id: String(index),
        MessageBody: body,
        ...(group ? { MessageGroupId: group(body), MessageDeduplicationId: body } : {}),
      }));
      await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    },
    async left(): Promise<number> {
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
      );
      const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes ?? {};
      return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible);
    },
    async receive(): Promise<string[]> {
      const { Messages } = await client.send(
        new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 15, MaxNumberOfMessages: 10 }),
      );
      return (Messages ?? []).map(({ Body }) => Body ?? "");
    },
  };
}

interface Line {
  readonly bodies: string[];
  readonly records: Record<string, unknown>[];
  readonly step: number;
}

/** A function that notes every batch, then does what the code says. */
function consumer(code = "", changes: Partial<FunctionDefinition> = {}) {
  const journal = createJournal();
  const source = `
    import { appendFileSync } from "node:fs";
    const note = (line) => appendFileSync(${JSON.stringify(journal.file)}, JSON.stringify(line) + "\\n");
    const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    export const handler = async (event) => {
      const bodies = event.Records.map(({ body }) => body);
      note({ bodies, records: event.Records, step: 1 });
      try { if (bodies.length > 0) { ${code} } } finally { note({ bodies, records: [], step: -1 }); }
    };`;
  const { functions } = testService([testFunction("consumer", source, changes)]);
  const lines = () => journal.read<Line>();
  const batches = () =>
    lines()
      .filter(({ step, bodies }) => step === 1 && bodies.length > 0)
      .map(({ bodies }) => bodies);
  return { functions, lines, batches };
}

async function startMapping(
  { functions }: ReturnType<typeof consumer>,
  queueArn: string,
  settings: Partial<QueueMappingSettings> = {},
) {
  const mapping = await prepareQueueMapping(
    {
      queueArn,
      functionName: "consumer",
      passes: compileQueueFilters([]),
      batchSize: 10,
      windowSeconds: 0,
      reportsFailures: false,
      maximumConcurrency: undefined,
      ...settings,
    },
    { functions, endpoints: { sqs: sqs.url }, log: () => {} },
  );
  // Warm, so that a cold start does not outlast a short visibility timeout.
  await functions.invoke("consumer", { Records: [] });
  mapping.start();
  onTestFinished(() => mapping.stop());
}

const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 20_000, interval: 20 });

// AWS Lambda Developer Guide, "Using Lambda with Amazon SQS", "Example standard queue message event".
test("messages reach the function in Lambda's shape and are deleted", async () => {
  const queue = await createQueue();
  const own = consumer();
  await startMapping(own, queue.arn);
  await client.send(
    new SendMessageCommand({
      QueueUrl: queueUrl({ sqs: sqs.url }, queue.arn),
      MessageBody: "하루",
      MessageAttributes: {
        kind: { DataType: "String", StringValue: "greeting" },
        bytes: { DataType: "Binary", BinaryValue: Buffer.from("x") },
      },
    }),
  );
  await eventually(queue.left).toBe(0);
  expect(own.lines().find(({ bodies }) => bodies.length > 0)?.records).toEqual([
    {
      messageId: expect.any(String),
      receiptHandle: expect.any(String),
      body: "하루",
      attributes: {
        ApproximateReceiveCount: "1",
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        SenderId: expect.any(String),
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      },
      messageAttributes: {
        kind: { stringValue: "greeting", stringListValues: [], binaryListValues: [], dataType: "String" },
        bytes: { binaryValue: "eA==", stringListValues: [], binaryListValues: [], dataType: "Binary" },
      },
      md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
      md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventSource: "aws:sqs",
      eventSourceARN: queue.arn,
      awsRegion: "us-east-1",
    },
  ]);
});

// AWS Lambda Developer Guide, "Handling errors for an SQS event source in Lambda", "Implementing partial batch responses".
test("queue partial failure: only the failed message comes back, and reaches the DLQ after maxReceiveCount", async () => {
  const dlq = await createQueue();
  const queue = await createQueue({
    VisibilityTimeout: "3",
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dlq.arn, maxReceiveCount: 2 }),
  });
  const code = `
    const failed = event.Records.filter(({ body }) => body === "poison");
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };`;
  const own = consumer(code, { timeoutSeconds: 1 });
  await queue.sendAll(["good 1", "poison", "good 2"]);
  await startMapping(own, queue.arn, { reportsFailures: true });
  expect(await dlq.receive()).toEqual(["poison"]);
  expect(own.batches().flat().sort()).toEqual(["good 1", "good 2", "poison", "poison"]);
  await eventually(queue.left).toBe(0);
});

test("when the function throws, the whole batch comes back after the visibility timeout", async () => {
  const queue = await createQueue({ VisibilityTimeout: "3" });
  const own = consumer(
    `globalThis.calls = (globalThis.calls ?? 0) + 1; if (calls === 1) throw new Error("once");`,
    {
      timeoutSeconds: 1,
    },
  );
  await queue.sendAll(["a", "b"]);
  const startedAt = performance.now();
  await startMapping(own, queue.arn);
  await eventually(queue.left).toBe(0);
  expect(performance.now() - startedAt).toBeGreaterThan(2_900);
  expect(own.batches().flat().sort()).toEqual(["a", "a", "b", "b"]);
});

test("without ReportBatchItemFailures a partial response is success", async () => {
  const queue = await createQueue();
  const own = consumer("return { batchItemFailures: [{ itemIdentifier: event.Records[0].messageId }] };");
  await queue.send("a");
  await startMapping(own, queue.arn);
  await eventually(queue.left).toBe(0);
  expect(own.batches()).toEqual([["a"]]);
});

// AWS Lambda Developer Guide, "Using event filtering with an Amazon SQS event source".
test("messages that do not match the filter are deleted without a call", async () => {
  const queue = await createQueue();
  const own = consumer();
  const passes = compileQueueFilters([{ pattern: '{"body":{"kind":["wanted"]}}' }]);
  await queue.sendAll(['{"kind":"other"}', '{"kind":"wanted"}', "plain"]);
  await startMapping(own, queue.arn, { passes });
  await eventually(queue.left).toBe(0);
  expect(own.batches()).toEqual([['{"kind":"wanted"}']]);
});

// AWS Lambda Developer Guide, "Creating and configuring an Amazon SQS event source mapping", batch size and window.
test("a window gathers more messages than one receive gives", async () => {
  const queue = await createQueue();
  const own = consumer();
  for (const round of ["a", "b", "c"]) {
    await queue.sendAll(Array.from({ length: 10 }, (_, index) => `${round}${index}`));
  }
  await startMapping(own, queue.arn, { batchSize: 25, windowSeconds: 2 });
  await eventually(queue.left).toBe(0);
  expect(own.batches().map((batch) => batch.length)).toEqual([25, 5]);
});

// AWS Lambda Developer Guide, "Configuring scaling behavior for SQS event source mappings", "Setting maximum concurrency".
test("no more batches run at once than the maximum concurrency", async () => {
  const queue = await createQueue({ VisibilityTimeout: "30" });
  const own = consumer("await sleep(100);");
  await queue.sendAll(["1", "2", "3", "4", "5", "6", "7", "8"]);
  await startMapping(own, queue.arn, { batchSize: 1, maximumConcurrency: 2 });
  await eventually(queue.left).toBe(0);
  let running = 0;
  const atOnce = own.lines().map(({ step }) => {
    running += step;
    return running;
  });
  expect(Math.max(...atOnce)).toBe(2);
});

test("throttled batches wait and are not lost", async () => {
  const queue = await createQueue({ VisibilityTimeout: "30" });
  const own = consumer("await sleep(100);", { reservedConcurrency: 1 });
  await queue.sendAll(["1", "2", "3", "4"]);
  await startMapping(own, queue.arn, { batchSize: 1 });
  await eventually(queue.left).toBe(0);
  expect(own.batches().flat().sort()).toEqual(["1", "2", "3", "4"]);
});

// Amazon SQS Developer Guide, "FIFO queue delivery logic"; AWS Lambda Developer Guide, "Using Lambda with Amazon SQS".
test("a FIFO queue keeps the order of each group, also over a failure", async () => {
  const queue = await createQueue({ FifoQueue: "true", VisibilityTimeout: "3" });
  const code = `
    const at = bodies.indexOf("a2");
    globalThis.seen = (globalThis.seen ?? 0) + (at >= 0 ? 1 : 0);
    if (at < 0 || seen > 1) return {};
    return { batchItemFailures: event.Records.slice(at).map(({ messageId }) => ({ itemIdentifier: messageId })) };`;
  const own = consumer(code, { timeoutSeconds: 1, reservedConcurrency: 1 });
  await queue.sendAll(["a1", "b1", "a2", "b2", "a3", "b3"], (body) => body[0] ?? "");
  await startMapping(own, queue.arn, { reportsFailures: true });
  await eventually(queue.left).toBe(0);
  const last = (group: string) => {
    const seen = own
      .batches()
      .flat()
      .filter((body) => body.startsWith(group));
    return seen.filter((body, index) => seen.lastIndexOf(body) === index);
  };
  expect(last("a")).toEqual(["a1", "a2", "a3"]);
  expect(last("b")).toEqual(["b1", "b2", "b3"]);
});

// AWS Lambda API Reference, "CreateEventSourceMapping".
test.each<[reason: string, settings: Partial<QueueMappingSettings>, fifo: boolean, timeoutSeconds: number]>([
  ["Queue visibility timeout: 10 seconds is less than Function timeout: 11 seconds", {}, false, 11],
  ["Batching window is not supported for FIFO queues", { windowSeconds: 1 }, true, 5],
  ["Maximum batch window in seconds must be greater than 0", { batchSize: 11 }, false, 5],
  ["Batch size 11 is not between 1 and 10", { batchSize: 11 }, true, 5],
  ["Maximum concurrency 1 is not between 2 and 1000", { maximumConcurrency: 1 }, false, 5],
])("a mapping that AWS would refuse is refused: %s", async (reason, settings, fifo, timeoutSeconds) => {
  const queue = await createQueue(fifo ? { FifoQueue: "true" } : {});
  const own = consumer("", { timeoutSeconds });
  await expect(startMapping(own, queue.arn, settings)).rejects.toThrow(reason);
});
