import { expect, test } from "vitest";
import { FunctionError, TooManyRequestsError } from "../cloud.ts";
import type { Clock } from "../function/clock.ts";
import { type BatchPolicy, type Discarded, handleBatch } from "./batch.ts";

const POLICY: BatchPolicy = {
  bisectsOnError: false,
  reportsFailures: false,
  maximumRetryAttempts: -1,
  maximumRecordAgeSeconds: -1,
};

/** A clock whose sleeps end at once and are noted. */
function quickClock(): Clock & { readonly sleeps: number[] } {
  let now = 1_000_000;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => now,
    async sleep(milliseconds) {
      sleeps.push(milliseconds);
      now += milliseconds;
    },
  };
}

const thrown = () => new FunctionError("Error", "poison", [], "thrown");

/** Handles records named by letters with a function, and notes the calls and what came of every record. */
async function handle(
  letters: string,
  policy: Partial<BatchPolicy>,
  run: (batch: string, call: number) => unknown,
  arrivedAt = (_letter: string) => 1_000_000,
) {
  const clock = quickClock();
  const calls: string[] = [];
  const outcomes: string[] = [];
  const discarded: Discarded<{ sequenceNumber: string; arrivedAt: number }>[] = [];
  await handleBatch(
    letters.split("").map((letter) => ({ sequenceNumber: letter, arrivedAt: arrivedAt(letter) })),
    {
      policy: { ...POLICY, ...policy },
      async invoke(records) {
        const batch = records.map(({ sequenceNumber }) => sequenceNumber).join("");
        calls.push(batch);
        return run(batch, calls.length);
      },
      done: (records) => void outcomes.push(...records.map(({ sequenceNumber }) => sequenceNumber)),
      discard: async (what) => void discarded.push(what),
      clock,
      signal: new AbortController().signal,
    },
  );
  const lost = discarded.map(({ records, condition, invokeCount }) => ({
    records: records.map(({ sequenceNumber }) => sequenceNumber).join(""),
    condition,
    invokeCount,
  }));
  return { calls, done: outcomes.join(""), lost, sleeps: clock.sleeps };
}

const failOn = (poison: string) => (batch: string) => {
  if (batch.includes(poison)) throw thrown();
};
const reportFirst = (poison: string) => (batch: string) => ({
  batchItemFailures: batch.includes(poison) ? [{ itemIdentifier: poison }] : [],
});

// AWS Lambda Developer Guide, "Process DynamoDB records with Lambda".
test("a batch that succeeds is called once", async () => {
  const result = await handle("abc", {}, () => undefined);
  expect(result).toMatchObject({ calls: ["abc"], done: "abc", lost: [] });
});

test("without limits a failing batch is tried again until it succeeds, with growing pauses", async () => {
  const result = await handle("abc", {}, (_batch, call) => {
    if (call < 12) throw thrown();
  });
  expect(result.calls).toHaveLength(12);
  expect(result.done).toBe("abc");
  expect(result.sleeps.slice(0, 4)).toEqual([200, 400, 800, 1600]);
  expect(Math.max(...result.sleeps)).toBe(30_000);
});

// AWS Lambda Developer Guide, "Retain discarded records for a DynamoDB event source in Lambda".
test("after the retries the whole batch is given up", async () => {
  const result = await handle("abc", { maximumRetryAttempts: 2 }, failOn("b"));
  expect(result.calls).toEqual(["abc", "abc", "abc"]);
  expect(result.lost).toEqual([{ records: "abc", condition: "RetryAttemptsExhausted", invokeCount: 3 }]);
  expect(result.done).toBe("abc");
});

test("without retries a batch is given up after its first call", async () => {
  const result = await handle("ab", { maximumRetryAttempts: 0 }, failOn("b"));
  expect(result.calls).toEqual(["ab"]);
  expect(result.lost).toEqual([{ records: "ab", condition: "RetryAttemptsExhausted", invokeCount: 1 }]);
});

