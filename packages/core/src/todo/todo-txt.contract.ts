import { type FiledStep, type FiledTodo, fitting, plainTodo } from "./exchange.contract.ts";
import type { Repeat } from "./todo.contract.ts";

/*
 * todo.txt: one line a todo, `x` for a done one, `(A)` for a priority, `@tag`, and `due:` and `rec:` as
 * its extensions have them. Notes do not fit into a line and stay out. No line belongs to another: steps
 * stand below their todo, and come back as todos.
 */

const levels = ["", "A", "B", "C"];
const units = { d: "day", w: "week", m: "month", y: "year" } as const;

export function writeTodoTxt(todos: readonly FiledTodo[]): string {
  return todos
    .flatMap((todo) => [todo, ...todo.steps])
    .map((one) => `${lineOf(one)}\n`)
    .join("");
}

function lineOf({ title, isDone, due, repeat, priority, tags }: FiledStep): string {
  const level = levels[priority];
  const text = [
    title.replaceAll(/\s+/g, " "),
    ...tags.map((tag) => `@${tag}`),
    ...(due ? [`due:${due.date}${due.time ? `T${due.time}` : ""}`] : []),
    ...(repeat ? [`rec:${repeat.interval}${repeat.every[0]}`] : []),
    ...(level && isDone ? [`pri:${level}`] : []),
  ].join(" ");
  return [...(isDone ? ["x"] : []), ...(level && !isDone ? [`(${level})`] : []), asText(text)].join(" ");
}

/** A title may begin with what means something at the beginning of a line. A space that does not break parts it. */
function asText(text: string): string {
  return text.replace(/^(x|\([A-Z]\)|\d{4}-\d{2}-\d{2}) /, "$1\u00a0");
}

/** @param timeZone where the hours in the file are meant, IANA name */
export function readTodoTxt(text: string, timeZone: string): readonly FiledTodo[] {
  const todos = text.split(/\r?\n/).flatMap((line) => fitting(todoOf(line, timeZone)) ?? []);
  return todos.map((todo) => ({ ...todo, steps: [] }));
}

function todoOf(line: string, timeZone: string): FiledStep {
  const todo: FiledStep = { ...plainTodo(""), tags: [] };
  const dates = String.raw`(?:\d{4}-\d{2}-\d{2} ){0,2}`;
  const head = new RegExp(String.raw`^(x )?(?:\(([A-Z])\) )?${dates}`).exec(line.trim());
  const words = line
    .trim()
    .slice(head?.[0].length ?? 0)
    .split(/\s+/);
  const tags: string[] = [];
  let level = head?.[2];
  let { due, repeat } = todo;
  const title = words.filter((word) => {
    const [, date, time] = /^due:(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}))?$/.exec(word) ?? [];
    const [, count, unit] = /^rec:\+?(\d{1,2})([dwmy])$/.exec(word) ?? [];
    const [, tag] = /^[@+](\S+)$/.exec(word) ?? [];
    const [, kept] = /^pri:([A-Z])$/.exec(word) ?? [];
    if (date) due = { date, time: time ?? null, timeZone };
    if (unit) repeat = repeatOf(Number(count), unit as keyof typeof units);
    if (tag) tags.push(tag);
    level ??= kept;
    return !date && !unit && !tag && !kept;
  });
  const priority = Math.min(level ? level.charCodeAt(0) - 64 : 0, 3);
  const isDone = head?.[1] !== undefined;
  return { ...todo, title: title.join(" "), isDone, due, repeat: due ? repeat : null, priority, tags };
}

function repeatOf(interval: number, unit: keyof typeof units): Repeat {
  return { every: units[unit], interval: Math.max(interval, 1), weekdays: [] };
}
