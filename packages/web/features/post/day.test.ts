import { dateOf } from "@haru/core/site-time";
import { expect, test } from "vitest";
import { dayOf, formatDate, formatFullDate, formatMonth, formatMonthOfYear, groupByDay } from "./day.ts";

const at = (publishedAt: string) => ({ publishedAt });

test("a day begins at midnight in Seoul, not in UTC", () => {
  expect(dateOf("2026-11-20T14:59:59.999Z")).toBe("2026-11-20");
  expect(dateOf("2026-11-20T15:00:00.000Z")).toBe("2026-11-21");
});

test("a day is named in the language of the page, its numerals always two", () => {
  expect(dayOf("2026-11-08T15:00:00.000Z", "ko")).toEqual({
    date: "2026-11-09",
    number: "09",
    weekday: "월요일",
    month: "2026년 11월",
  });
  expect(dayOf("2026-11-08T15:00:00.000Z", "en")).toMatchObject({
    weekday: "Monday",
    month: "November 2026",
  });
});

test("months read as people of each language write them", () => {
  expect(formatMonth("2026-11", "ko")).toBe("2026년 11월");
  expect(formatMonthOfYear("2026-01", "en")).toBe("January");
});

test("dates read as people of each language write them", () => {
  expect(formatFullDate("2026-11-21T03:00:00.000Z", "ko")).toBe("2026년 11월 21일 토요일");
  expect(formatFullDate("2026-11-21T03:00:00.000Z", "en")).toBe("Saturday, November 21, 2026");
  expect(formatDate("2026-11-21T03:00:00.000Z", "en")).toBe("November 21, 2026");
});

test("posts of one day share a group and keep their order", () => {
  const posts = [
    at("2026-11-21T03:00:00.000Z"),
    at("2026-11-20T15:00:00.000Z"),
    at("2026-11-20T14:59:59.000Z"),
  ];
  const groups = groupByDay(posts, "ko");
  expect(groups.map(({ day, items }) => [day.date, items])).toEqual([
    ["2026-11-21", posts.slice(0, 2)],
    ["2026-11-20", posts.slice(2)],
  ]);
});

test("no posts make no groups", () => {
  expect(groupByDay([], "en")).toEqual([]);
});
