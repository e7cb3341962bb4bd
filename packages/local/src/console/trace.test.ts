import { expect, test } from "vitest";
import { traceShapes } from "./page/trace.ts";
import type { CallView } from "./view.ts";

let lastId = 0;
const call = (spanId: string, changes: Partial<CallView>): CallView => ({
  id: ++lastId,
  requestId: spanId,
  functionName: spanId,
  trigger: "",
  traceId: "t1",
  spanId,
  otherTraceIds: [],
  startedAt: 1_000,
  outcome: "ok",
  lines: 0,
  ...changes,
});

test("a call stands below what caused it, and the trace lasts from its first begin to its last end", () => {
  const calls = [
    call("request", { parentId: "browser", elapsedMs: 40 }),
    call("other", { startedAt: 1_010, elapsedMs: 5 }),
    call("poke", { parentId: "stream", startedAt: 1_200, elapsedMs: 30 }),
    call("stream", { parentId: "request", startedAt: 1_100, elapsedMs: 20 }),
  ];
  const [trace] = traceShapes(calls, 0);
  expect(trace).toMatchObject({ traceId: "t1", startedAt: 1_000, elapsedMs: 230 });
  expect(trace?.spans.map((span) => [span.call.spanId, span.depth, span.offsetMs])).toEqual([
    ["request", 0, 0],
    ["stream", 1, 100],
    ["poke", 2, 200],
    ["other", 0, 10],
  ]);
});

test("a batch stands in each of the traces that it continues, and a running call lasts until now", () => {
  const traces = traceShapes([call("batch", { otherTraceIds: ["t2"], outcome: "running" })], 1_500);
  expect(traces.map(({ traceId, elapsedMs }) => [traceId, elapsedMs]).toSorted()).toEqual([
    ["t1", 500],
    ["t2", 500],
  ]);
});
