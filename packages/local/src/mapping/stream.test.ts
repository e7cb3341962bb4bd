import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { borrowEngine } from "../../test/shared-engines.ts";
import { testFunction, testService } from "../function/test-function.ts";
import { compileFilters } from "./pattern.ts";
import { eventually, startMapping, subscriber, tableName } from "./test-stream.ts";
import { createJournal, createTestTable } from "./test-table.ts";

const dynamodb = { url: "" };
beforeAll(async () => {
  dynamodb.url = await borrowEngine("table");
});

// AWS Lambda Developer Guide, "Process DynamoDB records with Lambda", "Example event".
test("records reach the function in Lambda's shape", async () => {
  const table = await createTestTable(dynamodb.url, tableName());
  const { functions, calls } = subscriber();
  await startMapping(functions, { streamArn: table.streamArn }, { url: dynamodb.url });
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
  await startMapping(latest.functions, { streamArn }, { url: dynamodb.url });
  await startMapping(
    horizon.functions,
    { streamArn, startingPosition: "TRIM_HORIZON" },
    { url: dynamodb.url },
  );
  await table.put("new", "1");
  await eventually(latest.keys).toEqual(["new/1"]);
  await eventually(horizon.keys).toEqual(["old/1", "new/1"]);
});

test("LATEST on an empty stream hears the first record although other tables were written before", async () => {
  const table = await createTestTable(dynamodb.url, tableName());
  const other = await createTestTable(dynamodb.url, tableName());
  await other.put("other", "1");
  const { functions, keys } = subscriber();
  await startMapping(functions, { streamArn: table.streamArn }, { url: dynamodb.url });
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
  const mapping = await startMapping(functions, settings, { url: dynamodb.url, dataFolder });
  await table.put("a", "TODO#1");
  await table.put("a", "NOTE#1");
  await table.put("b", "TODO#2");
  await eventually(keys).toEqual(["a/TODO#1", "b/TODO#2"]);
  await table.put("c", "NOTE#2");
  await mapping.stop();
  await startMapping(functions, { streamArn: table.streamArn }, { url: dynamodb.url, dataFolder });
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
  await startMapping(
    functions,
    { streamArn: table.streamArn, batchSize: 3, windowSeconds: 2 },
    { url: dynamodb.url },
  );
  const startedAt = performance.now();
  for (let item = 0; item < 7; item++) await table.put("p", String(item));
  await eventually(() => keys().length).toBe(7);
  expect(calls().map((call) => call.keys.length)).toEqual([3, 3, 1]);
  expect(performance.now() - startedAt).toBeGreaterThan(1_900);
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
  await startMapping(
    functions,
    { streamArn: table.streamArn, batchSize: 1, parallelizationFactor: 4 },
    { url: dynamodb.url },
  );
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
