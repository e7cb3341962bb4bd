import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { clientSettings } from "../aws-client.ts";
import type { FunctionService } from "../cloud.ts";
import { type DynamodbEngine, startDynamodb } from "../engine/dynamodb.ts";
import { freePort } from "../engine/port.ts";
import { type SqsEngine, startSqs } from "../engine/sqs.ts";
import { createDestinations, queueUrl } from "../function/destination.ts";
import { testFunction, testService } from "../function/test-function.ts";
import { compileFilters } from "./pattern.ts";
import { prepareStreamMapping, type StreamMappingSettings } from "./stream.ts";
import { createJournal, createTestTable } from "./test-table.ts";

const log = () => {};
let dynamodb: DynamodbEngine;
let sqs: SqsEngine;
beforeAll(async () => {
  [dynamodb, sqs] = await Promise.all([startDynamodb({ log }), startSqs({})]);
});
afterAll(() => Promise.all([dynamodb.stop(), sqs.stop()]));

let tables = 0;
const tableName = () => `Table${++tables}`;

const SETTINGS: Omit<StreamMappingSettings, "streamArn"> = {
  name: "mapping",
  functionName: "subscriber",
  startingPosition: "LATEST",
  passes: compileFilters([]),
  batchSize: 100,
  windowSeconds: 0,
  parallelizationFactor: 1,
  policy: {
    bisectsOnError: false,
    reportsFailures: false,
    maximumRetryAttempts: -1,
    maximumRecordAgeSeconds: -1,
  },
  onFailure: undefined,
};

/** What the functions here write to their journal: one line a call. */
interface Line {
  readonly keys: string[];
  readonly records: Record<string, unknown>[];
}

/** A function that notes the items of every call, then does what the code says. */
function subscriber(code = "") {
  const journal = createJournal();
  const source = `
    import { appendFileSync } from "node:fs";
    const note = (line) => appendFileSync(${JSON.stringify(journal.file)}, JSON.stringify(line) + "\\n");
    const keyOf = (record) => record.dynamodb.Keys.pk.S + "/" + record.dynamodb.Keys.sk.S;
    export const handler = async (event) => {
      note({ keys: event.Records.map(keyOf), records: event.Records });
      ${code}
    };`;
  const { functions, lines } = testService([testFunction("subscriber", source)]);
  const keys = () => journal.read<Line>().flatMap((line) => line.keys);
  return { functions, lines, keys, calls: () => journal.read<Line>() };
}

async function startMapping(
  functions: FunctionService,
  settings: Partial<StreamMappingSettings> & { readonly streamArn: string },
  surroundings: { readonly url?: string; readonly dataFolder?: string } = {},
) {
  const destinations = createDestinations(sqsEndpoint(), functions);
  const mapping = await prepareStreamMapping(
    { ...SETTINGS, ...settings },
    {
      functions,
      destinations,
      url: surroundings.url ?? dynamodb.url,
      dataFolder: surroundings.dataFolder ?? mkdtempSync(path.join(tmpdir(), "local-mapping-")),
      log,
    },
  );
  mapping.start();
  onTestFinished(async () => {
    await mapping.stop();
    destinations.stop();
  });
  return mapping;
}

const sqsEndpoint = () => ({ sqs: sqs.url });

async function createQueue(name: string) {
  const client = new SQSClient(clientSettings(sqs.url));
  await client.send(new CreateQueueCommand({ QueueName: name }));
  const arn = `arn:aws:sqs:us-east-1:000000000000:${name}`;
  return {
    arn,
    async receive(): Promise<Record<string, Record<string, unknown>>> {
      const { Messages } = await client.send(
        new ReceiveMessageCommand({ QueueUrl: queueUrl(sqsEndpoint(), arn), WaitTimeSeconds: 15 }),
      );
      return JSON.parse(Messages?.[0]?.Body ?? "{}");
    },
  };
}

const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 15_000, interval: 20 });

