import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import type { ActorCore } from "../core.ts";
import { choose, stop } from "../notice/notice.ts";
import { changeTodo, createTodo } from "../todo/list-of-todos.ts";
import { createList } from "../todo/own-lists.ts";
import type { Due } from "../todo/todo.contract.ts";
import { gatherReminders } from "./gather.ts";
import { claimReminder, letterOf, type Reminder, releaseReminder } from "./reminder.ts";

let engine: TestTable;
let me: ActorCore;
let listId: Awaited<ReturnType<typeof createList>>["listId"];
let now = new Date("2029-03-01T00:00:00.000Z");
beforeAll(async () => {
  engine = await startTable();
  me = await newPerson(engine.table, { now: () => now });
  ({ listId } = await createList(me, { name: "집", color: "ink" }));
});
afterAll(() => engine.stop());

/** In Seoul, nine hours ahead. */
const due = (time: string | null): Due => ({ date: "2029-03-02", time, timeZone: "Asia/Seoul" });

async function newTodo(time: string | null, remindMinutesBefore: number | null) {
  return createTodo(me, { listId, title: `약 ${time}`, due: due(time), remindMinutesBefore });
}

async function gatheredAt(time: string): Promise<Reminder[]> {
  now = new Date(time);
  const found: Reminder[] = [];
  await gatherReminders(me, async (reminders) => void found.push(...reminders));
  return found;
}

test("who sees the list is reminded in the minute that was asked for and not before", async () => {
  expect(await gatheredAt("2029-03-02T00:40:00.000Z")).toEqual([]);
  const { todoId } = await newTodo("10:00", 10);
  await newTodo("10:00", null);
  await newTodo(null, 10);
  expect(await gatheredAt("2029-03-02T00:49:59.000Z")).toEqual([]);
  const [reminder, ...others] = await gatheredAt("2029-03-02T00:50:00.000Z");
  expect(others).toEqual([]);
  const { accountId } = me.actor;
  expect(reminder).toEqual({ listId, todoId, accountId, remindAt: "2029-03-02T00:50:00.000Z" });
  expect(await letterOf(me, reminder as Reminder)).toMatchObject({ title: "약 10:00", listName: "집" });
});

test("a call that comes hours late finds what was due in between", async () => {
  const { todoId } = await newTodo("12:30", 0);
  const found = await gatheredAt("2029-03-02T09:00:00.000Z");
  expect(found.map((one) => one.todoId)).toContain(todoId);
});

test("nobody is reminded twice, and a mail that was refused may be tried again", async () => {
  await newTodo("19:00", 0);
  const [reminder] = await gatheredAt("2029-03-02T10:00:00.000Z");
  const [again] = await gatheredAt("2029-03-02T10:01:00.000Z");
  expect(again).toEqual(reminder);
  expect(await claimReminder(me, reminder as Reminder)).toBe(true);
  expect(await claimReminder(me, again as Reminder)).toBe(false);
  await releaseReminder(me, reminder as Reminder);
  expect(await claimReminder(me, again as Reminder)).toBe(true);
});

test("what was done, put off or no longer asked for in between is told to nobody", async () => {
  const patches = [{ isDone: true }, { due: due("23:00") }, { remindMinutesBefore: null }];
  const made = await Promise.all(patches.map(() => newTodo("20:00", 0)));
  const found = await gatheredAt("2029-03-02T11:00:00.000Z");
  const ids = new Set(made.map(({ todoId }) => todoId));
  const own = found.filter(({ todoId }) => ids.has(todoId));
  expect(own).toHaveLength(patches.length);
  for (const [index, patch] of patches.entries())
    await changeTodo(me, { listId, todoId: made[index]?.todoId as Reminder["todoId"], ...patch });
  expect(await Promise.all(own.map((one) => letterOf(me, one)))).toEqual([undefined, undefined, undefined]);
});

test("the address in a reminder ends mails that remind and nothing else", async () => {
  const { todoId } = await newTodo("21:00", 0);
  const found = await gatheredAt("2029-03-02T12:00:00.000Z");
  const reminder = found.find((one) => one.todoId === todoId) as Reminder;
  const letter = await letterOf(me, reminder);
  await stop(me, { token: letter?.byMail?.stopToken ?? "" });
  const other = await letterOf(me, reminder);
  expect(other?.title).toBe("약 21:00");
  expect(other?.byMail).toBeUndefined();
  expect(await choose(me, { comments: true, reminders: true })).toEqual({ comments: true, reminders: true });
  expect((await letterOf(me, reminder))?.byMail).toBeDefined();
});
