import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dayName, today } from "./days.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

test("the day is the one that it is here, at each hour of a turn of the year", () => {
  const here = new Intl.DateTimeFormat("sv-SE");
  const days = Array.from({ length: 49 }, (_, hour) => {
    vi.setSystemTime(Date.UTC(2026, 11, 31, hour));
    expect(today()).toBe(here.format(new Date()));
    return today();
  });
  expect(new Set(days).size).toBeGreaterThanOrEqual(3);
});

test("near days have their words, and others their date, with the year where it is another one", () => {
  const name = (date: string) => dayName("ko", date, "2026-11-21");
  expect(["2026-11-20", "2026-11-21", "2026-11-22"].map(name)).toEqual(["어제", "오늘", "내일"]);
  expect(name("2026-12-25")).toBe("12월 25일 금요일");
  expect(name("2027-01-01")).toMatch(/^2027년 1월 1일/);
  expect(dayName("en", "2026-11-22", "2026-11-21")).toBe("Tomorrow");
});