// AWS Lambda Developer Guide, "Process DynamoDB records with Lambda", "Example event".
test("records reach the function in Lambda's shape", async () => {
  const table = await createTestTable(dynamodb.url, tableName());
  const { functions, calls } = subscriber();
  await startMapping(functions, { streamArn: table.streamArn });
  await table.put("p", "1", {
    bytes: { B: Buffer.from("하루") },
    count: { N: "1.50" },
    set: { BS: [Buffer.from("x")] },
  });
  await eventually(() => calls().length).toBe(1);
  const before = Date.now() / 1000;
  expect(calls()[0]?.records).toEqual([
    {
      eventID: expect.any(String),
      eventName: "INSERT",
      eventVersion: "1.1",
      eventSource: "aws:dynamodb",
      awsRegion: "us-east-1",
      eventSourceARN: table.streamArn,
      dynamodb: {
        ApproximateCreationDateTime: expect.any(Number),
        Keys: { pk: { S: "p" }, sk: { S: "1" } },
        NewImage: {
          pk: { S: "p" },
          sk: { S: "1" },
          bytes: { B: Buffer.from("하루").toString("base64") },
          count: { N: "1.5" },
          set: { BS: ["eA=="] },
        },
        SequenceNumber: expect.stringMatching(/^\d{21}$/),
        SizeBytes: expect.any(Number),
        StreamViewType: "NEW_AND_OLD_IMAGES",
      },
    },
  ]);
  const dynamodbPart = calls()[0]?.records[0]?.dynamodb as { ApproximateCreationDateTime: number };
  expect(dynamodbPart.ApproximateCreationDateTime).toBeGreaterThan(before - 120);
  expect(dynamodbPart.ApproximateCreationDateTime).toBeLessThanOrEqual(before);
});

// AWS Lambda Developer Guide, "Polling and stream starting positions".
test("LATEST begins with what is written after the mapping was made, TRIM_HORIZON with the oldest", async () => {
  const table = await createTestTable(dynamodb.url, tableName());
  await table.put("old", "1");
  const latest = subscriber();
  const horizon = subscriber();
  const { streamArn } = table;
  await startMapping(latest.functions, { streamArn });
  await startMapping(horizon.functions, { streamArn, startingPosition: "TRIM_HORIZON" });
  await table.put("new", "1");
  await eventually(latest.keys).toEqual(["new/1"]);
  await eventually(horizon.keys).toEqual(["old/1", "new/1"]);
});

test("LATEST on an empty stream hears the first record although other tables were written before", async () => {
  const table = await createTestTable(dynamodb.url, tableName());
  const other = await createTestTable(dynamodb.url, tableName());
  await other.put("other", "1");
  const { functions, keys } = subscriber();
  await startMapping(functions, { streamArn: table.streamArn });
  await other.put("other", "2");
  await table.put("first", "1");
  await eventually(keys).toEqual(["first/1"]);
});

// AWS Lambda Developer Guide, "Using event filtering with a DynamoDB event source".
test("only records that pass a filter reach the function, and the others do not come again", async () => {
  const table = await createTestTable(dynamodb.url, tableName());
  const dataFolder = mkdtempSync(path.join(tmpdir(), "local-mapping-"));
  const { functions, keys } = subscriber();
  const pattern = JSON.stringify({ dynamodb: { Keys: { sk: { S: [{ prefix: "TODO#" }] } } } });
  const settings = { streamArn: table.streamArn, passes: compileFilters([{ pattern }]) };
  const mapping = await startMapping(functions, settings, { dataFolder });
  await table.put("a", "TODO#1");
  await table.put("a", "NOTE#1");
  await table.put("b", "TODO#2");
  await eventually(keys).toEqual(["a/TODO#1", "b/TODO#2"]);
  await table.put("c", "NOTE#2");
  await mapping.stop();
  await startMapping(functions, { streamArn: table.streamArn }, { dataFolder });
  await table.put("d", "TODO#3");
  // Without the filter: only what came after the checkpoint.
  await eventually(() => keys().at(-1)).toBe("d/TODO#3");
  expect(keys().filter((key) => key.startsWith("a/") || key.startsWith("b/"))).toEqual([
    "a/TODO#1",
    "b/TODO#2",
  ]);
});

