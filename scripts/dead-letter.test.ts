import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientSettings } from "../packages/local/src/aws-client.ts";
import { freePort } from "../packages/local/src/engine/port.ts";
import { type RunningCloud, startCloud } from "../packages/local/src/start.ts";
import { copyTinyApp } from "../packages/local/test/tiny-app.ts";
import { until } from "../packages/local/test/wait.ts";
import { type Clients, redrive } from "./dead-letter.ts";

let app: Awaited<ReturnType<typeof copyTinyApp>>;
let cloud: RunningCloud;
let clients: Clients;
let table: DynamoDBClient;
let outputs: { notes: string; jobs: string; dead: string };

beforeAll(async () => {
  app = await copyTinyApp();
  // Watched, so that a function can be mended while everything runs.
  const options = { root: app.root, stage: "test", watch: true, port: await freePort() };
  cloud = await startCloud({ ...options, log: () => {}, step: () => () => {} });
  outputs = cloud.outputs as unknown as typeof outputs;
  const { dynamodb, sqs, lambda } = cloud.endpoints;
  table = new DynamoDBClient(clientSettings(dynamodb));
  clients = {
    sqs: new SQSClient(clientSettings(sqs)),
    streams: new DynamoDBStreamsClient(clientSettings(dynamodb)),
    lambda: new LambdaClient(clientSettings(lambda)),
  };
});
afterAll(async () => {
  for (const client of [table, ...Object.values(clients)]) client.destroy();
  await cloud.stop();
  app.remove();
});

test("what failed for good is handled once its function is mended, and nothing before", async () => {
  const note = { id: { S: "note#poison" }, value: { S: "{}" } };
  await table.send(new PutItemCommand({ TableName: outputs.notes, Item: note }));
  const MessageBody = JSON.stringify({ always: "fails" });
  await clients.sqs.send(new SendMessageCommand({ QueueUrl: outputs.jobs, MessageBody }));
  await until("both dead letters", 60, async () => (await waiting()) === 2);

  const dryRun = await run({ isDryRun: true });
  expect(dryRun.result).toEqual({ handled: 0, left: 2 });
  expect(dryRun.lines.join("\n")).toMatch(/1 records from \d+ \(RetryAttemptsExhausted\): dry run/);
  expect(await waiting()).toBe(2);

  mend("src/audit.ts", 'startsWith("note#poison")', 'startsWith("note#nothing")');
  mend("src/job.ts", "if (!uploads)", 'if (!uploads) await save("job", body);\n    if (false)');
  // The mended code counts from the first call that sees it: the run is repeated until then, as a person would.
  await until("the mended functions", 60, async () => {
    await run({ isDryRun: false });
    return (await saved("audit#note#poison")) && (await saved("job"));
  });
  expect(await waiting()).toBe(0);
});

async function run({ isDryRun }: { isDryRun: boolean }) {
  const lines: string[] = [];
  const result = await redrive(clients, { queueUrl: outputs.dead, isDryRun }, (line) => lines.push(line));
  return { lines, result };
}

/** Dead letters that lie in the queue, whether somebody is reading them or not. */
async function waiting(): Promise<number> {
  const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
  const { Attributes = {} } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: outputs.dead, AttributeNames: [...names] }),
  );
  return names.reduce((sum, name) => sum + Number(Attributes[name]), 0);
}

async function saved(id: string): Promise<boolean> {
  const { Item } = await table.send(
    new GetItemCommand({ TableName: outputs.notes, Key: { id: { S: id } }, ConsistentRead: true }),
  );
  return Item !== undefined;
}

function mend(file: string, from: string, to: string): void {
  const source = readFileSync(path.join(app.root, file), "utf8");
  expect(source).toContain(from);
  writeFileSync(path.join(app.root, file), source.replace(from, to));
}
