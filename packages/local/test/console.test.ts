import { request as httpRequest } from "node:http";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientSettings } from "../src/aws-client.ts";
import type {
  CallDetail,
  CallView,
  CloudView,
  MessageView,
  PictureView,
  QueueView,
  RowsView,
  TableView,
} from "../src/console/view.ts";
import { freePort } from "../src/engine/port.ts";
import { type RunningCloud, startCloud } from "../src/start.ts";
import { copyTinyApp } from "./tiny-app.ts";
import { until } from "./wait.ts";

let app: Awaited<ReturnType<typeof copyTinyApp>>;
let cloud: RunningCloud;
let outputs: { readonly notes: string; readonly jobs: string };

beforeAll(async () => {
  app = await copyTinyApp();
  cloud = await startCloud({
    root: app.root,
    stage: "test",
    watch: false,
    port: await freePort(),
    log: () => {},
    step: () => () => {},
  });
  outputs = cloud.outputs as typeof outputs;
});
afterAll(async () => {
  await cloud.stop();
  app.remove();
});

const read = async <Answer>(path: string): Promise<Answer> => {
  const response = await fetch(`${cloud.consoleUrl}/${path}`);
  if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
  return (await response.json()) as Answer;
};

const order = (path: string, headers: Readonly<Record<string, string>> = { origin: cloud.frontDoorUrl }) =>
  fetch(`${cloud.consoleUrl}/${path}`, { method: "POST", headers });

/** Listens until an event of that name fits. */
async function live<Data>(name: string, fits: (data: Data) => boolean): Promise<Data> {
  const response = await fetch(`${cloud.consoleUrl}/live`, { signal: AbortSignal.timeout(60_000) });
  let text = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const events = text.split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      const [, eventName, data = ""] = /^event: (\w+)\ndata: (.*)$/s.exec(event) ?? [];
      if (eventName !== name) continue;
      const parsed = JSON.parse(data) as Data;
      if (fits(parsed)) return parsed;
    }
  }
  throw new Error(`The stream ended before ${name} came.`);
}

/** The call that ends next and fits. */
async function callOf(fits: (call: CallView) => boolean): Promise<CallView> {
  const ended = (call: CallView) => call.outcome !== "running" && fits(call);
  const calls = await live<readonly CallView[]>("calls", (list) => list.some(ended));
  return calls.find(ended) as CallView;
}

async function queue(label: string, fits: (one: QueueView) => boolean): Promise<QueueView> {
  const wanted = (one: QueueView) => one.label === label && fits(one);
  return (await live<readonly QueueView[]>("queues", (list) => list.some(wanted))).find(wanted) as QueueView;
}

test("it has the app's name for an address, and its own page under a strict policy", async () => {
  expect(cloud.consoleUrl).toBe(`${cloud.frontDoorUrl}/_tiny`);
  const page = await fetch(cloud.consoleUrl);
  const html = await page.text();
  expect(page.headers.get("content-security-policy")).toMatch(
    /^default-src 'none'; script-src 'self'; style-src 'self';/,
  );
  expect(html).not.toMatch(/<script(?![^>]* src=)|style=/);
  for (const [, address] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
    expect((await fetch(`${cloud.frontDoorUrl}${address}`)).status).toBe(200);
  }
  expect((await fetch(`${cloud.consoleUrl}/nothing`)).status).toBe(404);
  expect((await fetch(`${cloud.frontDoorUrl}/_tinyer`)).status).not.toBe(200);
});

test("a call is shown with its cause, its times, its memory, whether it was cold, and its trace", async () => {
  const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
  const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
  const greet = () => fetch(`${cloud.frontDoorUrl}/api/greeting`, { headers: { traceparent } });
  await greet();
  const cold = await callOf(({ trigger }) => trigger === "GET /greeting");
  expect(cold).toMatchObject({ outcome: "ok", traceId, parentId: "00f067aa0ba902b7" });
  expect(cold.initMs).toBeGreaterThan(0);
  expect(cold.billedMs).toBeGreaterThanOrEqual((cold.initMs ?? 0) + (cold.durationMs ?? 0));
  expect(cold.memoryBytes).toBeGreaterThan(1_000_000);
  await greet();
  const warm = await callOf(({ trigger, id }) => trigger === "GET /greeting" && id > cold.id);
  expect(warm).not.toHaveProperty("initMs");
  const { functions } = await read<CloudView>("cloud");
  expect(functions.find(({ name }) => name === warm.functionName)).toMatchObject({
    label: "greeting",
    source: "src/greeting.handler",
    declaredAt: expect.stringMatching(/^infra\/api\.ts:\d+$/),
  });
});

test("a call that failed is shown with what it said", async () => {
  await fetch(`${cloud.frontDoorUrl}/api/unlinked`);
  const failed = await callOf(({ trigger }) => trigger === "GET /unlinked");
  expect(failed).toMatchObject({ outcome: "failed", error: expect.stringContaining("is not linked") });
  const { logs } = await read<CallDetail>(`calls/${failed.id}`);
  expect(logs.map(({ level, text }) => `${level} ${text}`).join("\n")).toContain('error Error: "Notes"');
});

