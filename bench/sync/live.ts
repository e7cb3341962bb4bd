import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Page } from "@playwright/test";
import type { RunningCloud } from "../../packages/local/src/start.ts";
import { launchBrowser, signedInPage } from "../browser.ts";
import { signIn, startSeededCloud } from "../cloud.ts";
import { type Figure, quantile, timeMs } from "../figure.ts";

const changes = Number(process.env.BENCH_CHANGES ?? 60);
const warmUps = 5;
const pauseMilliseconds = 300;

/** What a page writes down of todos: when Enter was pressed, and when each was painted. In milliseconds since 1970. */
interface Notes {
  readonly sent: Record<string, number>;
  readonly painted: Record<string, number>;
}

/**
 * How long after Enter on one device another one shows the new todo: two browsers on the local cloud,
 * beside what the table's stream alone takes on the same engine, and one round trip.
 */
export async function measureLive(): Promise<Figure[]> {
  const cloud = await startSeededCloud({ isFresh: true });
  const browsers = await Promise.all([launchBrowser(), launchBrowser()]);
  try {
    const [here, there] = (await Promise.all(
      browsers.map(async (browser) => {
        const page = await signedInPage(browser, cloud.frontDoorUrl);
        await page.goto("/en/todos");
        await page.getByText("All saved").waitFor();
        await page.evaluate(takeNotes);
        return page;
      }),
    )) as [Page, Page];
    const samples: number[] = [];
    for (let n = 0; n < changes + warmUps; n++) {
      const milliseconds = await arrival(here, there, `live ${n} ${Date.now()}`);
      if (n >= warmUps) samples.push(milliseconds);
    }
    const streams = await streamTimes(cloud);
    const trips = await roundTrips(cloud);
    const floor = 2 * quantile(streams, 0.5) + quantile(trips, 0.5);
    return [
      { name: "live-p50", value: quantile(samples, 0.5), unit: "ms" },
      {
        name: "live-p95",
        value: quantile(samples, 0.95),
        unit: "ms",
        goal: { operator: "<=", value: Math.round(floor) },
      },
      { name: "stream-p50", value: quantile(streams, 0.5), unit: "ms" },
      { name: "stream-p95", value: quantile(streams, 0.95), unit: "ms" },
      { name: "round-trip-p50", value: quantile(trips, 0.5), unit: "ms" },
    ];
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
    await cloud.stop();
  }
}

/** Runs in the page. */
function takeNotes(): void {
  const notes: Notes = { sent: {}, painted: {} };
  Object.assign(globalThis, { notes });
  addEventListener(
    "keydown",
    ({ key, target }) => {
      if (key === "Enter" && target instanceof HTMLInputElement)
        notes.sent[target.value] = performance.timeOrigin + performance.now();
    },
    true,
  );
  new MutationObserver(() => {
    const titles = [...document.querySelectorAll(".todo-title")].map(({ textContent }) => textContent ?? "");
    // The frame after the next one begins when this one was painted.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        for (const title of titles) notes.painted[title] ??= performance.timeOrigin + performance.now();
      }),
    );
  }).observe(document.body, { childList: true, subtree: true });
}

async function arrival(here: Page, there: Page, title: string): Promise<number> {
  const field = here.getByRole("textbox", { name: "New Todo" });
  await field.fill(title);
  await field.press("Enter");
  const painted = await there.waitForFunction(
    (name) => (globalThis as unknown as { notes: Notes }).notes.painted[name],
    title,
    { polling: 50 },
  );
  const sent = await here.evaluate(
    (name) => (globalThis as unknown as { notes: Notes }).notes.sent[name],
    title,
  );
  await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
  return ((await painted.jsonValue()) ?? Number.NaN) - (sent ?? Number.NaN);
}

/** From a put to its record in the stream, asked for without a pause. */
async function streamTimes(cloud: RunningCloud): Promise<number[]> {
  const options = {
    region: "us-east-1",
    credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
    endpoint: cloud.endpoints.dynamodb,
  };
  const client = new DynamoDBClient(options);
  const documents = DynamoDBDocumentClient.from(client);
  const streams = new DynamoDBStreamsClient(options);
  try {
    const { name: TableName } = cloud.links.Table as { name: string };
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const StreamArn = Table?.LatestStreamArn;
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const ShardId = StreamDescription?.Shards?.findLast(
      ({ SequenceNumberRange }) => !SequenceNumberRange?.EndingSequenceNumber,
    )?.ShardId;
    const begin = { StreamArn, ShardId, ShardIteratorType: "LATEST" } as const;
    let { ShardIterator } = await streams.send(new GetShardIteratorCommand(begin));
    const samples: number[] = [];
    for (let n = 0; n < changes; n++) {
      samples.push(
        await timeMs(async () => {
          await documents.send(new PutCommand({ TableName, Item: { pk: "bench", sk: String(n) } }));
          for (let found = false; !found; ) {
            const answer = await streams.send(new GetRecordsCommand({ ShardIterator }));
            ShardIterator = answer.NextShardIterator;
            found = answer.Records?.some(({ dynamodb }) => dynamodb?.Keys?.sk?.S === String(n)) ?? false;
          }
        }),
      );
    }
    return samples;
  } finally {
    streams.destroy();
    client.destroy();
  }
}

/** A pull that finds nothing new, through the front door. */
async function roundTrips(cloud: RunningCloud): Promise<number[]> {
  const headers = { authorization: `Bearer ${await signIn(cloud)}`, "content-type": "application/json" };
  const samples: number[] = [];
  for (let n = 0; n < changes; n++) {
    samples.push(
      await timeMs(async () => {
        const body = JSON.stringify({ lists: [] });
        const response = await fetch(`${cloud.frontDoorUrl}/api/sync/pull`, {
          method: "POST",
          headers,
          body,
        });
        if (!response.ok) throw new Error(`A pull answered ${response.status}.`);
        await response.arrayBuffer();
      }),
    );
  }
  return samples;
}
