import type { Locale } from "@haru/core/locale";
import { todayOf } from "@haru/core/todo/quick-add.contract";
import type { Due, Todo } from "@haru/core/todo/todo.contract";

const dayMilliseconds = 86_400_000;

export function hereAndNow() {
  return { now: new Date(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}

/** The day that it is here, `2026-11-21`. */
export function today(): string {
  return todayOf(hereAndNow()).toISOString().slice(0, 10);
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
  if (Math.abs(days) <= 1) {
    const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day");
    return words.charAt(0).toUpperCase() + words.slice(1);
  }
  const isThisYear = date.slice(0, 4) === from.slice(0, 4);
  return new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    month: locale === "ko" ? "long" : "short",
    day: "numeric",
    weekday: locale === "ko" ? "long" : "short",
    ...(isThisYear ? {} : { year: "numeric" }),
  }).format(new Date(date));
}
