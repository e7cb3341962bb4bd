import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type FiledStep, fitting, plainTodo, readTodoFile, writeTodoFile } from "./exchange.contract.ts";
import { readTodoTxt, writeTodoTxt } from "./todo-txt.contract.ts";
import { readTodoistCsv, writeTodoistCsv } from "./todoist-csv.contract.ts";

const timeZone = "Asia/Seoul";
const moment = { now: new Date("2026-11-21T03:00:00.000Z"), timeZone };
const word = fc.stringMatching(/^[가-힣a-z]{1,8}$/);
const date = fc.integer({ min: 1, max: 28 }).map((day) => `2027-01-${String(day).padStart(2, "0")}`);
const time = fc.constantFrom("09:30", "15:00", null);
const due = fc.option(fc.record({ date, time, timeZone: fc.constant(timeZone) }));
const step: fc.Arbitrary<FiledStep> = fc.record({
  title: fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" ")),
  notes: fc.constantFrom("", 'a "note", with\nlines'),
  isDone: fc.boolean(),
  due,
  repeat: fc.constant(null),
  priority: fc.nat({ max: 3 }),
  tags: fc.uniqueArray(word, { maxLength: 3 }),
});
const todo = fc
  .tuple(step, fc.array(step, { maxLength: 3 }))
  .map(([content, steps]) => ({ ...content, steps }));
const todos = fc.array(todo, { maxLength: 5 });

test("our own file holds everything and is read back as it was", () => {
  fc.assert(
    fc.property(todos, (made) => {
      const lists = [{ name: "목록", color: "sea" as const, todos: made }];
      expect(readTodoFile(writeTodoFile(lists))).toEqual(lists);
    }),
  );
  for (const other of ["", "{}", "[1]", '{"format":"haru-todos","version":2,"lists":[]}'])
    expect(readTodoFile(other)).toBeUndefined();
});

test("our own file keeps what is archived and reminders, and one from before steps is read", () => {
  const reminded = { ...plainTodo("약"), isDone: true, isArchived: true, remindMinutesBefore: 10 };
  const lists = [{ name: "목록", color: "sea" as const, todos: [{ ...reminded, steps: [reminded] }] }];
  expect(readTodoFile(writeTodoFile(lists))).toEqual(lists);
  const before = { format: "haru-todos", version: 1, lists: [{ ...lists[0], todos: [plainTodo("약")] }] };
  expect(readTodoFile(JSON.stringify(before))?.[0]?.todos).toEqual([{ ...plainTodo("약"), steps: [] }]);
});

test("todo.txt holds everything but notes and whose steps are whose, which come back as todos", () => {
  fc.assert(
    fc.property(todos, (made) => {
      const flat = made.flatMap(({ steps, ...one }) => [one, ...steps]);
      expect(readTodoTxt(writeTodoTxt(made), timeZone)).toEqual(
        flat.map((one) => ({ ...one, notes: "", steps: [] })),
      );
    }),
  );
});

test("a title that begins as lines of todo.txt do comes back as it was", () => {
  for (const title of ["x", "x y", "(A) b", "2027-01-01 c", "2027-01-01 2027-01-02 d"])
    for (const change of [{}, { isDone: true }, { priority: 1 }, { tags: ["가"] }]) {
      const made = { ...plainTodo(title), tags: [], ...change, steps: [] };
      expect(readTodoTxt(writeTodoTxt([made]), timeZone), title).toEqual([made]);
    }
});

test("a line of todo.txt is read as others write it", () => {
  const text =
    "x 2026-11-20 2026-11-01 전화 +집 @통화 pri:B\n(A) 2026-11-01 pay rent due:2026-12-01 rec:1m\n\n";
  const due = { date: "2026-12-01", time: null, timeZone };
  const repeat = { every: "month", interval: 1, weekdays: [] };
  expect(readTodoTxt(text, timeZone)).toEqual([
    { ...plainTodo("전화"), isDone: true, priority: 2, tags: ["집", "통화"], steps: [] },
    { ...plainTodo("pay rent"), priority: 1, due, repeat, steps: [] },
  ]);
});

test("Todoist's file holds everything of a todo that is not done, and its steps", () => {
  fc.assert(
    fc.property(todos, (made) => {
      const openStep = (one: FiledStep) => ({ ...one, isDone: false });
      const open = made.map((one) => ({ ...one, isDone: false, steps: one.steps.map(openStep) }));
      expect(readTodoistCsv(writeTodoistCsv(open), moment)).toEqual(open);
    }),
  );
});

test("a file of Todoist is read with its notes, labels and phrases; another file is none", () => {
  const text = [
    "\uFEFFTYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE",
    'task,"Report, weekly @work",,1,1,,,every monday 9am,en,',
    "note,remember the figures,,,,,,,,",
    "section,Later,,,,,,,,",
    "task,우유,,4,1,,,,ko,",
  ].join("\r\n");
  expect(readTodoistCsv(text, moment)).toMatchObject([
    {
      title: "Report, weekly",
      tags: ["work"],
      priority: 1,
      notes: "remember the figures",
      due: { time: "09:00" },
      repeat: { every: "week", weekdays: [1] },
    },
    { title: "우유", priority: 0, due: null },
  ]);
  expect(readTodoistCsv("a,b\r\n1,2", moment)).toBeUndefined();
});

test("what Todoist indents is a step of the todo above, however far; without one it is a todo", () => {
  const row = (content: string, indent: number) => `task,${content},,4,${indent},,,,en,`;
  const text = [
    "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE",
    ...[row("early", 2), row("trip", 1), row("pack", 2), row("socks", 3)],
    "note,warm ones,,,,,,,,",
    ...[row("book", 2), row("rent", 1)],
  ].join("\n");
  const titles = readTodoistCsv(text, moment)?.map(({ title, steps }) => [
    title,
    steps.map((one) => one.title),
  ]);
  expect(titles).toEqual([
    ["early", []],
    ["trip", ["pack", "socks", "book"]],
    ["rent", []],
  ]);
  expect(readTodoistCsv(text, moment)?.[1]?.steps[1]?.notes).toBe("warm ones");
});

test("what is too long for a title goes on in the notes, and what cannot be is left out", () => {
  const long = "가".repeat(600);
  expect(fitting(plainTodo(long))).toMatchObject({ title: long.slice(0, 200), notes: long });
  expect(fitting({ ...plainTodo("a"), tags: ["x".repeat(31), "b", "b"] })).toMatchObject({ tags: ["b"] });
  expect(fitting(plainTodo("  "))).toBeUndefined();
});
