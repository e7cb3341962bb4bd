import { setMaxListeners } from "node:events";
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { clientSettings } from "../aws-client.ts";
import { type Endpoints, type FunctionService, type Log, TooManyRequestsError } from "../cloud.ts";
import { systemClock } from "../function/clock.ts";
import { queueUrl } from "../function/destination.ts";
import { functionName } from "../function/service.ts";
import { finishSoon } from "./grace.ts";
import { createLane } from "./lane.ts";
import { type QueueRecord, toQueueRecord } from "./queue-message.ts";
import { readFailures } from "./response.ts";

/** AWS begins with five batches at once and adds more; on one machine it stays at five. */
const DEFAULT_CONCURRENCY = 5;
/** Most that SQS gives and takes at once. */
const SQS_BATCH = 10;
const LONG_POLL_SECONDS = 20;
const ERROR_PAUSE_MS = 1_000;
const THROTTLE_PAUSE_MS = 200;

/** A mapping of a queue to a function, with the settings of `CreateEventSourceMapping`. */
export interface QueueMappingSettings {
  readonly queueArn: string;
  /** Name or ARN. */
  readonly functionName: string;
  /** Messages that do not pass are deleted. */
  passes(record: QueueRecord): boolean;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly reportsFailures: boolean;
  readonly maximumConcurrency: number | undefined;
}

export interface QueueMapping {
  /** Begins to call the function. */
  start(): void;
  /** Messages of a call that does not end within 2 s become visible again. */
  stop(): Promise<void>;
}

/**
 * Checks a queue's mapping as AWS does when it is made.
 * @throws Error with AWS's reason
 */
export async function prepareQueueMapping(
  settings: QueueMappingSettings,
  surroundings: {
    readonly functions: Pick<FunctionService, "invoke" | "get">;
    readonly endpoints: Pick<Endpoints, "sqs">;
    readonly log: Log;
  },
): Promise<QueueMapping> {
  const client = new SQSClient(clientSettings(surroundings.endpoints.sqs));
  const url = queueUrl(surroundings.endpoints, settings.queueArn);
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["VisibilityTimeout"] }),
  );
  const visibilitySeconds = Number(Attributes?.VisibilityTimeout);
  checkSettings(
    settings,
    visibilitySeconds,
    surroundings.functions.get(settings.functionName)?.timeoutSeconds,
  );
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  let running: Promise<void> | undefined;
  return {
    start() {
      running ??= follow({
        ...surroundings,
        settings,
        client,
        url,
        visibilitySeconds,
        signal: stopping.signal,
      });
    },
    async stop() {
      stopping.abort();
      await running;
      client.destroy();
    },
  };
}

function checkSettings(
  { batchSize, windowSeconds, queueArn, maximumConcurrency }: QueueMappingSettings,
  visibilitySeconds: number,
  timeoutSeconds: number | undefined,
): void {
  if (timeoutSeconds !== undefined && visibilitySeconds < timeoutSeconds) {
    throw new Error(
      `Queue visibility timeout: ${visibilitySeconds} seconds is less than Function timeout: ${timeoutSeconds} seconds.`,
    );
  }
  const isFifo = queueArn.endsWith(".fifo");
  if (isFifo && windowSeconds > 0) throw new Error("Batching window is not supported for FIFO queues.");
  if (batchSize < 1 || batchSize > (isFifo ? 10 : 10_000)) {
    throw new Error(`Batch size ${batchSize} is not between 1 and ${isFifo ? 10 : 10_000}.`);
  }
  if (batchSize > 10 && windowSeconds < 1) {
    throw new Error(
      "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10.",
    );
  }
  if (maximumConcurrency !== undefined && (maximumConcurrency < 2 || maximumConcurrency > 1000)) {
    throw new Error(`Maximum concurrency ${maximumConcurrency} is not between 2 and 1000.`);
  }
}

