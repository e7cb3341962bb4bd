import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { startDynamodb } from "../engine/dynamodb.ts";
import { freePort } from "../engine/port.ts";
import { eventually, startMapping, subscriber, tableName } from "./test-stream.ts";
import { createTestTable } from "./test-table.ts";

/** An engine that keeps its data and its port over restarts. */
async function restartableEngine() {
  const dataFolder = mkdtempSync(path.join(tmpdir(), "local-stream-"));
  const database = path.join(dataFolder, "dynamodb");
  const port = await freePort();
  const start = () => startDynamodb({ dataFolder: database, port, log: () => {} });
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