test("bisecting narrows to the poison record, and splitting does not count as a retry", async () => {
  const result = await handle("abcdefgh", { bisectsOnError: true, maximumRetryAttempts: 1 }, failOn("f"));
  expect(result.calls).toEqual(["abcdefgh", "abcd", "efgh", "ef", "e", "f", "f", "gh"]);
  expect(result.lost).toEqual([{ records: "f", condition: "RetryAttemptsExhausted", invokeCount: 5 }]);
  expect(result.done).toBe("abcdefgh");
});

// AWS Lambda Developer Guide, "Configuring partial batch response with DynamoDB and Lambda".
test("a partial response goes on at the lowest failed record and keeps what was before it", async () => {
  const result = await handle("abcde", { reportsFailures: true }, (batch, call) => ({
    batchItemFailures: call === 1 ? [{ itemIdentifier: "e" }, { itemIdentifier: "c" }] : [],
    batch,
  }));
  expect(result).toMatchObject({ calls: ["abcde", "cde"], done: "abcde", lost: [] });
});

test("a record that is reported again and again is given up after its retries, with what follows it", async () => {
  const result = await handle("abPcd", { reportsFailures: true, maximumRetryAttempts: 2 }, reportFirst("P"));
  expect(result.calls).toEqual(["abPcd", "Pcd", "Pcd"]);
  expect(result.lost).toEqual([{ records: "Pcd", condition: "RetryAttemptsExhausted", invokeCount: 3 }]);
});

test("with bisecting, partial responses deliver good records once and give up the poison alone", async () => {
  const policy = { reportsFailures: true, bisectsOnError: true, maximumRetryAttempts: 2 };
  const delivered: string[] = [];
  const result = await handle("abPcd", policy, (batch) => {
    for (const letter of batch) {
      if (letter === "P") return { batchItemFailures: [{ itemIdentifier: "P" }] };
      delivered.push(letter);
    }
    return { batchItemFailures: [] };
  });
  expect(delivered.join("")).toBe("abcd");
  expect(result.lost).toMatchObject([{ records: "P", condition: "RetryAttemptsExhausted" }]);
  expect(result.calls.slice(0, 3)).toEqual(["abPcd", "Pcd", "Pc"]);
  expect(result.calls.filter((call) => call === "P")).toHaveLength(3);
});

test("a partial response counts only when the mapping asks for it", async () => {
  const result = await handle("ab", {}, reportFirst("a"));
  expect(result).toMatchObject({ calls: ["ab"], done: "ab" });
});

test.each([
  ["nothing", undefined, 1],
  ["null", null, 1],
  ["an empty object", {}, 1],
  ["an empty list", { batchItemFailures: [] }, 1],
  ["null for a list", { batchItemFailures: null }, 1],
  ["an empty identifier", { batchItemFailures: [{ itemIdentifier: "" }] }, 2],
  ["a null identifier", { batchItemFailures: [{ itemIdentifier: null }] }, 2],
  ["a wrong key", { batchItemFailures: [{ id: "b" }] }, 2],
  ["an unknown record", { batchItemFailures: [{ itemIdentifier: "z" }] }, 2],
  ["no list", { batchItemFailures: "b" }, 2],
])("%s as a partial response", async (_name, response, calls) => {
  const result = await handle("ab", { reportsFailures: true }, (_batch, call) =>
    call === 1 ? response : {},
  );
  expect(result.calls).toEqual(Array(calls).fill("ab"));
});

test("records above the maximum age are given up, before the first call and between retries", async () => {
  const arrivals: Record<string, number> = { a: 900_000, b: 999_000, c: 1_000_000 };
  const result = await handle(
    "abc",
    { maximumRecordAgeSeconds: 60 },
    failOn("b"),
    (letter) => arrivals[letter] ?? 0,
  );
  expect(result.lost.map(({ records, condition }) => [records, condition])).toEqual([
    ["a", "RecordAgeExceeded"],
    ["bc", "RecordAgeExceeded"],
  ]);
  expect(result.lost[0]?.invokeCount).toBe(0);
  expect(new Set(result.calls)).toEqual(new Set(["bc"]));
});

test("throttling does not count as a retry", async () => {
  const result = await handle("ab", { maximumRetryAttempts: 0 }, (_batch, call) => {
    if (call < 5) throw new TooManyRequestsError("busy");
  });
  expect(result).toMatchObject({ done: "ab", lost: [] });
});
