import type { Log } from "../cloud.ts";
import { systemClock } from "../function/clock.ts";
import type { BatchRecord } from "./batch.ts";
import type { Checkpoints } from "./checkpoint.ts";
import { createLane } from "./lane.ts";
import type { Matcher } from "./pattern.ts";
import { arrivedAt, type LambdaRecord, toLambdaRecord } from "./stream-record.ts";
import { type StreamsClient, StreamsError } from "./streams-client.ts";

/** Waits between reads that find nothing: short after activity, then about as often as AWS polls (4 a second). */
const FIRST_IDLE_MS = 20;
const LAST_IDLE_MS = 200;
/** Records that are read and not done with, filtered ones included. */
const MAXIMUM_READ_AHEAD = 10_000;
const ERROR_PAUSE_MS = 500;
/** Before a batch is tried again whose call could not be made at all. */
const TROUBLE_PAUSE_MS = 5_000;

/** A record on its way to the function. */
export interface ShardRecord extends BatchRecord {
  readonly event: LambdaRecord;
}

export interface ShardOptions {
  readonly client: StreamsClient;
  readonly streamArn: string;
  readonly shardId: string;
  readonly checkpoints: Checkpoints;
  /** Records that do not pass are skipped. */
  readonly passes: Matcher;
  readonly batchSize: number;
  readonly windowSeconds: number;
  /** Batches at once; those of one item stay in order. */
  readonly parallelizationFactor: number;
  /** Handles a batch and tells which records are done with. */
  handle(records: readonly ShardRecord[], done: (records: readonly ShardRecord[]) => void): Promise<void>;
  /** For messages. */
  readonly source: string;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Reads one shard from its checkpoint on and hands it to the function in
 * batches, until the signal is aborted or the shard is closed and drained.
 */
export async function followShard(options: ShardOptions): Promise<void> {
  const { checkpoints, shardId, signal } = options;
  const progress = trackProgress((after) => {
    checkpoints.set(shardId, { after });
    void checkpoints.save();
  });
  const lanes = Array.from({ length: options.parallelizationFactor }, () =>
    createLane<ShardRecord>({ ...options, sizeInBytes: ({ event }) => JSON.stringify(event).length }),
  );
  const handling = lanes.map(async (lane) => {
    for (let batch = await lane.take(); batch; batch = await lane.take())
      await handleAll(batch, options, progress);
  });
  const roomFor = options.batchSize * lanes.length * 2;
  const read = createReader(options);
  let idleMs = FIRST_IDLE_MS;
  while (!signal.aborted) {
    if (progress.pending() > MAXIMUM_READ_AHEAD || lanes.some(({ length }) => length >= roomFor)) {
      await systemClock.sleep(FIRST_IDLE_MS, signal);
      continue;
    }
    const { records, isAtEnd } = await read();
    const readAt = Date.now();
    for (const record of records) {
      const event = toLambdaRecord(record, options.streamArn);
      const entry = {
        event,
        sequenceNumber: record.dynamodb.SequenceNumber,
        arrivedAt: arrivedAt(record, readAt),
      };
      progress.add(entry);
      if (options.passes(event)) lanes[laneOf(event, lanes.length)]?.push(entry);
      else progress.done([entry]);
    }
    if (isAtEnd) break;
    idleMs = records.length > 0 ? FIRST_IDLE_MS : Math.min(idleMs * 2, LAST_IDLE_MS);
    if (records.length === 0) await systemClock.sleep(idleMs, signal);
  }
  for (const lane of lanes) lane.end();
  await Promise.all(handling);
  if (!signal.aborted) checkpoints.set(shardId, { ...checkpoints.get(shardId), isDrained: true });
  await checkpoints.save();
}

/** A batch is never lost: when its call cannot be made at all, that is said and tried again. */
async function handleAll(
  batch: readonly ShardRecord[],
  { handle, log, source, signal }: ShardOptions,
  progress: Progress,
): Promise<void> {
  let left = batch;
  while (left.length > 0 && !signal.aborted) {
    try {
      await handle(left, progress.done);
    } catch (error) {
      if (signal.aborted) return;
      log({ level: "error", source, message: `stream mapping: ${(error as Error).message}` });
      await systemClock.sleep(TROUBLE_PAUSE_MS, signal);
    }
    left = left.filter((record) => !progress.isDone(record));
  }
}

interface Progress {
  /** Records from the checkpoint on. */
  pending(): number;
  add(record: ShardRecord): void;
  done(records: readonly ShardRecord[]): void;
  isDone(record: ShardRecord): boolean;
}

/** The checkpoint is the last record before the first one that is not done with. */
function trackProgress(advance: (after: string) => void): Progress {
  const pending: ShardRecord[] = [];
  const finished = new Set<ShardRecord>();
  return {
    pending: () => pending.length,
    add: (record) => pending.push(record),
    done(records) {
      for (const record of records) finished.add(record);
      const open = pending.findIndex((record) => !finished.has(record));
      const passed = pending.splice(0, open < 0 ? pending.length : open);
      for (const record of passed) finished.delete(record);
      const last = passed.at(-1);
      if (last) advance(last.sequenceNumber);
    },
    isDone: (record) => finished.has(record) || !pending.includes(record),
  };
}

/** Items keep their lane, by all of their key. */
function laneOf({ dynamodb }: LambdaRecord, lanes: number): number {
  if (lanes === 1) return 0;
  const key = JSON.stringify(Object.entries(dynamodb.Keys).sort(([a], [b]) => (a < b ? -1 : 1)));
  let hash = 0;
  for (let index = 0; index < key.length; index++) hash = (hash * 31 + key.charCodeAt(index)) >>> 0;
  return hash % lanes;
}

/** Reads on where the last read ended, and finds its place again after errors. */
function createReader({ client, streamArn, shardId, checkpoints, source, log, signal }: ShardOptions) {
  let iterator: string | undefined;
  let after = checkpoints.get(shardId).after;

  return async (): Promise<{
    records: Awaited<ReturnType<StreamsClient["read"]>>["records"];
    isAtEnd: boolean;
  }> => {
    try {
      iterator ??= await client.iterator(streamArn, shardId, after);
      const { records, next } = await client.read(iterator, signal);
      iterator = next;
      after = records.at(-1)?.dynamodb.SequenceNumber ?? after;
      return { records, isAtEnd: next === undefined };
    } catch (error) {
      iterator = undefined;
      if (signal.aborted) return { records: [], isAtEnd: false };
      const code = error instanceof StreamsError ? error.code : "";
      // The shard is older than a day and gone.
      if (code === "ResourceNotFoundException") return { records: [], isAtEnd: true };
      if (code === "TrimmedDataAccessException") {
        const message =
          "stream mapping: records were older than a day and are gone; it goes on with the oldest";
        // Who has read nothing yet begins with the oldest anyway.
        if (after !== undefined) log({ level: "warn", source, message });
        after = undefined;
      } else if (code !== "ExpiredIteratorException") {
        log({ level: "warn", source, message: `stream mapping: ${(error as Error).message}` });
      }
      await systemClock.sleep(ERROR_PAUSE_MS, signal);
      return { records: [], isAtEnd: false };
    }
  };
}
