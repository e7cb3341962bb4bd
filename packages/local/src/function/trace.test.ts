import { expect, test } from "vitest";
import { traceHeader, traceOf } from "./trace.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT = "00f067aa0ba902b7";
const traceparent = `00-${TRACE}-${PARENT}-01`;
const XRAY = `Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=${PARENT};Sampled=1`;

test.each([
  ["a request's header, in any case", { headers: { Traceparent: traceparent } }],
  [
    "a message's attribute",
    { Records: [{ messageAttributes: { traceparent: { stringValue: traceparent } } }] },
  ],
  ["a message's trace header of AWS", { Records: [{ attributes: { AWSTraceHeader: XRAY } }] }],
  ["a row of a stream", { Records: [{ dynamodb: { NewImage: { traceparent: { S: traceparent } } } }] }],
])("a call continues the trace that it finds in %s", (_, event) => {
  const trace = traceOf(event);
  expect(trace).toMatchObject({ traceId: TRACE, parentId: PARENT, otherTraceIds: [] });
  expect(trace.spanId).toMatch(/^[0-9a-f]{16}$/);
});

test("a direct call continues its caller's trace, and hands it on in the runtime's own form", () => {
  const trace = traceOf({ any: "event" }, XRAY);
  expect(trace).toMatchObject({ traceId: TRACE, parentId: PARENT });
  expect(traceHeader(trace)).toBe(XRAY.replace(PARENT, trace.spanId));
});

test("a batch belongs to the traces of all of its records", () => {
  const row = (id: string) => ({ dynamodb: { NewImage: { traceparent: { S: `00-${id}-${PARENT}-01` } } } });
  const other = "a".repeat(32);
  expect(traceOf({ Records: [row(TRACE), row(other), row(TRACE)] })).toMatchObject({
    traceId: TRACE,
    otherTraceIds: [other],
  });
});

test.each([
  null,
  {},
  { headers: { traceparent: "nonsense" } },
  { headers: { traceparent: `00-${"0".repeat(32)}-${PARENT}-01` } },
])("an event that carries none begins a trace: %j", (event) => {
  const trace = traceOf(event);
  expect(trace.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(trace).not.toHaveProperty("parentId");
  expect(traceOf(event).traceId).not.toBe(trace.traceId);
});
