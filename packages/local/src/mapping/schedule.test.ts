import { expect, test } from "vitest";
import { createTestClock } from "../function/test-clock.ts";
import { parseSchedule, runSchedule } from "./schedule.ts";

const START = "2026-11-21T10:30:30Z"; // A Saturday.

/** The next times of a schedule, without seconds. */
function times(expression: string, count: number, { zone = "UTC", from = START } = {}): string[] {
  const schedule = parseSchedule(expression, { startsAt: Date.parse(START), timeZone: zone });
  const found: string[] = [];
  for (let after = Date.parse(from); found.length < count; ) {
    const next = schedule.next(after);
    if (next === undefined) break;
    found.push(new Date(next).toISOString().replace(/:00\.000Z$/, "Z"));
    after = next;
  }
  return found;
}

// Amazon EventBridge Scheduler User Guide, "Schedule types in EventBridge Scheduler"; Amazon EventBridge User Guide,
// "Creating a rule that runs on a schedule", "Cron expressions".
test.each<[expression: string, expected: string[]]>([
  ["rate(1 minute)", ["2026-11-21T10:31:30.000Z", "2026-11-21T10:32:30.000Z"]],
  ["rate(12 hours)", ["2026-11-21T22:30:30.000Z", "2026-11-22T10:30:30.000Z"]],
  ["rate(2 days)", ["2026-11-23T10:30:30.000Z"]],
  ["cron(* * * * ? *)", ["2026-11-21T10:31Z", "2026-11-21T10:32Z"]],
  ["cron(0 10 * * ? *)", ["2026-11-22T10:00Z", "2026-11-23T10:00Z"]],
  ["cron(15 12 * * ? *)", ["2026-11-21T12:15Z"]],
  ["cron(0 18 ? * MON-FRI *)", ["2026-11-23T18:00Z", "2026-11-24T18:00Z"]],
  ["cron(0 8 1 * ? *)", ["2026-12-01T08:00Z", "2027-01-01T08:00Z"]],
  ["cron(0/15 * * * ? *)", ["2026-11-21T10:45Z", "2026-11-21T11:00Z"]],
  ["cron(0/5 8-17 ? * 2-6 *)", ["2026-11-23T08:00Z", "2026-11-23T08:05Z"]],
  ["cron(0 0,12 ? * SUN *)", ["2026-11-22T00:00Z", "2026-11-22T12:00Z", "2026-11-29T00:00Z"]],
  ["cron(0 0 L * ? *)", ["2026-11-30T00:00Z", "2026-12-31T00:00Z"]],
  ["cron(0 0 29 2 ? *)", ["2028-02-29T00:00Z", "2032-02-29T00:00Z"]],
  ["cron(0 0 ? * 6L *)", ["2026-11-27T00:00Z", "2026-12-25T00:00Z"]],
  ["cron(0 0 ? * L *)", ["2026-11-28T00:00Z"]],
  ["cron(0 0 ? * 3#2 *)", ["2026-12-08T00:00Z", "2027-01-12T00:00Z"]],
  ["cron(0 0 22W * ? *)", ["2026-11-23T00:00Z", "2026-12-22T00:00Z"]],
  ["cron(0 0 1W AUG ? 2026-2027)", ["2027-08-02T00:00Z"]],
  ["cron(0 9 ? JAN,JUL MON#1 2027)", ["2027-01-04T09:00Z", "2027-07-05T09:00Z"]],
  ["cron(0 0 1 1 ? 2020)", []],
  ["at(2026-11-21T12:00:00)", ["2026-11-21T12:00Z"]],
  ["at(2026-11-21T09:00:00)", []],
])("%s runs when AWS runs it", (expression, expected) => {
  expect(times(expression, Math.max(1, expected.length))).toEqual(expected);
});

// Amazon EventBridge Scheduler User Guide, "Time zones in EventBridge Scheduler" and "Daylight savings time".
test("a time zone moves the time, skips hours that do not exist and runs repeated ones once", () => {
  expect(times("cron(0 9 * * ? *)", 1, { zone: "Asia/Seoul" })).toEqual(["2026-11-22T00:00Z"]);
  expect(times("at(2026-11-21T20:00:00)", 1, { zone: "Asia/Seoul" })).toEqual(["2026-11-21T11:00Z"]);
  const zone = "America/New_York";
  // Clocks go from 2:00 to 3:00 on 2027-03-14.
  expect(times("cron(30 2 * * ? *)", 2, { zone, from: "2027-03-13T00:00:00Z" })).toEqual([
    "2027-03-13T07:30Z",
    "2027-03-15T06:30Z",
  ]);
  // Clocks go from 2:00 to 1:00 on 2027-11-07.
  expect(times("cron(30 1 * * ? *)", 3, { zone, from: "2027-11-06T00:00:00Z" })).toEqual([
    "2027-11-06T05:30Z",
    "2027-11-07T05:30Z",
    "2027-11-08T06:30Z",
  ]);
});

test.each([
  ["rate(1 minutes)", "rate(1 minute)"],
  ["rate(5 minute)", "rate(5 hours)"],
  ["rate(0 minutes)", "rate("],
  ["cron(* * * * *)", "six fields"],
  ["cron(* * * * * *)", "must be ?"],
  ["cron(* * ? * ? *)", "must be ?"],
  ["cron(60 * * * ? *)", "within 0 and 59"],
  ["cron(0 0 ? * MOO *)", "within 1 and 7"],
  ["cron(0 9-8 * * ? *)", "ends before it begins"],
  ["at(tomorrow)", "at(2026-11-21T09:00:00)"],
  ["every day", "rate(…), cron(…) or at(…)"],
])("%s is refused", (expression, reason) => {
  expect(() => times(expression, 1)).toThrow(reason);
});

test("a schedule fires at its times, between its dates, until it is stopped", async () => {
  const clock = createTestClock(Date.parse(START));
  const stopping = new AbortController();
  const fired: string[] = [];
  const running = runSchedule({
    schedule: parseSchedule("rate(10 minutes)", { startsAt: clock.now(), timeZone: "UTC" }),
    startDate: Date.parse("2026-11-21T10:45:00Z"),
    endDate: Date.parse("2026-11-21T11:15:00Z"),
    fire: (at) => void fired.push(new Date(at).toISOString().slice(11, 16)),
    clock,
    signal: stopping.signal,
  });
  await clock.advance(3_600_000);
  await running;
  expect(fired).toEqual(["10:50", "11:00", "11:10"]);
});

test("times that pass while the machine sleeps are left out", async () => {
  const clock = createTestClock(Date.parse(START));
  const stopping = new AbortController();
  let asleepFor = 0;
  const fired: number[] = [];
  const running = runSchedule({
    schedule: parseSchedule("rate(1 minute)", { startsAt: clock.now(), timeZone: "UTC" }),
    fire: (at) => void fired.push((at - Date.parse(START)) / 60_000),
    clock: { now: () => clock.now() + asleepFor, sleep: clock.sleep },
    signal: stopping.signal,
  });
  await clock.advance(60_000);
  asleepFor = 30 * 60_000;
  await clock.advance(60_000);
  await clock.advance(60_000);
  expect(fired).toEqual([1, 2, 33]);
  stopping.abort();
  await running;
});
