import { randomUUID } from "node:crypto";
import {
  type AsyncPolicy,
  type FunctionDefinition,
  FunctionError,
  type Log,
  TooManyRequestsError,
} from "../cloud.ts";
import type { Clock } from "./clock.ts";
import type { Destinations } from "./destination.ts";

/** What holds without a `FunctionEventInvokeConfig`. */
export const DEFAULT_ASYNC_POLICY: AsyncPolicy = {
  maximumRetryAttempts: 2,
  maximumEventAgeSeconds: 6 * 3600,
  onFailure: undefined,
  onSuccess: undefined,
  deadLetter: undefined,
};
/** Waits after the first and the second failed attempt. */
const RETRY_DELAYS_MS = [60_000, 120_000];
const THROTTLE_DELAY_MS = 1_000;
const MAXIMUM_THROTTLE_DELAY_MS = 300_000;

type Condition = "Success" | "RetriesExhausted" | "EventAgeExceeded";

interface Event {
  readonly definition: FunctionDefinition;
  readonly payload: unknown;
  readonly requestId: string;
  /** The caller's `X-Amzn-Trace-Id`. */
  readonly trace: string | undefined;
  readonly queuedAt: number;
  /** Calls that ended with a function error or success. */
  attempts: number;
  lastError: FunctionError | undefined;
}

export interface AsyncQueue {
  add(definition: FunctionDefinition, payload: unknown, trace?: string): void;
  /** Gives up what waits, and says so. */
  stop(): void;
}

/**
 * Lambda's queue of asynchronous events: a function error is retried as the
 * policy says, throttling until the event is too old, and what fails for good
 * goes to the failure destination and the dead-letter queue.
 * The queue is in memory: events that wait for a retry are lost at the stop.
 */
export function createAsyncQueue(options: {
  /** All attempts of one event have the same request id. */
  run(
    definition: FunctionDefinition,
    payload: unknown,
    requestId: string,
    trace: string | undefined,
  ): Promise<unknown>;
  policyOf(definition: FunctionDefinition): AsyncPolicy;
  readonly destinations: Pick<Destinations, "deliver">;
  readonly clock: Clock;
  readonly log: Log;
}): AsyncQueue {
  const { clock, destinations } = options;
  const stopping = new AbortController();
  const waiting = new Set<Event>();

  async function handle(event: Event): Promise<void> {
    const { definition, payload, requestId, trace } = event;
    for (let throttled = 0; ; ) {
      const policy = options.policyOf(definition);
      if (clock.now() - event.queuedAt > policy.maximumEventAgeSeconds * 1000) {
        return discard(event, "EventAgeExceeded", policy);
      }
      let delayMs: number;
      try {
        const result = await options.run(definition, payload, requestId, trace);
        event.attempts++;
        return await send(policy.onSuccess, invocationRecord(event, "Success", clock, result));
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (error instanceof TooManyRequestsError && definition.reservedConcurrency !== 0) {
          delayMs = Math.min(THROTTLE_DELAY_MS * 2 ** throttled++, MAXIMUM_THROTTLE_DELAY_MS);
        } else if (error instanceof FunctionError) {
          event.attempts++;
          event.lastError = error;
          if (event.attempts > policy.maximumRetryAttempts) return discard(event, "RetriesExhausted", policy);
          delayMs = RETRY_DELAYS_MS[event.attempts - 1] ?? 0;
        } else if (error instanceof TooManyRequestsError) {
          // A reserved concurrency of zero switches the function off: no retry can help.
          return discard(event, "RetriesExhausted", policy);
        } else throw error;
      }
      await clock.sleep(delayMs, stopping.signal);
      if (stopping.signal.aborted) return;
    }
  }

  async function discard(event: Event, condition: Condition, policy: AsyncPolicy): Promise<void> {
    const { definition, lastError } = event;
    options.log({
      level: "error",
      source: definition.name,
      message: `gave up an asynchronous event after ${event.attempts} attempts (${condition})`,
    });
    if (policy.deadLetter) {
      await destinations.deliver(policy.deadLetter, event.payload, {
        RequestID: event.requestId,
        ErrorCode: "200",
        ErrorMessage: lastError?.errorMessage.slice(0, 1024) ?? condition,
      });
    }
    await send(policy.onFailure, invocationRecord(event, condition, clock));
  }

  async function send(arn: string | undefined, record: unknown): Promise<void> {
    if (arn) await destinations.deliver(arn, record);
  }

  return {
    add(definition, payload, trace) {
      const event: Event = {
        definition,
        payload,
        trace,
        requestId: randomUUID(),
        queuedAt: clock.now(),
        attempts: 0,
        lastError: undefined,
      };
      waiting.add(event);
      handle(event)
        .catch((error: Error) =>
          options.log({
            level: "error",
            source: definition.name,
            message: `an asynchronous event was lost: ${error.message}`,
          }),
        )
        .finally(() => waiting.delete(event));
    },
    stop() {
      stopping.abort();
      for (const { definition } of waiting) {
        options.log({
          level: "warn",
          source: definition.name,
          message: "an asynchronous event that was not handled yet is lost with this stop",
        });
      }
    },
  };
}

/** What Lambda sends to a destination of asynchronous invocations. */
function invocationRecord(event: Event, condition: Condition, clock: Clock, result?: unknown): unknown {
  const { definition, lastError } = event;
  const failed = lastError && condition !== "Success";
  return {
    version: "1.0",
    timestamp: new Date(clock.now()).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: `${definition.arn}:$LATEST`,
      condition,
      approximateInvokeCount: event.attempts,
    },
    requestPayload: event.payload,
    ...(event.attempts > 0
      ? {
          responseContext: {
            statusCode: 200,
            executedVersion: "$LATEST",
            ...(failed ? { functionError: "Unhandled" } : {}),
          },
          responsePayload: failed ? errorPayload(lastError) : result,
        }
      : {}),
  };
}

/** A function error as the answer of an Invoke call carries it. */
export function errorPayload(error: FunctionError): unknown {
  return {
    errorType: error.errorType,
    errorMessage: error.errorMessage,
    ...(error.kind === "thrown" ? { trace: error.trace } : {}),
  };
}
