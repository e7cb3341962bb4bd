import { expect, test } from "vitest";
import { formatAgo } from "./ago.ts";

const now = new Date("2026-11-21T12:00:00.000Z");
const ago = (seconds: number, locale: "ko" | "en") =>
  formatAgo(new Date(now.getTime() - seconds * 1000).toISOString(), now, locale);

test("recent times are told from now, in the largest unit that fits", () => {
  expect([10, 59, 60, 3_599, 3_600, 86_399].map((seconds) => ago(seconds, "ko"))).toEqual([
    "지금",
    "지금",
    "1분 전",
    "59분 전",
    "1시간 전",
    "23시간 전",
  ]);
  expect(ago(86_400, "en")).toBe("yesterday");
  expect(ago(3 * 86_400, "en")).toBe("3 days ago");
});

test("a clock that is behind the server's never shows the future", () => {
  expect(ago(-30, "en")).toBe("now");
});

test("from a week on it is a date", () => {
  expect(ago(8 * 86_400, "ko")).toBe("2026년 11월 13일");
});
