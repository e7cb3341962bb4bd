import { setMaxListeners } from "node:events";
import path from "node:path";
import type { FunctionService, Log } from "../cloud.ts";
import { systemClock } from "../function/clock.ts";
import type { Destinations } from "../function/destination.ts";
import { functionName } from "../function/service.ts";
import { type BatchPolicy, handleBatch } from "./batch.ts";
import { type Checkpoints, openCheckpoints } from "./checkpoint.ts";
import { discardedBatchRecord } from "./discarded.ts";
import { finishSoon } from "./grace.ts";
import type { Matcher } from "./pattern.ts";
import { followShard, type ShardRecord } from "./shard.ts";
import {
  createStreamsClient,
  type StreamDescription,
  type StreamsClient,
  StreamsError,
} from "./streams-client.ts";

/** How often the shards are listed while the next one is awaited. */
const LIST_PAUSE_MS = 1_000;

/** A mapping of a table's stream to a function, with the settings of `CreateEventSourceMapping`. */
export interface StreamMappingSettings {
  /** Stable name: the key of its checkpoints. */
  readonly name: string;
  readonly streamArn: string;
  /** Name or ARN. */
  readonly functionName: string;
  readonly startingPosition: "LATEST" | "TRIM_HORIZON";
  readonly passes: Matcher;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly parallelizationFactor: number;
  readonly policy: BatchPolicy;
  /** ARN of a queue or topic for what was given up. */
  readonly onFailure: string | undefined;
}

export interface StreamMapping {
  /** Begins to call the function. */
  start(): void;
  /** Saves the checkpoints. Records of a call that does not end within 2 s come again at the next start. */
  stop(): Promise<void>;
}

interface Surroundings {
  readonly functions: Pick<FunctionService, "invoke" | "get">;
  readonly destinations: Pick<Destinations, "deliver">;
  /** Of DynamoDB Local. */
  readonly url: string;
  /** Folder that keeps the checkpoints. */
  readonly dataFolder: string;
  readonly log: Log;
}

/**
 * Fixes where a mapping begins, so that whatever is written from now on reaches
 * the function once the mapping is started. Checkpoints of an earlier run go
 * before `startingPosition`.
 */
export async function prepareStreamMapping(
  settings: StreamMappingSettings,
  surroundings: Surroundings,
): Promise<StreamMapping> {
  const { streamArn } = settings;
  const client = createStreamsClient(surroundings.url);
  const stopping = new AbortController();
  // Every shard, lane and pause listens.
  setMaxListeners(0, stopping.signal);
  const file = path.join(surroundings.dataFolder, "mappings", `${settings.name}.json`);
  const checkpoints = openCheckpoints(file, streamArn);
  if (checkpoints.isNew && settings.startingPosition === "LATEST") {
    await skipToEnd(client, streamArn, checkpoints, stopping.signal);
  }
  await checkpoints.save();
  let running: Promise<void> | undefined;
  return {
    start() {
      running ??= follow({ settings, surroundings, client, checkpoints, signal: stopping.signal });
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/**
 * Notes the last record of every shard as handled. A LATEST iterator would not
 * do: on an empty stream of DynamoDB Local it fails for ever with
 * TrimmedDataAccessException once other tables have been written, and it does
 * not outlive a restart.
 */
async function skipToEnd(
  client: StreamsClient,
  streamArn: string,
  checkpoints: Checkpoints,
  signal: AbortSignal,
): Promise<void> {
  const { shards } = await client.describe(streamArn);
  for (const { id, isClosed } of shards) {
    if (isClosed) {
      checkpoints.set(id, { isDrained: true });
      continue;
    }
    let after: string | undefined;
    let iterator: string | undefined = await client.iterator(streamArn, id, undefined);
    while (iterator) {
      const { records, next } = await client.read(iterator, signal);
      after = records.at(-1)?.dynamodb.SequenceNumber ?? after;
      iterator = records.length > 0 ? next : undefined;
    }
    if (after) checkpoints.set(id, { after });
  }
}

type Say = (level: "warn" | "error", message: string) => void;

interface Follower {
  readonly settings: StreamMappingSettings;
  readonly surroundings: Surroundings;
  readonly client: StreamsClient;
  readonly checkpoints: Checkpoints;
  readonly signal: AbortSignal;
}

/** Follows every shard, a child only when its parent is drained, until the stop or the end of the stream. */
async function follow(follower: Follower): Promise<void> {
  const { settings, surroundings, client, checkpoints, signal } = follower;
  const source = functionName(settings.functionName);
  const say: Say = (level, message) =>
    surroundings.log({ level, source, message: `stream mapping: ${message}` });
  const open = new Map<string, Promise<void>>();
  const stopped = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
  while (!signal.aborted) {
    let description: StreamDescription;
    try {
      description = await client.describe(settings.streamArn);
    } catch (error) {
      say("error", (error as Error).message);
      if (error instanceof StreamsError && error.code === "ResourceNotFoundException") return;
      await systemClock.sleep(LIST_PAUSE_MS, signal);
      continue;
    }
    checkpoints.keep(description.shards.map(({ id }) => id));
    for (const shardId of readyShards(description, checkpoints)) {
      if (open.has(shardId)) continue;
      const shard = followShard({
        ...settings,
        ...follower,
        shardId,
        source,
        log: surroundings.log,
        handle: (records, done) => handle({ ...follower, shardId }, say, records, done),
      });
      open.set(
        shardId,
        shard.then(() => void open.delete(shardId)),
      );
    }
    if (open.size === 0 && description.status === "DISABLED") {
      say("warn", "the table's stream is switched off");
      return;
    }
    await Promise.race([...open.values(), stopped]);
    // The child of a shard that ended may take a moment to be listed.
    if (open.size === 0) await systemClock.sleep(LIST_PAUSE_MS, signal);
  }
  await Promise.all(open.values());
}

/** Shards with something left to handle whose parent has nothing left. */
function readyShards({ shards }: StreamDescription, checkpoints: Checkpoints): string[] {
  const known = new Set(shards.map(({ id }) => id));
  const isDrained = (id: string) => checkpoints.get(id).isDrained === true;
  return shards
    .filter(
      ({ id, parentId }) => !isDrained(id) && (!parentId || !known.has(parentId) || isDrained(parentId)),
    )
    .map(({ id }) => id);
}

function handle(
  { settings, surroundings, shardId, signal }: Follower & { readonly shardId: string },
  say: Say,
  records: readonly ShardRecord[],
  done: (records: readonly ShardRecord[]) => void,
): Promise<void> {
  const { functions, destinations } = surroundings;
  return handleBatch(records, {
    policy: settings.policy,
    invoke(batch) {
      const event = { Records: batch.map((record) => record.event) };
      return finishSoon(functions.invoke(settings.functionName, event), signal);
    },
    done,
    async discard(discarded) {
      const { records, condition, invokeCount } = discarded;
      const what = `gave up ${records.length} record(s) after ${invokeCount} call(s) (${condition}), from sequence number ${records[0].sequenceNumber} on`;
      if (!settings.onFailure) {
        say("error", `${what}; the mapping has no failure destination, so they are lost`);
        return;
      }
      say("error", `${what}; see ${settings.onFailure}`);
      const record = discardedBatchRecord(discarded, { ...settings, shardId, now: Date.now() });
      await destinations
        .deliver(settings.onFailure, record)
        .catch((error: Error) => say("error", `the failure destination did not take it: ${error.message}`));
    },
    clock: systemClock,
    signal,
  });
}
