import { expect, test } from "vitest";
import type { AsyncPolicy } from "../cloud.ts";
import { DEFAULT_ASYNC_POLICY } from "./async-queue.ts";
import { createTestClock } from "./test-clock.ts";
import { testFunction, testService } from "./test-function.ts";

const QUEUE = "arn:aws:sqs:us-east-1:000000000000:failed";
const ARN = "arn:aws:lambda:us-east-1:000000000000:function:worker";
/** Fails as often as the event says, and answers the number of the attempt and its request id. */
const SOURCE = `
  let attempts = 0;
  export const handler = async (event, { awsRequestId }) => {
    attempts++;
    if (attempts <= event.failures) throw new Error("attempt " + attempts);
    return { attempts, awsRequestId };
  };`;

function start(policy: Partial<AsyncPolicy>, reservedConcurrency?: number) {
  const clock = createTestClock();
  const delivered: { arn: string; payload: Record<string, unknown>; attributes: unknown }[] = [];
  const { functions, lines } = testService([testFunction("worker", SOURCE, { reservedConcurrency })], {
    clock,
    destinations: {
      deliver: async (arn, payload, attributes) =>
        void delivered.push({ arn, payload: payload as Record<string, unknown>, attributes }),
    },
  });
  functions.setAsyncPolicy(ARN, { ...DEFAULT_ASYNC_POLICY, ...policy });
  const runs = () => lines.filter(({ message }) => message.startsWith("START")).length;
  return { functions, clock, delivered, runs, lines };
}

// AWS Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous invocation" and
// "Capturing records of Lambda asynchronous invocations".
test("async retries come after one and two minutes and end in the destination", async () => {
  const { functions, clock, delivered, runs } = start({ onFailure: QUEUE });
  functions.invokeAsync("worker", { failures: 3 });
  await clock.untilAsleep();
  await clock.advance(59_000);
  expect(runs()).toBe(1);
  await clock.advance(1_000);
  await clock.untilAsleep();
  expect(runs()).toBe(2);
  await clock.advance(119_000);
  expect(runs()).toBe(2);
  expect(delivered).toEqual([]);
  await clock.advance(1_000);
  await expect.poll(() => delivered.length, { timeout: 10_000 }).toBe(1);
  expect(delivered[0]).toMatchObject({
    arn: QUEUE,
    payload: {
      version: "1.0",
      timestamp: "2026-11-21T00:03:00.000Z",
      requestContext: {
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        functionArn: `${ARN}:$LATEST`,
        condition: "RetriesExhausted",
        approximateInvokeCount: 3,
      },
      requestPayload: { failures: 3 },
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      responsePayload: { errorType: "Error", errorMessage: "attempt 3", trace: expect.any(Array) },
    },
  });
});

test("an event that succeeds at a retry goes to the success destination, with one request id throughout", async () => {
  const { functions, clock, delivered, lines } = start({ onSuccess: QUEUE, onFailure: "arn:never" });
  functions.invokeAsync("worker", { failures: 1 });
  await clock.untilAsleep();
  await clock.advance(60_000);
  await expect.poll(() => delivered.length, { timeout: 10_000 }).toBe(1);
  const payload = delivered[0]?.payload as Record<string, Record<string, unknown>>;
  expect(payload.requestContext).toMatchObject({ condition: "Success", approximateInvokeCount: 2 });
  expect(payload.responsePayload).toEqual({
    attempts: 2,
    awsRequestId: payload.requestContext?.requestId,
  });
  const started = lines.filter(({ message }) => message.startsWith("START"));
  expect(new Set(started.map(({ message }) => message)).size).toBe(1);
});

test("an event older than its maximum age is given up without a further attempt", async () => {
  const { functions, clock, delivered, runs } = start({ onFailure: QUEUE, maximumEventAgeSeconds: 60 });
  functions.invokeAsync("worker", { failures: 3 });
  await clock.untilAsleep();
  await clock.advance(60_000);
  await clock.untilAsleep();
  expect(runs()).toBe(2);
  await clock.advance(120_000);
  await expect.poll(() => delivered.length, { timeout: 10_000 }).toBe(1);
  expect(runs()).toBe(2);
  expect(delivered[0]?.payload).toMatchObject({ requestContext: { condition: "EventAgeExceeded" } });
});

// AWS Lambda Developer Guide, "Adding a dead-letter queue".
test("a dead-letter queue takes the bare event with the error in its attributes", async () => {
  const { functions, delivered } = start({ deadLetter: QUEUE, maximumRetryAttempts: 0 });
  functions.invokeAsync("worker", { failures: 1 });
  await expect.poll(() => delivered.length, { timeout: 10_000 }).toBe(1);
  expect(delivered[0]).toEqual({
    arn: QUEUE,
    payload: { failures: 1 },
    attributes: {
      RequestID: expect.stringMatching(/^[0-9a-f-]{36}$/),
      ErrorCode: "200",
      ErrorMessage: "attempt 1",
    },
  });
});

// AWS Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous invocation".
test("throttled events wait from one second on and do not count as attempts", async () => {
  const { functions, clock, delivered } = start({ onSuccess: QUEUE, maximumRetryAttempts: 0 }, 1);
  for (let count = 0; count < 3; count++) functions.invokeAsync("worker", { failures: 0 });
  // One of them runs; the others are refused and wait.
  await clock.untilAsleep(2);
  await expect.poll(() => delivered.length, { timeout: 10_000 }).toBe(1);
  await clock.advance(999);
  expect(delivered).toHaveLength(1);
  const comeInTime = async () => {
    await clock.advance(1_000);
    return delivered.length;
  };
  await expect.poll(comeInTime, { timeout: 10_000 }).toBe(3);
  for (const { payload } of delivered) {
    expect(payload).toMatchObject({ requestContext: { condition: "Success", approximateInvokeCount: 1 } });
  }
});

test("a function switched off by a reserved concurrency of zero gives events up at once", async () => {
  const { functions, delivered } = start({ onFailure: QUEUE }, 0);
  functions.invokeAsync("worker", { failures: 0 });
  await expect.poll(() => delivered.length, { timeout: 10_000 }).toBe(1);
  expect(delivered[0]?.payload).toMatchObject({ requestContext: { approximateInvokeCount: 0 } });
});

test("a stop says which events are lost", async () => {
  const { functions, clock, lines } = start({});
  functions.invokeAsync("worker", { failures: 1 });
  await clock.untilAsleep();
  await functions.stop();
  expect(lines).toContainEqual({
    level: "warn",
    source: "worker",
    message: "an asynchronous event that was not handled yet is lost with this stop",
  });
});
