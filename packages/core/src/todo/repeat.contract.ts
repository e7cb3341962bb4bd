import type { Due, Repeat } from "./todo.contract.ts";

const dayMilliseconds = 86_400_000;

/**
 * When a repeating todo is due after it was done: the first of its days that lies after the one
 * that it was due on and after today, so that what was forgotten for weeks comes once.
 * @param today `2026-11-21`
 */
export function nextDue(due: Due, repeat: Repeat, today: string): Due {
  let date = due.date;
  do date = step(date, due.date, repeat);
  while (date <= today);
  return { ...due, date };
}

function step(date: string, first: string, { every, interval, weekdays }: Repeat): string {
  if (every === "day") return plusDays(date, interval);
  if (every === "week") return nextWeekday(date, interval, weekdays);
  return plusMonths(date, every === "year" ? interval * 12 : interval, Number(first.slice(8)));
}

/** The next of the weekdays; behind Saturday the weeks between are left out. */
function nextWeekday(date: string, interval: number, weekdays: readonly number[]): string {
  if (weekdays.length === 0) return plusDays(date, 7 * interval);
  let next = date;
  do next = plusDays(next, weekday(next) === 6 ? 7 * (interval - 1) + 1 : 1);
  while (!weekdays.includes(weekday(next)));
  return next;
}

function weekday(date: string): number {
  return new Date(date).getUTCDay();
}

function plusDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * dayMilliseconds).toISOString().slice(0, 10);
}

/** A month that lacks the day ends a day or more early: from the 31st of January to the 28th of February. */
function plusMonths(date: string, months: number, day: number): string {
  const [year = 0, month = 1] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  const chosen = Math.min(day, last.getUTCDate());
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), chosen)).toISOString().slice(0, 10);
}
