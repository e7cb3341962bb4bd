import * as fc from "fast-check";
import { expect, test } from "vitest";
import { nextDue } from "./repeat.contract.ts";
import type { Repeat } from "./todo.contract.ts";

const on = (date: string) => ({ date, time: "09:00", timeZone: "Asia/Seoul" });
const every = (unit: Repeat["every"], interval = 1, weekdays: number[] = []): Repeat => ({
  every: unit,
  interval,
  weekdays,
});

test.each([
  ["the next day", "2026-11-21", every("day"), "2026-11-21", "2026-11-22"],
  ["every third day, from the day it was due", "2026-11-20", every("day", 3), "2026-11-21", "2026-11-23"],
  ["the next working day", "2026-11-20", every("week", 1, [1, 2, 3, 4, 5]), "2026-11-20", "2026-11-23"],
  ["every second Monday", "2026-11-16", every("week", 2, [1]), "2026-11-16", "2026-11-30"],
  ["a month that lacks the day", "2027-01-31", every("month"), "2027-01-31", "2027-02-28"],
  ["a leap day", "2024-02-29", every("year"), "2024-02-29", "2025-02-28"],
  ["what was forgotten for weeks, once", "2026-10-01", every("week"), "2026-11-21", "2026-11-26"],
])("%s", (_, due, repeat, today, expected) => {
  expect(nextDue(on(due), repeat, today)).toEqual(on(expected));
});

test("a repeating todo always comes back on a day of its kind after today, and after the one it was due on", () => {
  const day = fc.date({ min: new Date("2020-01-01"), max: new Date("2035-01-01"), noInvalidDate: true });
  const repeat = fc.record({
    every: fc.constantFrom("day" as const, "week" as const, "month" as const, "year" as const),
    interval: fc.integer({ min: 1, max: 99 }),
    weekdays: fc.uniqueArray(fc.nat({ max: 6 }), { maxLength: 7 }),
  });
  fc.assert(
    fc.property(day, day, repeat, (due, now, rule) => {
      const [from, today] = [due, now].map((date) => date.toISOString().slice(0, 10)) as [string, string];
      const { date } = nextDue(on(from), rule, today);
      expect(date > from && date > today).toBe(true);
      if (rule.every === "week" && rule.weekdays.length > 0)
        expect(rule.weekdays).toContain(new Date(date).getUTCDay());
    }),
  );
});
