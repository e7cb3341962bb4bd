import { momentOf } from "../todo/due-moment.ts";
import type { Due, Todo } from "../todo/todo.contract.ts";

/** RFC 5545, 3.1: bytes of a line without its end. */
const mostLineBytes = 75;
/** UTF-16 units of a note: a calendar shows its beginning. */
const mostNotes = 500;
/** iCalendar counts from 1, the highest, to 9; 0 is none. */
const priorities = [0, 1, 5, 9] as const;

/**
 * Todos as a calendar that other programs subscribe to. They are events, since most of these programs
 * show no todos of others. One that repeats stands on its next day only: what comes after depends on
 * when it is done.
 */
export function writeCalendar(name: string, todos: readonly Todo[], now: Date): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Haru//Todos//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `X-WR-CALNAME:${escaped(name)}`,
    "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    "X-PUBLISHED-TTL:PT1H",
    ...todos.flatMap((todo) => (todo.due ? eventOf(todo, todo.due, now) : [])),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function eventOf(todo: Todo, due: Due, now: Date): string[] {
  const { todoId, title, notes, tags, priority, updatedAt } = todo;
  return [
    "BEGIN:VEVENT",
    `UID:${todoId}@haru`,
    `DTSTAMP:${utc(now)}`,
    `LAST-MODIFIED:${utc(new Date(updatedAt))}`,
    ...startOf(due),
    `SUMMARY:${escaped(title)}`,
    ...(notes === "" ? [] : [`DESCRIPTION:${escaped(beginningOf(notes))}`]),
    ...(tags.length === 0 ? [] : [`CATEGORIES:${tags.map(escaped).join(",")}`]),
    ...(priority === 0 ? [] : [`PRIORITY:${priorities[priority as 1 | 2 | 3]}`]),
    // Something to do takes nobody's time away from others.
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

/** A whole day, or half an hour from the moment that is meant. */
function startOf(due: Due): string[] {
  const { date, time } = due;
  const day = date.replaceAll("-", "");
  if (time === null) return [`DTSTART;VALUE=DATE:${day}`];
  const moment = momentOf(due);
  // A zone that nobody knows: the same hour wherever it is read.
  const start = moment ? utc(moment) : `${day}T${time.replace(":", "")}00`;
  return [`DTSTART:${start}`, "DURATION:PT30M"];
}

/** `20261121T030000Z` */
function utc(moment: Date): string {
  return `${moment.toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

/** RFC 5545, 3.3.11. */
function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, "\\$&").replaceAll(/\r\n?|\n/g, "\\n");
}

function beginningOf(notes: string): string {
  return notes.length <= mostNotes
    ? notes
    : `${notes
        .slice(0, mostNotes)
        .toWellFormed()
        .replace(/\uFFFD$/, "")}…`;
}

/** RFC 5545, 3.1: lines are cut by bytes, and here never within a letter. */
function folded(line: string): string {
  let text = "";
  let bytes = 0;
  for (const letter of line) {
    const size = Buffer.byteLength(letter);
    if (bytes + size > mostLineBytes) {
      text += "\r\n ";
      bytes = 1;
    }
    text += letter;
    bytes += size;
  }
  return text;
}
