import { mkdtempSync, rmSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import path from "node:path";
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterEach, expect, test } from "vitest";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../credentials.ts";
import { type SqsEngine, startSqs } from "./sqs.ts";

const dataFolder = mkdtempSync(path.join(tmpdir(), "queue-engine-"));
const cleanUps: (() => Promise<void> | void)[] = [() => rmSync(dataFolder, { recursive: true, force: true })];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

test("messages, waiting and in flight, outlive a restart on another port", async () => {
  const first = await start();
  const { QueueUrl } = await first.client.send(new CreateQueueCommand({ QueueName: "jobs" }));
  expect(QueueUrl).toBe(`${first.engine.url}/000000000000/jobs`);
  for (const MessageBody of ["in flight", "waiting"]) {
    await first.client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  }
  const taken = await first.client.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 2 }));
  expect(taken.Messages?.map((message) => message.Body)).toEqual(["in flight"]);
  await first.stop();

  const second = await start();
  const again = await second.client.send(new GetQueueUrlCommand({ QueueName: "jobs" }));
  expect(again.QueueUrl).toBe(`${second.engine.url}/000000000000/jobs`);
  const bodies: (string | undefined)[] = [];
  const deadline = Date.now() + 10_000;
  while (bodies.length < 2 && Date.now() < deadline) {
    const received = await second.client.send(
      new ReceiveMessageCommand({ QueueUrl: again.QueueUrl, WaitTimeSeconds: 1 }),
    );
    bodies.push(...(received.Messages ?? []).map((message) => message.Body));
  }
  expect(bodies.sort()).toEqual(["in flight", "waiting"]);
  await second.stop();
});

test("the queue engine listens on the loopback address only", async () => {
  const { engine, stop } = await start();
  const elsewhere = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === "IPv4" && !address.internal)?.address;
  if (elsewhere) {
    await expect(fetch(engine.url.replace("127.0.0.1", elsewhere))).rejects.toThrow();
  }
  expect((await fetch(`${engine.url}/health`)).status).toBe(200);
  await stop();
});

async function start(): Promise<{ engine: SqsEngine; client: SQSClient; stop(): Promise<void> }> {
  const engine = await startSqs({ dataFolder });
  const client = new SQSClient({
    endpoint: engine.url,
    region: "us-east-1",
    credentials: { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY },
  });
  return {
    engine,
    client,
    async stop() {
      client.destroy();
      await engine.stop();
    },
  };
}