test("what failed for good is shown without being touched, and a redrive gives it back", async () => {
  const sqs = new SQSClient(clientSettings(cloud.endpoints.sqs));
  const table = new DynamoDBClient(clientSettings(cloud.endpoints.dynamodb));
  const MessageBody = JSON.stringify({ always: "fails" });
  await sqs.send(new SendMessageCommand({ QueueUrl: outputs.jobs, MessageBody }));
  const Item = { id: { S: "note#poison" }, value: { S: "{}" } };
  await table.send(new PutItemCommand({ TableName: outputs.notes, Item }));
  const { name, failuresOf } = await queue("Dead", ({ waiting }) => waiting === 2);
  expect(failuresOf.toSorted()).toEqual(["Jobs", "NotesSubscriberAudit"]);

  const messages = () => read<MessageView[]>(`queues/${name}/messages`);
  const before = await messages();
  expect(before.map(({ destination }) => destination).toSorted()).toEqual([
    "tiny-test-JobsQueue",
    "tiny-test-NotesSubscriberAuditFunctionFunction, with 1 record of the stream",
  ]);
  expect(await messages()).toEqual(before);

  const outcome = (await (await order(`queues/${name}/redrive`)).json()) as {
    handled: number;
    left: string[];
  };
  expect(outcome.handled).toBe(1); // The message is at work again …
  expect(outcome.left).toEqual([expect.stringContaining("reported it as failed again")]); // … the row is not.
  const again = await until("its next failure", 30, async () => {
    const list = await messages();
    return list.length === 2 && list;
  });
  expect(again.find(({ body }) => body === MessageBody)?.sentAt).toBeGreaterThan(before[0]?.sentAt ?? 0);
  sqs.destroy();
  table.destroy();
});

test("the picture says what calls what, as the program declares it", async () => {
  const { parts, connections } = await read<PictureView>("picture");
  const labels = new Map(parts.map(({ id, label }) => [id, label]));
  const drawn = connections.map(({ from, kind, to }) => `${labels.get(from)} ${kind} ${labels.get(to)}`);
  expect(drawn.toSorted()).toEqual([
    "Api calls greeting",
    "Api calls note.get",
    "Api calls note.put",
    "Api calls unlinked",
    "Jobs calls job",
    "Jobs fails Dead",
    "Notes calls audit",
    "RouterCdn calls Api",
    "Tick calls tick",
    "Uploads calls Jobs",
    "audit fails Dead",
    "audit writes Notes",
    "job writes Notes",
    "job writes Uploads",
    "note.get writes Notes",
    "note.put writes Notes",
    "tick writes Notes",
  ]);
  const route = connections.find(({ to }) => labels.get(to) === "note.get");
  expect(route?.by).toEqual(["GET /notes/{id}"]);
});

test("a table is read a page at a time, and a partition by its key", async () => {
  const table = new DynamoDBClient(clientSettings(cloud.endpoints.dynamodb));
  const put = (id: string, more: Record<string, { S: string }> = {}) =>
    table.send(new PutItemCommand({ TableName: outputs.notes, Item: { id: { S: id }, ...more } }));
  await Promise.all(Array.from({ length: 120 }, (_, index) => put(`page#${index}`)));
  await put("entity#1", { __edb_e__: { S: "thing" } });
  expect(await read<TableView[]>("tables")).toEqual([
    { name: outputs.notes, label: "Notes", indexes: [{ partition: "id" }] },
  ]);
  const rows = (query: string) => read<RowsView>(`tables/${outputs.notes}/rows?${query}`);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page: RowsView = await rows(new URLSearchParams(cursor ? { cursor } : {}).toString());
    expect(page.rows.length).toBeLessThanOrEqual(100);
    seen.push(...page.rows.map(({ partition }) => partition));
    cursor = page.cursor;
  } while (cursor);
  expect(seen.filter((id) => id.startsWith("page#"))).toHaveLength(120);
  expect((await rows("partition=entity%231")).rows).toEqual([
    { entity: "thing", partition: "entity#1", attributes: { id: "entity#1", __edb_e__: "thing" } },
  ]);
  await expect(rows("index=none")).rejects.toThrow("404");
  table.destroy();
});

test("a schedule tells when it runs next, and runs at once when it is asked", async () => {
  const [tick] = await read<{ name: string; nextAt: number; target: string }[]>("schedules");
  expect(tick?.nextAt).toBeGreaterThan(Date.now());
  expect(tick?.nextAt).toBeLessThanOrEqual(Date.now() + 61_000);
  const called = callOf(({ functionName }) => functionName === tick?.target);
  expect((await order(`schedules/${tick?.name}/run`)).status).toBe(200);
  expect((await called).outcome).toBe("ok");
});

test("pages elsewhere can neither change nor read anything", async () => {
  const [tick] = await read<{ name: string }[]>("schedules");
  const run = `schedules/${tick?.name}/run`;
  const strangers = [
    {},
    { origin: "http://evil.example" },
    { origin: "null" },
    { origin: cloud.frontDoorUrl, "sec-fetch-site": "cross-site" },
  ];
  for (const headers of strangers) expect((await order(run, headers)).status).toBe(403);
  expect((await fetch(`${cloud.consoleUrl}/${run}`)).status).toBe(404);

  // A name elsewhere that leads to this machine.
  const { port } = new URL(cloud.frontDoorUrl);
  const status = await new Promise((resolve, reject) => {
    const request = {
      host: "127.0.0.1",
      port,
      path: "/_tiny/cloud",
      headers: { host: `evil.example:${port}` },
    };
    httpRequest(request, (response) => resolve(response.resume().statusCode))
      .once("error", reject)
      .end();
  });
  expect(status).toBe(403);
});
