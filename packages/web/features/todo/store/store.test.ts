import "fake-indexeddb/auto";
import { type ListId, newId } from "@haru/core/id";
import type { Change } from "@haru/core/todo/mutation.contract";
import { emptyContent, type List, type ListRole, type Todo } from "@haru/core/todo/todo.contract";
import { expect, test, vi } from "vitest";
import { TodoStore } from "./store.ts";
import type { ListUpdate } from "./transactions.ts";

const at = "2026-11-21T03:00:00.000Z";
const listId = newId("list", new Date(at));
const memberships = new Map<ListId, ListRole>([[listId, "owner"]]);
let accounts = 0;

async function opened(accountId: string): Promise<TodoStore> {
  const store = new TodoStore(accountId);
  await store.load();
  return store;
}

/** One browser with two tabs, which know the list as the server has it. */
async function twoTabs(task: (here: TodoStore, there: TodoStore) => Promise<void>): Promise<void> {
  const accountId = `acc_${++accounts}`;
  const here = await opened(accountId);
  await here.takeUpdates([update(0, 1, [todo("first", 1)])], memberships, new Set());
  const there = await opened(accountId);
  try {
    await task(here, there);
  } finally {
    await Promise.all([here.close(), there.close()]);
  }
}

function todo(title: string, seq: number): Todo {
  const stamps = { doneAt: null, createdAt: at, updatedAt: at, deletedAt: null, movedTo: null };
  return { ...emptyContent(title, "V"), ...stamps, listId, todoId: newId("todo", new Date(at)), seq };
}

function update(from: number, seq: number, todos: readonly Todo[]): ListUpdate {
  const list = { listId, name: "목록", color: "ink", memberCount: 1, createdAt: at, seq } as List;
  return { from, role: "owner", update: { list, seq, isWhole: false, todos, overwriting: [] } };
}

function creation(title: string): Change {
  const todoId = newId("todo", new Date(at));
  return { name: "todo.create", args: { listId, todoId, content: emptyContent(title, "W") } };
}

const titles = (store: TodoStore) =>
  store.getSnapshot().lists.flatMap(({ todos }) => todos.map(({ title }) => title));

test("a change is seen at once, in the other tab as soon as it is stored, and again after a restart", () =>
  twoTabs(async (here, there) => {
    here.change(creation("second"));
    expect(titles(here)).toEqual(["first", "second"]);
    await vi.waitFor(() => expect(titles(there)).toEqual(["first", "second"]));
    await here.settled();
    const again = await opened(here.accountId);
    expect(titles(again)).toEqual(["first", "second"]);
    expect(again.getSnapshot()).toMatchObject({ isLoaded: true, waiting: 1, unsaved: 0 });
    await again.close();
  }));

test("an accepted change never disappears on its way from the log into the copy", () =>
  twoTabs(async (here, there) => {
    const made = creation("second") as Extract<Change, { name: "todo.create" }>;
    const losses: string[] = [];
    for (const [name, tab] of Object.entries({ here, there })) {
      let wasSeen = false;
      tab.subscribe(() => {
        const isSeen = titles(tab).includes("second");
        if (wasSeen && !isSeen) losses.push(name);
        wasSeen ||= isSeen;
      });
    }
    here.change(made);
    await here.settled();
    const [entry] = here.log;
    const mutationId = entry?.mutation.mutationId as string;
    await here.takeOutcomes([{ mutationId, outcome: "accepted", seqs: { [listId]: 2 } }]);
    expect(here.getSnapshot().waiting).toBe(0);
    const taken = { ...todo("second", 2), position: "W", todoId: made.args.todoId };
    await here.takeUpdates([update(1, 2, [taken])], memberships, new Set([entry?.n as number]));
    await vi.waitFor(() => expect(there.copies.get(listId)?.seq).toBe(2));
    expect(here.log).toEqual([]);
    expect(losses).toEqual([]);
    expect([titles(here), titles(there)]).toEqual([
      ["first", "second"],
      ["first", "second"],
    ]);
  }));

test("what changes nothing of the todos leaves the lists the same objects", () =>
  twoTabs(async (here) => {
    const { lists } = here.getSnapshot();
    here.setSync("synced");
    expect(here.getSnapshot().sync).toBe("synced");
    expect(here.getSnapshot().lists).toBe(lists);
  }));
