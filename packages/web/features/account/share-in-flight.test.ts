import { expect, test } from "vitest";
import { shareInFlight } from "./share-in-flight.ts";

test("calls at once with one key run once, others apart", async () => {
  const share = shareInFlight<number>(60_000);
  let runs = 0;
  const run = async () => ++runs;
  expect(await Promise.all([share("a", run), share("a", run), share("b", run)])).toEqual([1, 1, 2]);
  expect(await share("a", run)).toBe(1);
});

test("a failure reaches all who wait and does not stay", async () => {
  const share = shareInFlight<number>(60_000);
  const fail = () => Promise.reject(new Error("down"));
  const results = await Promise.allSettled([share("a", fail), share("a", fail)]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await share("a", async () => 7)).toBe(7);
});
