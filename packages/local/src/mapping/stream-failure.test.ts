import { afterAll, beforeAll, expect, test } from "vitest";
import { borrowEngine } from "../../test/shared-engines.ts";
import { type SqsEngine, startSqs } from "../engine/sqs.ts";
import { createTestQueue } from "../provider/test-cloud.ts";
import { eventually, startMapping, subscriber, tableName } from "./test-stream.ts";
import { createTestTable } from "./test-table.ts";

const dynamodb = { url: "" };
let sqs: SqsEngine;
beforeAll(async () => {
  [dynamodb.url, sqs] = await Promise.all([borrowEngine("table"), startSqs({})]);
});
afterAll(() => sqs.stop());

test("a throwing stream handler does not lose records", async () => {
  const table = await createTestTable(dynamodb.url, tableName());
  const { functions, calls } = subscriber(`
    globalThis.count = (globalThis.count ?? 0) + 1;
    if (globalThis.count < 3) throw new Error("not yet");`);
  await startMapping(
    functions,
    { streamArn: table.streamArn, batchSize: 2 },
    { url: dynamodb.url, sqs: sqs.url },
  );
  for (const sk of ["1", "2", "3", "4"]) await table.put("p", sk);
  await eventually(() => calls().at(-1)?.keys.at(-1)).toBe("p/4");
  const all = calls().map((call) => call.keys);
  // The first batch was tried three times before the second was called.
  expect(all[0]).toEqual(all[1]);
  expect(all[1]).toEqual(all[2]);
  expect(all.slice(2).flat()).toEqual(["p/1", "p/2", "p/3", "p/4"]);
});

// AWS Lambda Developer Guide, "Configuring partial batch response with DynamoDB and Lambda" and
// "Retain discarded records for a DynamoDB event source in Lambda".
test("a poison record between good ones: good ones once each in order per key, poison in the DLQ after its retries", async () => {
  const table = await createTestTable(dynamodb.url, tableName());
  const queue = await createTestQueue({ sqs: sqs.url }, "poison");
  const { functions, lines, calls } = subscriber(`
    for (const record of event.Records) {
      if (record.dynamodb.NewImage.sk.S === "poison") {
        return { batchItemFailures: [{ itemIdentifier: record.dynamodb.SequenceNumber }] };
      }
      console.log("handled", keyOf(record));
    }
    return { batchItemFailures: [] };`);
  await startMapping(
    functions,
    {
      streamArn: table.streamArn,
      windowSeconds: 1,
      onFailure: queue.arn,
      policy: {
        bisectsOnError: true,
        reportsFailures: true,
        maximumRetryAttempts: 2,
        maximumRecordAgeSeconds: -1,
      },
    },
    { url: dynamodb.url, sqs: sqs.url },
  );
  for (const [pk, sk] of [
    ["a", "1"],
    ["b", "1"],
    ["a", "2"],
    ["a", "poison"],
    ["b", "2"],
    ["a", "3"],
    ["c", "1"],
  ] as const) {
    await table.put(pk, sk);
  }
  const handled = () =>
    lines.filter(({ message }) => message.startsWith("handled ")).map(({ message }) => message.slice(8));
  await eventually(handled).toEqual(["a/1", "b/1", "a/2", "b/2", "a/3", "c/1"]);
  const alone = calls().filter(({ keys }) => keys.join() === "a/poison");
  expect(alone).toHaveLength(3);
  const poison = alone[0]?.records[0]?.dynamodb as { SequenceNumber: string };
  const [message] = await queue.receive();
  expect(message).toEqual({
    requestContext: {
      requestId: expect.any(String),
      functionArn: "arn:aws:lambda:us-east-1:000000000000:function:subscriber",
      condition: "RetryAttemptsExhausted",
      approximateInvokeCount: expect.any(Number),
    },
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: null },
    version: "1.0",
    timestamp: expect.any(String),
    DDBStreamBatchInfo: {
      shardId: expect.stringMatching(/^shardId-/),
      startSequenceNumber: poison.SequenceNumber,
      endSequenceNumber: poison.SequenceNumber,
      approximateArrivalOfFirstRecord: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      approximateArrivalOfLastRecord: expect.any(String),
      batchSize: 1,
      streamArn: table.streamArn,
    },
  });
});

test("a poison record that makes the function throw is narrowed down and given up alone", async () => {
  const table = await createTestTable(dynamodb.url, tableName());
  const queue = await createTestQueue({ sqs: sqs.url }, "thrown");
  const { functions, keys } = subscriber(`
    if (event.Records.some((record) => record.dynamodb.Keys.sk.S === "poison")) throw new Error("poison");`);
  await startMapping(
    functions,
    {
      streamArn: table.streamArn,
      windowSeconds: 1,
      onFailure: queue.arn,
      policy: {
        bisectsOnError: true,
        reportsFailures: false,
        maximumRetryAttempts: 1,
        maximumRecordAgeSeconds: -1,
      },
    },
    { url: dynamodb.url, sqs: sqs.url },
  );
  for (const sk of ["1", "2", "poison", "3"]) await table.put("p", sk);
  const [{ DDBStreamBatchInfo, responseContext } = {}] = await queue.receive();
  expect(DDBStreamBatchInfo).toMatchObject({ batchSize: 1 });
  expect(responseContext).toMatchObject({ functionError: "Unhandled" });
  await eventually(() => keys().at(-1)).toBe("p/3");
});
