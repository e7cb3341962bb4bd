import * as fc from "fast-check";
import { expect, test } from "vitest";
import { newTraceparent, parseTraceparent, traceparentOf } from "./trace.ts";

test("what begins here is a valid header, and another one each time", () => {
  const begun = Array.from({ length: 100 }, newTraceparent);
  expect(new Set(begun).size).toBe(100);
  for (const value of begun) {
    const trace = parseTraceparent(value);
    expect(trace && traceparentOf(trace)).toBe(value);
  }
});

test("a header of a later version is read as far as it is known", () => {
  const ids = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", parentId: "00f067aa0ba902b7" };
  expect(parseTraceparent(`cc-${ids.traceId}-${ids.parentId}-01-what-comes-later`)).toEqual(ids);
});

test("anything else is no trace", () => {
  const zeros = { traceId: "0".repeat(32), parentId: "00f067aa0ba902b7" };
  expect(parseTraceparent(traceparentOf(zeros))).toBeUndefined();
  expect(parseTraceparent(undefined)).toBeUndefined();
  expect(parseTraceparent(`${newTraceparent()}0`)).toBeUndefined();
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => parseTraceparent(text) === undefined));
});
