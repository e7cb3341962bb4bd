import type { ListId, TodoId } from "../id.ts";
import { changeTodo, listsOf, type Mutation, movedTodo, type TodoChange } from "./mutation.contract.ts";
import type { ListDelta, LoggedChange, Outcome, Refusal } from "./sync.contract.ts";
import type { List, ListRole, Todo } from "./todo.contract.ts";

/*
 * What a device must do for the guarantees of docs/sync.md to hold, apart from where it stores
 * things: the site keeps its copies in IndexedDB, the property test in memory.
 */

/** One mutation in a device's log, in the order in which the person made them. */
export interface Entry {
  /** Grows from entry to entry. */
  readonly n: number;
  readonly mutation: Mutation;
  readonly madeAt: string;
  /** `accepted` ones stay until the device's copy contains them, `refused` ones until the person has seen them. */
  readonly state: "waiting" | "accepted" | "refused";
  readonly seqs?: Readonly<Record<string, number>>;
  readonly reason?: Refusal;
}

/** A list as the server last told it. */
export interface Copy {
  readonly list: List;
  readonly role: ListRole;
  /** All changes up to this number are in it. */
  readonly seq: number;
  readonly todos: ReadonlyMap<TodoId, Todo>;
}

/** What a delta does to a copy: to be stored whole or not at all. */
export interface CopyUpdate {
  readonly list: List;
  readonly seq: number;
  /** The todos replace all others of the list. */
  readonly isWhole: boolean;
  readonly todos: readonly Todo[];
  /** Changes that replaced what their device had not seen. */
  readonly overwriting: readonly LoggedChange[];
}

/** Writes the server's answer into an entry. An entry that was answered before keeps that answer. */
export function withOutcome(entry: Entry, outcome: Outcome): Entry {
  if (entry.state !== "waiting") return entry;
  return outcome.outcome === "accepted"
    ? { ...entry, state: "accepted", seqs: outcome.seqs }
    : { ...entry, state: "refused", reason: outcome.reason };
}

/**
 * Whether an accepted entry has done its work: every list that it touched is copied up to it.
 * Dropped any earlier, the person would see the change undone until the next pull.
 */
export function isReflected(entry: Entry, seqOf: (listId: string) => number | undefined): boolean {
  if (entry.state !== "accepted") return false;
  return Object.entries(entry.seqs ?? {}).every(([listId, seq]) => (seqOf(listId) ?? 0) >= seq);
}

/** An answer that was asked from another state than the device is in says nothing: it came late. */
export function updateOf(copy: Copy | undefined, delta: ListDelta): CopyUpdate | undefined {
  if (delta.from !== (copy?.seq ?? 0)) return undefined;
  const { list, to } = delta;
  if (delta.kind === "snapshot") {
    return { list, seq: to, isWhole: true, todos: delta.todos, overwriting: [] };
  }
  const newest = new Map<TodoId, Todo>();
  for (const { todo } of delta.changes) {
    // A snapshot may have brought a newer state of it than the log has reached.
    const known = todo && (newest.get(todo.todoId) ?? copy?.todos.get(todo.todoId));
    if (todo && todo.seq > (known?.seq ?? -1)) newest.set(todo.todoId, todo);
  }
  const overwriting = delta.changes.filter(({ overwritten }) => overwritten !== undefined);
  return { list, seq: to, isWhole: false, todos: [...newest.values()], overwriting };
}

/** The device's own changes over its copies: only what they touch, so that it costs no more than they are. */
export interface Overlay {
  /** By `listId/todoId`. */
  readonly todos: ReadonlyMap<string, Todo>;
  /** Null for a list that was deleted here. */
  readonly lists: ReadonlyMap<ListId, Pick<List, "listId" | "name" | "color"> | null>;
}

/** Makes the changes of the log again, over whatever the copies have become since. */
export function overlayOf(copies: ReadonlyMap<ListId, Copy>, log: readonly Entry[]): Overlay {
  const todos = new Map<string, Todo>();
  const lists = new Map<ListId, Pick<List, "listId" | "name" | "color"> | null>();
  const find = (listId: ListId, todoId: TodoId) =>
    todos.get(`${listId}/${todoId}`) ?? copies.get(listId)?.todos.get(todoId);
  const put = (todo: Todo) => todos.set(`${todo.listId}/${todo.todoId}`, todo);
  for (const entry of log) {
    if (entry.state === "refused") continue;
    const { mutation, madeAt } = entry;
    if (mutation.name === "list.create" || mutation.name === "list.update") {
      const known = lists.get(mutation.args.listId) ?? copies.get(mutation.args.listId)?.list;
      if (isContained(entry, copies, mutation.args.listId)) continue;
      if (mutation.name === "list.create") lists.set(mutation.args.listId, known ?? mutation.args);
      else if (known) lists.set(mutation.args.listId, { ...known, ...defined(mutation.args.patch) });
    } else if (mutation.name === "list.delete") {
      lists.set(mutation.args.listId, null);
    } else if (mutation.name === "list.restore") {
      lists.delete(mutation.args.listId);
    } else {
      changeOverlay(entry, mutation, find, put, copies, madeAt);
    }
  }
  return { todos, lists };
}

function changeOverlay(
  entry: Entry,
  change: TodoChange,
  find: (listId: ListId, todoId: TodoId) => Todo | undefined,
  put: (todo: Todo) => void,
  copies: ReadonlyMap<ListId, Copy>,
  at: string,
): void {
  const { listId, todoId } = change.args;
  const before = find(listId, todoId);
  if (!isContained(entry, copies, listId, todoId)) {
    const after = changeTodo(before, change, at);
    if (after) put(after);
  }
  if (change.name !== "todo.move" || !before) return;
  if (isContained(entry, copies, change.args.toListId, todoId)) return;
  put(movedTodo(before, change, at));
}

/** Whether the copy has the entry's change already; made again, it would hide what came after it. */
function isContained(
  { seqs }: Entry,
  copies: ReadonlyMap<ListId, Copy>,
  listId: ListId,
  todoId?: TodoId,
): boolean {
  const seq = seqs?.[listId];
  const copy = copies.get(listId);
  if (seq === undefined || !copy) return false;
  const todo = todoId === undefined ? undefined : copy.todos.get(todoId);
  return copy.seq >= seq || (todo !== undefined && todo.seq >= seq);
}

function defined<T extends object>(patch: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return patch as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** The mutations to send next, in their order. */
export function waitingOf(log: readonly Entry[], most: number): readonly Mutation[] {
  return log
    .filter(({ state }) => state === "waiting")
    .slice(0, most)
    .map(({ mutation }) => mutation);
}

/** The entries that concern a list. */
export function entriesOf(log: readonly Entry[], listId: ListId): readonly Entry[] {
  return log.filter(({ mutation }) => listsOf(mutation).includes(listId));
}
