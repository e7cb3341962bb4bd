import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, expect, test } from "vitest";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../credentials.ts";
import { type DynamodbEngine, startDynamodb } from "./dynamodb.ts";
import { findJava } from "./java.ts";

const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

test("a table engine that is killed comes back at the same address with its data", async () => {
  const dataFolder = temporaryFolder();
  const engine = await startDynamodb({ dataFolder, log: () => {} });
  cleanUps.push(() => engine.stop());
  const client = clientOf(engine);
  await client.send(
    new CreateTableCommand({
      TableName: "Kept",
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
    }),
  );
  for (let row = 0; row < 20; row++) {
    await client.send(new PutItemCommand({ TableName: "Kept", Item: { pk: { S: `row ${row}` } } }));
  }

  const killed = engine.pid;
  process.kill(killed, "SIGKILL");
  await until("the restart", 15, () => engine.pid !== killed);

  for (let row = 0; row < 20; row++) {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: "Kept", Key: { pk: { S: `row ${row}` } } }),
    );
    expect(Item).toEqual({ pk: { S: `row ${row}` } });
  }
});

test("a table engine that keeps dying is given up with one sentence", async () => {
  let gone: Error | undefined;
  const engine = await startDynamodb({ log: () => {}, onGone: (reason) => (gone = reason) });
  cleanUps.push(() => engine.stop());
  for (let kill = 0; kill < 4; kill++) {
    const killed = engine.pid;
    process.kill(killed, "SIGKILL");
    await until("the restart or the end", 15, () => engine.pid !== killed || gone !== undefined);
  }
  expect(gone?.message).toMatch(/^the table engine died 4 times .* and is not restarted\.$/);
});

test("a parent that is killed with SIGKILL leaves no engine behind within 5 seconds", async () => {
  const program = `
    const { startDynamodb } = await import(${JSON.stringify(path.join(import.meta.dirname, "dynamodb.ts"))});
    const engine = await startDynamodb({ log: () => {} });
    console.log(engine.pid);
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
    cwd: import.meta.dirname,
    stdio: ["ignore", "pipe", "inherit"],
  });
  cleanUps.push(() => void parent.kill("SIGKILL"));
  const enginePid = await new Promise<number>((resolve) =>
    parent.stdout.once("data", (line) => resolve(Number(line))),
  );
  expect(isRunning(enginePid)).toBe(true);
  parent.kill("SIGKILL");
  await until("the engine's end", 5, () => !isRunning(enginePid));
});

test("a missing Java is one sentence that says what to install", async () => {
  await expect(findJava("table engine", { PATH: "/nonexistent" }, [])).rejects.toThrow(
    /^The local table engine needs Java 17 or newer, and none was found: install one .*\.$/,
  );
});

function clientOf(engine: DynamodbEngine): DynamoDBClient {
  const client = new DynamoDBClient({
    endpoint: engine.url,
    region: "us-east-1",
    credentials: { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY },
  });
  cleanUps.push(() => client.destroy());
  return client;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "table-engine-"));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(what: string, withinSeconds: number, isTrue: () => boolean): Promise<void> {
  const deadline = Date.now() + withinSeconds * 1000;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error(`Waited ${withinSeconds} s in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