interface Follower {
  readonly settings: QueueMappingSettings;
  readonly functions: Pick<FunctionService, "invoke">;
  readonly client: SQSClient;
  readonly url: string;
  readonly visibilitySeconds: number;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Receives only what can be handled at once: a message that waits here uses up its visibility timeout. */
async function follow(follower: Follower): Promise<void> {
  const { settings, signal } = follower;
  const limit = settings.maximumConcurrency ?? DEFAULT_CONCURRENCY;
  const running = new Set<Promise<void>>();
  const lane = createLane<QueueRecord>({
    ...settings,
    sizeInBytes: (record) => JSON.stringify(record).length,
    signal,
  });
  const receiving = (async () => {
    while (!signal.aborted) {
      if (running.size >= limit) await Promise.race(running);
      else if (lane.length >= settings.batchSize) await systemClock.sleep(1, signal);
      else for (const record of await receive(follower)) lane.push(record);
    }
  })();
  for (let batch = await lane.take(); batch; batch = await lane.take()) {
    const call = handle(batch, follower);
    running.add(call);
    void call.finally(() => running.delete(call));
    while (running.size >= limit) await Promise.race(running);
  }
  await Promise.all([receiving, ...running]);
}

/** Messages that pass the filters; the others are deleted. */
async function receive(follower: Follower): Promise<QueueRecord[]> {
  const { settings, client, url, signal } = follower;
  try {
    const { Messages } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: Math.min(SQS_BATCH, settings.batchSize),
        WaitTimeSeconds: LONG_POLL_SECONDS,
        MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"],
      }),
      { abortSignal: signal },
    );
    const records = (Messages ?? []).map((message) => toQueueRecord(message, settings.queueArn));
    const passing = records.filter((record) => settings.passes(record));
    await remove(
      records.filter((record) => !passing.includes(record)),
      follower,
    );
    return passing;
  } catch (error) {
    if (signal.aborted) return [];
    say(follower, "warn", (error as Error).message);
    await systemClock.sleep(ERROR_PAUSE_MS, signal);
    return [];
  }
}

/** Calls the function and deletes what it handled; the rest becomes visible again by itself. */
async function handle(records: readonly QueueRecord[], follower: Follower): Promise<void> {
  const { settings, signal } = follower;
  const receivedAt = Date.now();
  try {
    const response = await invoke(records, follower, receivedAt);
    const identifiers = records.map(({ messageId }) => messageId);
    const failures = settings.reportsFailures ? readFailures(response, identifiers) : new Set<number>();
    if (failures === "all")
      say(follower, "warn", "the partial batch response is not valid: all messages failed");
    else
      await remove(
        records.filter((_record, place) => !failures.has(place)),
        follower,
      );
  } catch (error) {
    if (signal.aborted) return;
    say(follower, "warn", `${records.length} message(s) failed and come back (${(error as Error).message})`);
  }
}

/** Tries again while the function is throttled and the messages are still invisible. */
async function invoke(
  records: readonly QueueRecord[],
  follower: Follower,
  receivedAt: number,
): Promise<unknown> {
  const { functions, settings, visibilitySeconds, signal } = follower;
  for (;;) {
    try {
      return await finishSoon(functions.invoke(settings.functionName, { Records: records }), signal);
    } catch (error) {
      const isInvisible = Date.now() - receivedAt + THROTTLE_PAUSE_MS < visibilitySeconds * 1000;
      if (!(error instanceof TooManyRequestsError) || !isInvisible || signal.aborted) throw error;
      await systemClock.sleep(THROTTLE_PAUSE_MS, signal);
    }
  }
}

async function remove(records: readonly QueueRecord[], follower: Follower): Promise<void> {
  for (let from = 0; from < records.length; from += SQS_BATCH) {
    const entries = records.slice(from, from + SQS_BATCH).map(({ receiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle: receiptHandle,
    }));
    const { Failed } = await follower.client.send(
      new DeleteMessageBatchCommand({ QueueUrl: follower.url, Entries: entries }),
    );
    for (const { Message } of Failed ?? []) say(follower, "warn", `a message was not deleted: ${Message}`);
  }
}

function say({ settings, log }: Follower, level: "warn" | "error", message: string): void {
  log({ level, source: functionName(settings.functionName), message: `queue mapping: ${message}` });
}