// AWS Lambda Developer Guide, "Batching behavior".
test("batches are no larger than the batch size, and a window gathers records", async () => {
  const table = await createTestTable(dynamodb.url, tableName());
  const { functions, keys, calls } = subscriber();
  await startMapping(functions, { streamArn: table.streamArn, batchSize: 3, windowSeconds: 2 });
  const startedAt = performance.now();
  for (let item = 0; item < 7; item++) await table.put("p", String(item));
  await eventually(() => keys().length).toBe(7);
  expect(calls().map((call) => call.keys.length)).toEqual([3, 3, 1]);
  expect(performance.now() - startedAt).toBeGreaterThan(1_900);
});

test("a throwing stream handler does not lose records", async () => {
  const table = await createTestTable(dynamodb.url, tableName());
  const { functions, calls } = subscriber(`
    globalThis.count = (globalThis.count ?? 0) + 1;
    if (globalThis.count < 3) throw new Error("not yet");`);
  await startMapping(functions, { streamArn: table.streamArn, batchSize: 2 });
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
  const queue = await createQueue("poison");
  const { functions, lines, calls } = subscriber(`
    for (const record of event.Records) {
      if (record.dynamodb.NewImage.sk.S === "poison") {
        return { batchItemFailures: [{ itemIdentifier: record.dynamodb.SequenceNumber }] };
      }
      console.log("handled", keyOf(record));
    }
    return { batchItemFailures: [] };`);
  await startMapping(functions, {
    streamArn: table.streamArn,
    windowSeconds: 1,
    onFailure: queue.arn,
    policy: {
      bisectsOnError: true,
      reportsFailures: true,
      maximumRetryAttempts: 2,
      maximumRecordAgeSeconds: -1,
    },
  });
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
  const message = await queue.receive();
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
  const queue = await createQueue("thrown");
  const { functions, keys } = subscriber(`
    if (event.Records.some((record) => record.dynamodb.Keys.sk.S === "poison")) throw new Error("poison");`);
  await startMapping(functions, {
    streamArn: table.streamArn,
    windowSeconds: 1,
    onFailure: queue.arn,
    policy: {
      bisectsOnError: true,
      reportsFailures: false,
      maximumRetryAttempts: 1,
      maximumRecordAgeSeconds: -1,
    },
  });
  for (const sk of ["1", "2", "poison", "3"]) await table.put("p", sk);
  const { DDBStreamBatchInfo, responseContext } = await queue.receive();
  expect(DDBStreamBatchInfo).toMatchObject({ batchSize: 1 });
  expect(responseContext).toMatchObject({ functionError: "Unhandled" });
  await eventually(() => keys().at(-1)).toBe("p/3");
});

// AWS Lambda Developer Guide, "Polling and batching streams", concurrent batches for each shard.
test("parallel batches run at once and keep the order of each item", async () => {
  const table = await createTestTable(dynamodb.url, tableName());
  const journal = createJournal();
  const source = `
    import { appendFileSync } from "node:fs";
    const note = (line) => appendFileSync(${JSON.stringify(journal.file)}, JSON.stringify(line) + "\\n");
    export const handler = async ({ Records: [{ dynamodb }] }) => {
      const { pk, version } = dynamodb.NewImage;
      note({ pk: pk.S, version: version.N, step: 1 });
      await new Promise((resolve) => setTimeout(resolve, 40));
      note({ pk: pk.S, version: version.N, step: -1 });
    };`;
  const { functions } = testService([testFunction("subscriber", source)]);
  const lines = () => journal.read<{ pk: string; version: string; step: number }>();
  const items = ["a", "b", "c", "d", "e", "f"];
  await startMapping(functions, { streamArn: table.streamArn, batchSize: 1, parallelizationFactor: 4 });
  for (let version = 0; version < 5; version++) {
    for (const pk of items) await table.put(pk, "1", { version: { N: String(version) } });
  }
  await eventually(() => lines().length).toBe(60);
  let running = 0;
  const atOnce = lines().map(({ step }) => {
    running += step;
    return running;
  });
  expect(Math.max(...atOnce)).toBeGreaterThan(1);
  expect(Math.max(...atOnce)).toBeLessThanOrEqual(4);
  for (const item of items) {
    const versions = lines().filter(({ pk }) => pk === item);
    expect(versions.map(({ version }) => version).join("")).toBe("0011223344");
  }
});

