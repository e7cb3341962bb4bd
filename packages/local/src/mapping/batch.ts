import { FunctionError, TooManyRequestsError } from "../cloud.ts";
import type { Clock } from "../function/clock.ts";
import { readFailures } from "./response.ts";

/** First and longest wait before a failed batch is tried again; it doubles in between. */
const RETRY_DELAY_MS = 200;
const MAXIMUM_RETRY_DELAY_MS = 30_000;

export interface BatchPolicy {
  readonly bisectsOnError: boolean;
  readonly reportsFailures: boolean;
  /** -1: as long as the record is in the stream. */
  readonly maximumRetryAttempts: number;
  /** -1: any age. */
  readonly maximumRecordAgeSeconds: number;
}

export interface BatchRecord {
  readonly sequenceNumber: string;
  /** Milliseconds since the epoch. */
  readonly arrivedAt: number;
}

/** Records that were given up, and why. */
export interface Discarded<Record extends BatchRecord> {
  readonly records: readonly [Record, ...Record[]];
  readonly condition: "RetryAttemptsExhausted" | "RecordAgeExceeded";
  readonly invokeCount: number;
  /** Set when the last call threw; otherwise it reported failures, or there was none. */
  readonly error: FunctionError | undefined;
}

/** Part of a batch: the whole at first, then what is left of it or a half of it. */
interface Part<Record> {
  readonly records: readonly Record[];
  /** Failed calls that count against the retries. */
  attempts: number;
  invokeCount: number;
  error: FunctionError | undefined;
}

/**
 * Handles one batch of a stream until every record is done with, in order:
 * handled by the function, or given up as the policy says. Resolves early,
 * with records left, only when the signal is aborted.
 */
export async function handleBatch<Record extends BatchRecord>(
  batch: readonly Record[],
  options: {
    readonly policy: BatchPolicy;
    invoke(records: readonly Record[]): Promise<unknown>;
    /** Called with the records that are done with, as soon as they are. */
    done(records: readonly Record[]): void;
    discard(discarded: Discarded<Record>): Promise<void>;
    readonly clock: Clock;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { policy, clock, signal } = options;
  const parts: Part<Record>[] = [{ records: batch, attempts: 0, invokeCount: 0, error: undefined }];
  let delayMs = RETRY_DELAY_MS;

  /** The place of the first record that failed, or the number of records when none did. */
  async function call(part: Part<Record>): Promise<number> {
    part.invokeCount++;
    part.error = undefined;
    try {
      const response = await options.invoke(part.records);
      if (!policy.reportsFailures) return part.records.length;
      const failures = readFailures(
        response,
        part.records.map(({ sequenceNumber }) => sequenceNumber),
      );
      return failures === "all" ? 0 : Math.min(part.records.length, ...failures);
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      part.error = error;
      return 0;
    }
  }

  async function pause(): Promise<void> {
    await clock.sleep(delayMs, signal);
    delayMs = Math.min(delayMs * 2, MAXIMUM_RETRY_DELAY_MS);
  }

  /** Gives up a part or the beginning of it. */
  async function giveUp(
    part: Part<Record>,
    records: readonly Record[],
    condition: Discarded<Record>["condition"],
  ): Promise<void> {
    const [first, ...others] = records;
    if (!first) return;
    const { invokeCount, error } = part;
    await options.discard({ records: [first, ...others], condition, invokeCount, error });
    options.done(records);
  }

  /** What has to be handled in the place of a part that failed from the given record on. */
  async function afterFailure(part: Part<Record>, failedAt: number): Promise<Part<Record>[]> {
    options.done(part.records.slice(0, failedAt));
    const records = part.records.slice(failedAt);
    const { error, invokeCount } = part;
    const whole = { records, error, invokeCount };
    if (failedAt > 0) {
      // The batch is cut at the record that failed. Only without bisecting does that call count.
      return [{ ...whole, attempts: policy.bisectsOnError ? 0 : 1 }];
    }
    if (policy.bisectsOnError && records.length > 1) {
      // Splitting a batch does not count as a retry.
      const middle = Math.ceil(records.length / 2);
      return [
        { ...whole, records: records.slice(0, middle), attempts: part.attempts },
        { ...whole, records: records.slice(middle), attempts: part.attempts },
      ];
    }
    const attempts = part.attempts + 1;
    if (policy.maximumRetryAttempts >= 0 && attempts > policy.maximumRetryAttempts) {
      await giveUp(part, records, "RetryAttemptsExhausted");
      return [];
    }
    await pause();
    return [{ ...whole, attempts }];
  }

  while (parts[0] && !signal.aborted) {
    const [part] = parts;
    const youngEnough = dropExpired(part.records, policy.maximumRecordAgeSeconds, clock.now());
    if (youngEnough.length < part.records.length) {
      const expired = part.records.slice(0, part.records.length - youngEnough.length);
      await giveUp(part, expired, "RecordAgeExceeded");
      if (youngEnough.length > 0) parts[0] = { ...part, records: youngEnough };
      else parts.shift();
      continue;
    }
    let failedAt: number;
    try {
      failedAt = await call(part);
    } catch (error) {
      if (signal.aborted) return;
      // Throttling is no failure of the function: it is tried again as long as the record is young enough.
      if (!(error instanceof TooManyRequestsError)) throw error;
      part.invokeCount--;
      await pause();
      continue;
    }
    if (failedAt === part.records.length) {
      options.done(part.records);
      parts.shift();
      delayMs = RETRY_DELAY_MS;
    } else {
      parts.splice(0, 1, ...(await afterFailure(part, failedAt)));
    }
  }
}

/** The records from the first on that is young enough: those before it are older. */
function dropExpired<Record extends BatchRecord>(
  records: readonly Record[],
  maximumAgeSeconds: number,
  now: number,
): readonly Record[] {
  if (maximumAgeSeconds < 0) return records;
  const firstYoung = records.findIndex((record) => now - record.arrivedAt <= maximumAgeSeconds * 1000);
  return firstYoung < 0 ? [] : records.slice(firstYoung);
}
