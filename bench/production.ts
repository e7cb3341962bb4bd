/**
 * The deployed shape: a post that the edge has, one that only the site has, and a thousand readers at once of a
 * page that has just gone out of date; beside the same post from Next.js's own server (`next start`).
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { clientSettings } from "../packages/local/src/aws-client.ts";
import type { RunningCloud } from "../packages/local/src/start.ts";
import { findCachedPage, makeStale } from "../scripts/site-cache.ts";
import { dataFolder, root, startSeededCloud } from "./cloud.ts";
import { type Figure, quantile, timeMs } from "./figure.ts";
import { cannon } from "./load.ts";

const misses = 200;
const crowd = 1_000;
/** Requests with other parameters are other pages to the edge, and the same one to the site. */
const edgeKeys = 25;
const renderWaitMilliseconds = 60_000;
/** What the queue's worker asks the site with, and nobody else. */
const render = "HEAD /en";

export async function measure(): Promise<Figure[]> {
  const ours = await measureDeployed();
  const next = await measureNext();
  return [
    ...ours.figures,
    { name: "next-start-requests", value: next.perSecond, unit: "1/s" },
    { name: "cached-of-next-start", value: ours.perSecond / next.perSecond, unit: "times" },
  ];
}

async function measureDeployed(): Promise<{ perSecond: number; figures: Figure[] }> {
  const cloud = await startSeededCloud({ production: true });
  try {
    const post = await findPost(cloud);
    const cached = await cannon(post);
    const milliseconds: number[] = [];
    for (let at = 0; at < misses; at++) milliseconds.push(await timeMs(() => read(`${post}?miss=${at}`)));
    const { renders, answers } = await meetCrowd(cloud);
    return {
      perSecond: cached.perSecond,
      figures: [
        { name: "cached-requests", value: cached.perSecond, unit: "1/s" },
        { name: "cached-p99", value: cached.p99, unit: "ms" },
        { name: "miss-p50", value: quantile(milliseconds, 0.5), unit: "ms" },
        { name: "miss-p99", value: quantile(milliseconds, 0.99), unit: "ms" },
        { name: "crowd-answered", value: answers, unit: "requests", goal: { operator: ">=", value: crowd } },
        { name: "crowd-renders", value: renders, unit: "renders", goal: { operator: "<=", value: 1 } },
      ],
    };
  } finally {
    await cloud.stop();
  }
}

/** The server that the local cloud starts for the site, without the front door before it. */
async function measureNext() {
  const cloud = await startSeededCloud();
  try {
    const post = new URL(await findPost(cloud));
    const ports = JSON.parse(readFileSync(path.join(root, dataFolder, "ports.json"), "utf8"));
    post.port = String(ports["site Web"]);
    return await cannon(post.href);
  } finally {
    await cloud.stop();
  }
}

async function findPost({ frontDoorUrl }: RunningCloud): Promise<string> {
  const list = await fetch(`${frontDoorUrl}/api/posts?lang=ko&limit=1`);
  const { items } = (await list.json()) as { items: { slug: string }[] };
  if (!items[0]) throw new Error("There is no Korean post.");
  return `${frontDoorUrl}/ko/posts/${encodeURIComponent(items[0].slug)}`;
}

async function read(url: string): Promise<number> {
  const response = await fetch(url);
  await response.arrayBuffer();
  return response.status;
}

async function meetCrowd(cloud: RunningCloud): Promise<{ renders: number; answers: number }> {
  await read(`${cloud.frontDoorUrl}/en`);
  await endPage(cloud, "/en.cache");
  const watch = await watchRenders(cloud.consoleUrl);
  const statuses = await Promise.all(
    Array.from({ length: crowd }, (_, at) => read(`${cloud.frontDoorUrl}/en?crowd=${at % edgeKeys}`)),
  );
  const renders = await watch.end();
  return { renders, answers: statuses.filter((status) => status === 200).length };
}

async function endPage({ endpoints, resources }: RunningCloud, ending: string): Promise<void> {
  const [store, database] = [
    new S3Client({ ...clientSettings(endpoints.s3), forcePathStyle: true }),
    new DynamoDBClient(clientSettings(endpoints.dynamodb)),
  ];
  const named = (type: string, part: RegExp) =>
    resources.find((resource) => resource.type === type && part.test(resource.name))?.inputs ?? {};
  const Bucket: string = named("aws:s3/bucket:Bucket", /^WebAssets/).bucket;
  const TableName: string = named("aws:dynamodb/table:Table", /Revalidation/).name;
  const page = await findCachedPage(store, Bucket, ending);
  if (!page) throw new Error(`No page ends with ${ending}.`);
  await makeStale(store, database, TableName, page);
  store.destroy();
  database.destroy();
}

/** Counts the renders from now on, by the console of the local cloud. */
async function watchRenders(consoleUrl: string): Promise<{ end(): Promise<number> }> {
  const leaving = new AbortController();
  const live = await fetch(`${consoleUrl}/live`, { signal: leaving.signal });
  const startedAt = Date.now();
  const renders = new Set<number>();
  const listening = (async () => {
    let text = "";
    for await (const chunk of live.body ?? []) {
      text += Buffer.from(chunk).toString();
      const events = text.split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) {
        const [, calls] = /^event: calls\ndata: (.*)$/.exec(event) ?? [];
        for (const call of JSON.parse(calls ?? "[]") as { id: number; trigger: string; startedAt: number }[])
          if (call.trigger === render && call.startedAt >= startedAt) renders.add(call.id);
      }
    }
  })().catch((error: Error) => {
    if (!leaving.signal.aborted) throw error;
  });
  return {
    async end() {
      const until = Date.now() + renderWaitMilliseconds;
      while (renders.size === 0 && Date.now() < until)
        await new Promise((resolve) => setTimeout(resolve, 250));
      // A second one would follow soon: the queue's worker takes all that waits.
      await new Promise((resolve) => setTimeout(resolve, 10_000));
      leaving.abort();
      await listening;
      return renders.size;
    },
  };
}
