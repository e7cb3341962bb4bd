import type { Locale } from "@haru/core/locale";
import type { Due, Todo } from "@haru/core/todo/todo.contract";

const dayMilliseconds = 86_400_000;

export function hereAndNow() {
  return { now: new Date(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}

/**
 * The day that it is here, `2026-11-21`. Every row asks for it, and to ask the browser by way of a formatter
 * takes a millisecond.
 */
export function today(): string {
  const now = new Date();
  const month = String(now.getMonth() + 1).padStart(2, "0");
  return `${now.getFullYear()}-${month}-${String(now.getDate()).padStart(2, "0")}`;
}

const byDue = (a: Todo, b: Todo) => keyOf(a.due) - keyOf(b.due) || (a.todoId < b.todoId ? -1 : 1);

/** Days first, then hours; what has no hour stands at the day's beginning. */
function keyOf(due: Due | null): number {
  return due ? Date.parse(`${due.date}T${due.time ?? "00:00"}Z`) : 0;
}

/** What is to be done today: what is due, and what should be done already. */
export function dueBy(todos: readonly Todo[], day: string): readonly Todo[] {
  return todos.filter(({ due, isDone }) => due && !isDone && due.date <= day).sort(byDue);
}

/** What comes after a day, day by day. */
export function dueAfter(todos: readonly Todo[], day: string): ReadonlyMap<string, readonly Todo[]> {
  const coming = todos.filter(({ due, isDone }) => due && !isDone && due.date > day).sort(byDue);
  return Map.groupBy(coming, ({ due }) => due?.date ?? "");
}

/** "오늘", "내일" and the like for near days, and a date for others. */
export function dayName(locale: Locale, date: string, from: string): string {
  const days = (Date.parse(date) - Date.parse(from)) / dayMilliseconds;
  const { near, thisYear, otherYear } = formatsOf(locale);
  if (Math.abs(days) <= 1) {
    const words = near.format(days, "day");
    return words.charAt(0).toUpperCase() + words.slice(1);
  }
  const format = date.slice(0, 4) === from.slice(0, 4) ? thisYear : otherYear;
  return format.format(new Date(date));
}

const formats = new Map<Locale, ReturnType<typeof makeFormats>>();

/** Made once for a language: each costs more than the row that it is for. */
function formatsOf(locale: Locale) {
  const known = formats.get(locale) ?? makeFormats(locale);
  formats.set(locale, known);
  return known;
}

function makeFormats(locale: Locale) {
  const day = {
    timeZone: "UTC",
    month: locale === "ko" ? "long" : "short",
    day: "numeric",
    weekday: locale === "ko" ? "long" : "short",
  } as const;
  return {
    near: new Intl.RelativeTimeFormat(locale, { numeric: "auto" }),
    thisYear: new Intl.DateTimeFormat(locale, day),
    otherYear: new Intl.DateTimeFormat(locale, { ...day, year: "numeric" }),
  };
}
