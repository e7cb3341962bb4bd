import "fake-indexeddb/auto";
import { type ListId, newId } from "@haru/core/id";
import type { CopyUpdate, Entry } from "@haru/core/todo/replica.contract";
import type { LoggedChange } from "@haru/core/todo/sync.contract";
import { emptyContent, type List, type ListRole, type Todo } from "@haru/core/todo/todo.contract";
import { openDB } from "idb";
import { expect, test } from "vitest";
import { type Database, TodoDatabase } from "./database.ts";
import { databaseName } from "./forget.ts";
import {
  addEntries,
  forgetOverwritings,
  type ListUpdate,
  markOverwritingsSeen,
  takeOutcomes,
  takeUpdates,
} from "./transactions.ts";

const at = "2026-11-21T03:00:00.000Z";
const listId = newId("list", new Date(at));
let accounts = 0;

function newDatabase<Result>(task: (database: Database) => Promise<Result>): Promise<Result> {
  return new TodoDatabase(`acc_${++accounts}`).run(task);
}

function todo(title: string, seq: number): Todo {
  const stamps = { doneAt: null, createdAt: at, updatedAt: at, deletedAt: null, movedTo: null };
  return { ...emptyContent(title, "V"), ...stamps, listId, todoId: newId("todo", new Date(at)), seq };
}

function update(from: number, seq: number, overwriting: readonly LoggedChange[] = []): ListUpdate {
  const list = { listId, name: "목록", color: "ink", memberCount: 1, createdAt: at, seq } as List;
  const what: CopyUpdate = { list, seq, isWhole: false, todos: [todo(`${seq}`, seq)], overwriting };
  return { from, role: "owner", update: what };
}

const memberships = new Map<ListId, ListRole>([[listId, "owner"]]);
const none = new Set<number>();

const entry = (): Entry => ({
  n: 0,
  mutation: {
    name: "todo.delete",
    args: { listId, todoId: newId("todo", new Date(at)) },
    seen: 0,
    mutationId: newId("mutation", new Date(at)),
  },
  madeAt: at,
  state: "waiting",
});

test("a pull that another tab was faster than changes nothing", () =>
  newDatabase(async (database) => {
    await takeUpdates(database, [update(0, 2)], memberships, none);
    const { touched, stored } = await takeUpdates(database, [update(0, 1)], memberships, none);
    expect([...touched]).toEqual([]);
    expect(stored.rows.map(({ seq }) => seq)).toEqual([2]);
    expect((await database.getAll("lists")).map(({ seq }) => seq)).toEqual([2]);
    expect((await database.getAll("todos")).map(({ title }) => title)).toEqual(["2"]);
  }));

test("a list that the person lost goes with its todos and with what was overwritten in it", () =>
  newDatabase(async (database) => {
    const change = { seq: 1, at, todo: todo("now", 1), overwritten: { title: "before" } };
    await takeUpdates(database, [update(0, 1, [change])], memberships, none);
    expect(await database.count("overwritings")).toBe(1);
    await takeUpdates(database, [], new Map(), none);
    for (const store of ["lists", "todos", "overwritings"] as const)
      expect(await database.count(store)).toBe(0);
  }));

test("what was overwritten is there once, is put aside and stays until its time is over", () =>
  newDatabase(async (database) => {
    const change = { seq: 1, at, todo: todo("now", 1), overwritten: { title: "before" } };
    await takeUpdates(database, [update(0, 1, [change, change])], memberships, none);
    await markOverwritingsSeen(database);
    expect(await database.getAll("overwritings")).toMatchObject([{ listId, isSeen: true }]);
    await forgetOverwritings(database, at);
    expect(await database.count("overwritings")).toBe(1);
    await forgetOverwritings(database, "2026-11-21T03:00:00.001Z");
    expect(await database.count("overwritings")).toBe(0);
  }));

test("an accepted change stays until the copy holds it, and a refused one until it is read", () =>
  newDatabase(async (database) => {
    const entries = [entry(), entry(), entry()];
    const ns = await addEntries(database, entries);
    const [first, second] = entries.map(({ mutation }) => mutation.mutationId) as [string, string];
    const answered = await takeOutcomes(database, ns, [
      { mutationId: first, outcome: "accepted", seqs: { [listId]: 2 } },
      { mutationId: second, outcome: "refused", reason: "full" },
    ]);
    expect([...answered.values()].map(({ state }) => state)).toEqual(["accepted", "refused"]);
    await takeUpdates(database, [update(0, 1)], memberships, none);
    expect((await database.getAll("log")).map(({ state }) => state)).toEqual([
      "accepted",
      "refused",
      "waiting",
    ]);
    await takeUpdates(database, [update(1, 2)], memberships, none);
    expect((await database.getAll("log")).map(({ state }) => state)).toEqual(["refused", "waiting"]);
  }));

test("a database of the first version is opened with all that it holds", async () => {
  const name = databaseName(`acc_${++accounts}`);
  const change = { seq: 1, at, todo: todo("now", 1), overwritten: { title: "before" } };
  const first = await openDB(name, 1, {
    upgrade(database) {
      database.createObjectStore("lists", { keyPath: "list.listId" });
      database.createObjectStore("todos", { keyPath: ["listId", "todoId"] });
      database.createObjectStore("log", { keyPath: "n", autoIncrement: true });
      database.createObjectStore("overwritings", { autoIncrement: true });
      database.createObjectStore("meta");
    },
  });
  await first.add("log", { ...entry(), n: 7 });
  await first.add("overwritings", { listId, change });
  await first.add("overwritings", { listId, change });
  first.close();
  await new TodoDatabase(`acc_${accounts}`).run(async (database) => {
    expect((await database.getAll("log")).map(({ n }) => n)).toEqual([7]);
    expect(await database.getAll("overwritings")).toEqual([{ listId, change, isSeen: false }]);
  });
});
