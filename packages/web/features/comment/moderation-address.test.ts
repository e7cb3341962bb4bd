import { longestQuery } from "@haru/core/search/search.contract";
import { expect, test } from "vitest";
import { moderationPath, readModerationAddress } from "./moderation-address.ts";

const read = (path: string) =>
  readModerationAddress(Object.fromEntries(new URL(path, "http://haru.example").searchParams));

test.each([
  { q: "광고 & 링크", queue: undefined },
  { q: "광고", queue: "none" },
  { q: "", queue: "hidden" },
] as const)("%j is read as it was written", (address) => {
  expect(read(moderationPath("ko", address))).toEqual(address);
});

test("what an address should not hold is left out, and without words it is a queue", () => {
  expect(read("/ko/moderation")).toEqual({ q: "", queue: "waiting" });
  expect(read("/ko/moderation?q=%20&queue=none")).toEqual({ q: "", queue: "waiting" });
  expect(read("/ko/moderation?q=a&queue=x")).toEqual({ q: "a", queue: undefined });
  expect(readModerationAddress({ q: ["a", "b"], queue: ["hidden"] })).toEqual({ q: "a", queue: undefined });
  expect(read(`/ko/moderation?q=${"a".repeat(longestQuery + 1)}`).q).toHaveLength(longestQuery);
});