/** An engine that keeps its data and its port over restarts. */
async function restartableEngine() {
  const dataFolder = mkdtempSync(path.join(tmpdir(), "local-stream-"));
  const database = path.join(dataFolder, "dynamodb");
  const port = await freePort();
  const start = () => startDynamodb({ dataFolder: database, port, log });
  let engine = await start();
  onTestFinished(() => engine.stop());
  return {
    surroundings: { url: engine.url, dataFolder },
    async restart(whileStopped = (_database: DatabaseSync) => {}) {
      await engine.stop();
      const file = new DatabaseSync(path.join(database, "shared-local-instance.db"));
      whileStopped(file);
      file.close();
      engine = await start();
    },
  };
}

// AWS Lambda Developer Guide, "How Lambda processes records from stream and queue-based event sources".
test("the checkpoint is kept over a restart: nothing is lost and nothing comes twice", async () => {
  const { surroundings, restart } = await restartableEngine();
  const table = await createTestTable(surroundings.url, tableName());
  const { functions, keys } = subscriber();
  const { streamArn } = table;
  const first = await startMapping(functions, { streamArn }, surroundings);
  await table.put("p", "1");
  await table.put("p", "2");
  await eventually(keys).toEqual(["p/1", "p/2"]);
  await first.stop();
  await table.put("p", "3");
  await restart();
  await startMapping(functions, { streamArn }, surroundings);
  await table.put("p", "4");
  await eventually(keys).toEqual(["p/1", "p/2", "p/3", "p/4"]);
});

// Amazon DynamoDB Developer Guide, "Change data capture for DynamoDB Streams", "Reading and processing a stream".
test("a shard that closes is drained before its child, while the mapping runs and while it does not", async () => {
  const { surroundings, restart } = await restartableEngine();
  const table = await createTestTable(surroundings.url, tableName());
  const { functions, keys } = subscriber();
  const { streamArn } = table;
  // The engine closes shards that are older than four hours.
  const closeShards = () =>
    restart((database) => database.exec("UPDATE ss SET CreationDateTime = CreationDateTime - 18000000"));
  const first = await startMapping(functions, { streamArn }, surroundings);
  await table.put("p", "1");
  await eventually(keys).toEqual(["p/1"]);
  await closeShards();
  await table.put("p", "2");
  await eventually(keys).toEqual(["p/1", "p/2"]);
  await first.stop();
  await table.put("p", "3");
  await closeShards();
  await table.put("p", "4");
  await closeShards();
  await table.put("p", "5");
  await startMapping(functions, { streamArn }, surroundings);
  await eventually(keys).toEqual(["p/1", "p/2", "p/3", "p/4", "p/5"]);
  await table.put("p", "6");
  await eventually(keys).toEqual(["p/1", "p/2", "p/3", "p/4", "p/5", "p/6"]);
});

// Amazon DynamoDB Developer Guide, "Data retention limit for DynamoDB Streams".
test("a mapping that was away for more than a day goes on with what is left of the stream", async () => {
  const { surroundings, restart } = await restartableEngine();
  const table = await createTestTable(surroundings.url, tableName());
  const { functions, keys } = subscriber();
  const { streamArn } = table;
  const first = await startMapping(functions, { streamArn }, surroundings);
  await table.put("p", "1");
  await eventually(keys).toEqual(["p/1"]);
  await first.stop();
  await table.put("p", "2");
  // The engine removes records after a day.
  await restart((database) => {
    for (const rows of ["ss", "us"])
      database.exec(`UPDATE ${rows} SET CreationDateTime = CreationDateTime - 108000000`);
  });
  await table.put("p", "3");
  await startMapping(functions, { streamArn }, surroundings);
  await eventually(() => keys().at(-1)).toBe("p/3");
  await table.put("p", "4");
  await eventually(() => keys().at(-1)).toBe("p/4");
  expect(keys().filter((key) => key === "p/1")).toHaveLength(1);
});
