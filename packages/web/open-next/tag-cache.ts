// biome-ignore lint/style/noRestrictedImports: the table of OpenNext's tags, which has nothing of the application's.
import { BatchGetItemCommand, BatchWriteItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";

/** The most that DynamoDB takes in one call. */
const keysPerRead = 100;
const itemsPerWrite = 25;

interface WrittenTag {
  readonly tag: string;
  /** Milliseconds since the epoch: from then on what has the tag is given once more while it is made anew. */
  readonly stale?: number;
  /** Milliseconds since the epoch: from then on what has the tag is not given any more. */
  readonly expire?: number;
}

interface KeptTag {
  readonly revalidatedAt: number;
  readonly stale: number | undefined;
  readonly expire: number | undefined;
}

let lastChange: number | undefined;

/**
 * When what this process looked at last became stale by one of its tags, in milliseconds since the epoch. A
 * function answers one request at a time, so that this is about the page that it is giving.
 */
export function staleSince(): number | undefined {
  return lastChange;
}

let client: DynamoDBClient | undefined;
const database = () => (client ??= new DynamoDBClient());
const table = () => process.env.CACHE_DYNAMO_TABLE ?? "";

/** A deployment starts with tags of its own, as it does with pages of its own. */
const keyOf = (tag: string) => `${process.env.OPEN_NEXT_BUILD_ID}/${tag}`;

async function read(tags: readonly string[]): Promise<KeptTag[]> {
  const kept: KeptTag[] = [];
  const wanted = [...new Set(tags)];
  for (let at = 0; at < wanted.length; at += keysPerRead) {
    let keys = wanted
      .slice(at, at + keysPerRead)
      .map((tag) => ({ tag: { S: keyOf(tag) }, path: { S: keyOf(tag) } }));
    while (keys.length > 0) {
      const { Responses, UnprocessedKeys } = await database().send(
        new BatchGetItemCommand({ RequestItems: { [table()]: { Keys: keys, ConsistentRead: true } } }),
      );
      for (const item of Responses?.[table()] ?? []) {
        const time = (name: string) => (item[name]?.N === undefined ? undefined : Number(item[name].N));
        kept.push({
          revalidatedAt: time("revalidatedAt") ?? 0,
          stale: time("stale"),
          expire: time("expire"),
        });
      }
      keys = (UnprocessedKeys?.[table()]?.Keys ?? []) as typeof keys;
    }
  }
  return kept;
}

/**
 * When tags were revalidated, in the table that SST makes for it. OpenNext's own default keeps a list of
 * pages for each tag, into which it never writes answers of route handlers, so that reader pages would
 * stay as they are; here each page's own tags are looked up when it is read.
 */
const tagCache = {
  name: "tags-by-name",
  mode: "nextMode" as const,

  // Asked for by `use cache` only, which no page uses.
  async getLastRevalidated(tags: string[]): Promise<number> {
    return Math.max(0, ...(await read(tags)).map(({ revalidatedAt }) => revalidatedAt));
  },

  /** Whether something made at `lastModified` (milliseconds since the epoch) may no longer be given. */
  async hasBeenRevalidated(tags: string[], lastModified = 0): Promise<boolean> {
    const now = Date.now();
    return (await read(tags)).some(
      ({ expire }) => expire !== undefined && expire <= now && expire > lastModified,
    );
  },

  /** Whether it may be given once more while it is made anew. */
  async isStale(tags: string[], lastModified = 0): Promise<boolean> {
    const changes = (await read(tags)).filter(
      ({ revalidatedAt, stale }) =>
        stale !== undefined && revalidatedAt > lastModified && stale > lastModified,
    );
    // A page may also be stale by its age, and then no change names it.
    lastChange =
      changes.length > 0 ? Math.max(...changes.map(({ revalidatedAt }) => revalidatedAt)) : undefined;
    return changes.length > 0;
  },

  async writeTags(tags: (string | WrittenTag)[]): Promise<void> {
    const now = Date.now();
    const items = tags
      .map((tag) => (typeof tag === "string" ? { tag, expire: now } : tag))
      .map(({ tag, stale, expire }) => ({
        tag: { S: keyOf(tag) },
        path: { S: keyOf(tag) },
        revalidatedAt: { N: String(now) },
        ...(stale === undefined ? {} : { stale: { N: String(stale) } }),
        ...(expire === undefined ? {} : { expire: { N: String(expire) } }),
      }));
    for (let at = 0; at < items.length; at += itemsPerWrite) {
      let requests = items.slice(at, at + itemsPerWrite).map((Item) => ({ PutRequest: { Item } }));
      while (requests.length > 0) {
        const { UnprocessedItems } = await database().send(
          new BatchWriteItemCommand({ RequestItems: { [table()]: requests } }),
        );
        requests = (UnprocessedItems?.[table()] ?? []) as typeof requests;
      }
    }
  },
};

export default tagCache;
