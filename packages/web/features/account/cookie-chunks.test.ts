import { expect, test } from "vitest";
import { chunkLength, joinChunks, splitChunks } from "./cookie-chunks.ts";

test("a small value is one cookie", () => {
  expect(splitChunks("s", "abc", [])).toEqual([{ name: "s", value: "abc" }]);
});

test("a large value comes back whole, in whatever order a browser sends its parts", () => {
  const value = `${"x".repeat(chunkLength * 11)}end`;
  const parts = splitChunks("s", value, []);
  expect(parts).toHaveLength(12);
  for (const part of parts) expect(part.name.length + part.value.length).toBeLessThan(4096);
  expect(joinChunks("s", parts.toReversed())).toBe(value);
});

test("parts that are no longer needed are removed, so that old and new never mix", () => {
  const before = splitChunks("s", "y".repeat(chunkLength * 2), []);
  expect(splitChunks("s", "short", before)).toEqual([
    { name: "s", value: "short" },
    { name: "s.0", value: "" },
    { name: "s.1", value: "" },
  ]);
  expect(splitChunks("s", "", before).every(({ value }) => value === "")).toBe(true);
});

test("cookies with a longer name are other cookies", () => {
  expect(
    joinChunks("s", [
      { name: "s", value: "mine" },
      { name: "s.x", value: "no" },
      { name: "session", value: "no" },
    ]),
  ).toBe("mine");
});
