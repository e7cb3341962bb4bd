import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import { createCore } from "@haru/core/core";
import { connectIndex } from "@haru/core/search/connect";
import { find } from "@haru/core/search/search";
import type { Table } from "@haru/core/table";
import type { RunningCloud } from "../../packages/local/src/start.ts";
import { signIn, startSeededCloud } from "../cloud.ts";
import { type Figure, quantile } from "../figure.ts";

const rounds = 30;
const goalTimesFloor = 2;
const goalGoneMs = 2_000;
/** As often as an idle event source mapping reads. The embedded index has no refresh to wait for. */
const streamPauseMs = 200;
const askPauseMs = 5;
const deadlineMs = 30_000;

type Call = (method: string, path: string, body?: object) => Promise<Record<string, unknown>>;

/**
 * How long after its publication a post is found on the local cloud, beside a bare reader of the
 * table's stream that waits for the same write; and how long after it was taken off the site it still is.
 */
export async function measureFreshness(): Promise<Figure[]> {
  const cloud = await startSeededCloud();
  const stream = await followStream(cloud);
  try {
    const token = await signIn(cloud);
    // Asked without the API, which would rightly refuse so many questions from one address.
    const { endpoint } = cloud.links.Search as { endpoint: string };
    const signing = { region: "", credentials: () => Promise.reject(new Error("Nothing is signed here")) };
    const index = connectIndex(endpoint, signing);
    const core = { ...createCore({ table: {} as Table, locale: "ko" }), index };
    const call: Call = async (method, path, body) => {
      const response = await fetch(`${cloud.frontDoorUrl}/api${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const answer = (await response.json()) as Record<string, unknown>;
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer)}`);
      return answer;
    };
    const searchable: number[] = [];
    const seen: number[] = [];
    const gone: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const word = `반딧불${String.fromCharCode(0xac00 + round * 97)}마을`;
      const fields = { slug: `bench-${Date.now()}`, title: word, description: "", tags: [], markdown: word };
      const { postId } = await call("POST", "/author/posts", { lang: "ko", ...fields });
      const untilTotal = (total: number) => async () => (await find(core, { q: word })).total === total;
      await call("POST", `/author/posts/${postId}/publish`, { revision: 1 });
      const [foundMs, seenMs] = await Promise.all([
        msUntil(untilTotal(1)),
        msUntil(async () => stream.hasSeen(`${postId}`, 2)),
      ]);
      searchable.push(foundMs);
      seen.push(seenMs);
      await call("POST", `/author/posts/${postId}/unpublish`, {});
      gone.push(await msUntil(untilTotal(0)));
    }
    await index.close();
    return figuresOf(searchable, seen, gone);
  } finally {
    stream.stop();
    await cloud.stop();
  }
}

function figuresOf(searchable: number[], seen: number[], gone: number[]): Figure[] {
  const [found, floor] = [quantile(searchable, 0.95), quantile(seen, 0.95)];
  return [
    { name: "searchable-p50", value: quantile(searchable, 0.5), unit: "ms" },
    { name: "searchable-p95", value: found, unit: "ms" },
    { name: "stream-seen-p95", value: floor, unit: "ms" },
    {
      name: "searchable-times-stream",
      value: found / floor,
      unit: "times",
      goal: { operator: "<=", value: goalTimesFloor },
    },
    {
      name: "unpublished-gone-p95",
      value: quantile(gone, 0.95),
      unit: "ms",
      goal: { operator: "<=", value: goalGoneMs },
    },
  ];
}

async function msUntil(isSo: () => Promise<boolean>): Promise<number> {
  const from = performance.now();
  while (!(await isSo())) {
    if (performance.now() - from > deadlineMs) throw new Error("The index does not follow the table.");
    await new Promise((resolve) => setTimeout(resolve, askPauseMs));
  }
  return performance.now() - from;
}

/** Reads the table's stream with nothing behind it: no write can be searchable sooner than it is seen here. */
async function followStream({ endpoints, links }: RunningCloud) {
  const options = {
    endpoint: endpoints.dynamodb,
    region: "us-east-1",
    credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
  };
  const TableName = (links.Table as { name: string }).name;
  const { Table } = await new DynamoDBClient(options).send(new DescribeTableCommand({ TableName }));
  const StreamArn = Table?.LatestStreamArn;
  const client = new DynamoDBStreamsClient(options);
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
  const seen = new Set<string>();
  const ending = new AbortController();
  async function follow(ShardId: string | undefined): Promise<void> {
    const start = { StreamArn, ShardId, ShardIteratorType: "LATEST" } as const;
    let { ShardIterator } = await client.send(new GetShardIteratorCommand(start));
    while (ShardIterator && !ending.signal.aborted) {
      const { Records = [], NextShardIterator } = await client.send(new GetRecordsCommand({ ShardIterator }));
      ShardIterator = NextShardIterator;
      for (const { dynamodb } of Records) {
        const { postId, version } = dynamodb?.NewImage ?? {};
        if (postId?.S && version?.N) seen.add(`${postId.S} ${version.N}`);
      }
      if (Records.length === 0) await new Promise((resolve) => setTimeout(resolve, streamPauseMs));
    }
  }
  const open = (StreamDescription?.Shards ?? []).filter(
    ({ SequenceNumberRange }) => SequenceNumberRange?.EndingSequenceNumber === undefined,
  );
  const following = Promise.all(open.map(({ ShardId }) => follow(ShardId)));
  following.catch(() => {}); // The cloud was stopped under it; a reader that fails earlier runs into the deadline.
  return {
    hasSeen: (postId: string, version: number) => seen.has(`${postId} ${version}`),
    stop: () => ending.abort(),
  };
}
