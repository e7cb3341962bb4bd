import * as fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "../id.ts";
import { type Due, emptyContent, type Todo } from "../todo/todo.contract.ts";
import { writeCalendar } from "./icalendar.ts";

const now = new Date("2026-11-21T03:00:00.000Z");
const at = now.toISOString();

function todo(content: Partial<Todo>): Todo {
  const stamps = { doneAt: null, createdAt: at, updatedAt: at, deletedAt: null, movedTo: null, seq: 1 };
  const ids = { listId: newId("list", now), todoId: newId("todo", now) };
  return { ...emptyContent("할 일", "V"), due: onDay(null), ...stamps, ...ids, ...content };
}

function onDay(time: string | null, timeZone = "Asia/Seoul", date = "2026-11-22"): Due {
  return { date, time, timeZone };
}

const unfolded = (calendar: string) => calendar.replaceAll("\r\n ", "").split("\r\n");
const contentOf = (calendar: string, name: string) =>
  unfolded(calendar)
    .find((line) => line.startsWith(`${name}:`))
    ?.slice(name.length + 1);

test("no line is longer than 75 bytes, none is cut within a letter, and folding loses nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }), (text) => {
      const title = text.replaceAll(/[\r\n\\;,]/g, "");
      const calendar = writeCalendar("하루", [todo({ title })], now);
      for (const line of calendar.split("\r\n")) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(line.isWellFormed()).toBe(true);
      }
      expect(contentOf(calendar, "SUMMARY")).toBe(title);
    }),
  );
});

test("what means something to iCalendar is escaped, so that no text makes a line of its own", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a,;\\\r\n:]{0,40}$/), (notes) => {
      const calendar = writeCalendar("하루", [todo({ notes })], now);
      const value = contentOf(calendar, "DESCRIPTION") ?? "";
      const read = value.replaceAll(/\\([\\;,n])/g, (_, letter: string) => (letter === "n" ? "\n" : letter));
      expect(read).toBe(notes.replaceAll(/\r\n?/g, "\n"));
      expect(unfolded(calendar).filter((line) => line.startsWith("BEGIN:"))).toHaveLength(2);
    }),
  );
});

test.each([
  ["a day", onDay(null), ["DTSTART;VALUE=DATE:20261122"]],
  ["an hour in Seoul", onDay("15:00"), ["DTSTART:20261122T060000Z"]],
  ["an hour in a summer", onDay("09:00", "Europe/Berlin", "2026-07-01"), ["DTSTART:20260701T070000Z"]],
  [
    "an hour just after clocks change",
    onDay("03:30", "America/New_York", "2026-03-08"),
    ["DTSTART:20260308T073000Z"],
  ],
  ["an hour in no known zone", onDay("15:00", "Nowhere/City"), ["DTSTART:20261122T150000"]],
])("%s is the moment that is meant", (_, due, lines) => {
  expect(unfolded(writeCalendar("하루", [todo({ due })], now))).toEqual(expect.arrayContaining(lines));
});

test("tags, how urgent it is and a long note are told; what is empty is left out", () => {
  const calendar = writeCalendar(
    "하루",
    [todo({ tags: ["집", "a,b"], priority: 1, notes: "가".repeat(600) })],
    now,
  );
  expect(contentOf(calendar, "CATEGORIES")).toBe("집,a\\,b");
  expect(contentOf(calendar, "PRIORITY")).toBe("1");
  expect(contentOf(calendar, "DESCRIPTION")).toBe(`${"가".repeat(500)}…`);
  const plain = writeCalendar("하루", [todo({})], now);
  for (const name of ["CATEGORIES", "PRIORITY", "DESCRIPTION"])
    expect(contentOf(plain, name)).toBeUndefined();
});
