import type { Clock } from "../function/clock.ts";
import { type Cron, parseCron } from "./cron.ts";
import { type TimeZone, timeZone } from "./time-zone.ts";

const DAY_MS = 86_400_000;
const LAST_YEAR = 2199;
const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: DAY_MS };

/** When something runs. All times are milliseconds since the epoch. */
export interface Schedule {
  /** The first time after the given one, undefined when there is none. */
  next(after: number): number | undefined;
}

/**
 * Parses a schedule of EventBridge: `rate(5 minutes)`, `cron(0 9 ? * MON-FRI *)`,
 * or `at(2026-11-21T09:00:00)`.
 * @param options.startsAt from when a rate counts
 * @param options.timeZone name in the tz database, for cron and at
 * @throws Error that names the mistake
 */
export function parseSchedule(
  expression: string,
  options: { readonly startsAt: number; readonly timeZone: string },
): Schedule {
  const [, kind, inner = ""] = /^(rate|cron|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (kind === "rate") return parseRate(inner, options.startsAt);
  if (kind === "cron") return cronSchedule(parseCron(inner), timeZone(options.timeZone));
  if (kind === "at") return parseAt(inner, timeZone(options.timeZone));
  throw new Error(`The schedule ${expression} is not valid: it must be rate(…), cron(…) or at(…).`);
}

function parseRate(inner: string, startsAt: number): Schedule {
  const [, count = "", unit = "", plural] = /^(\d+) (minute|hour|day)(s?)$/.exec(inner.trim()) ?? [];
  const unitMs = UNIT_MS[unit];
  // AWS is strict about the plural.
  if (!unitMs || Number(count) < 1 || (Number(count) === 1) !== (plural === "")) {
    throw new Error(
      `The schedule rate(${inner}) is not valid: it must be like rate(1 minute) or rate(5 hours).`,
    );
  }
  const interval = Number(count) * unitMs;
  return {
    next: (after) => startsAt + Math.max(1, Math.floor((after - startsAt) / interval) + 1) * interval,
  };
}

function parseAt(inner: string, zone: TimeZone): Schedule {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(inner.trim());
  if (!match)
    throw new Error(`The schedule at(${inner}) is not valid: it must be like at(2026-11-21T09:00:00).`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const time = zone.fromWall({ year, month, day, hour, minute, second });
  return { next: (after) => (time !== undefined && time > after ? time : undefined) };
}

/** Times that clocks skip do not come; of those that come twice, the first does. */
function cronSchedule(cron: Cron, zone: TimeZone): Schedule {
  return {
    next(after) {
      const { year, month, day } = zone.toWall(after);
      for (let at = Date.UTC(year, month - 1, day); ; at += DAY_MS) {
        const date = new Date(at);
        const today = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
        if (today.year > LAST_YEAR) return undefined;
        if (!cron.runsOn(today.year, today.month, today.day)) continue;
        const time = firstOfDay(cron, zone, today, after);
        if (time !== undefined) return time;
      }
    },
  };
}

function firstOfDay(
  { hours, minutes }: Cron,
  zone: TimeZone,
  date: { readonly year: number; readonly month: number; readonly day: number },
  after: number,
): number | undefined {
  for (const hour of hours) {
    for (const minute of minutes) {
      const time = zone.fromWall({ ...date, hour, minute, second: 0 });
      if (time !== undefined && time > after) return time;
    }
  }
  return undefined;
}

/** Runs a schedule until its end or the abort. Times that passed while the machine slept are left out. */
export async function runSchedule(options: {
  readonly schedule: Schedule;
  /** Between these it runs, when they are given. */
  readonly startDate?: number;
  readonly endDate?: number;
  fire(scheduledAt: number): void;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { schedule, startDate = Number.NEGATIVE_INFINITY, endDate = Number.POSITIVE_INFINITY } = options;
  const { clock, signal } = options;
  let after = Math.max(clock.now(), startDate - 1);
  while (!signal.aborted) {
    const at = schedule.next(after);
    if (at === undefined || at > endDate) return;
    await clock.sleep(at - clock.now(), signal);
    if (signal.aborted) return;
    options.fire(at);
    after = Math.max(at, clock.now());
  }
}
