import type { ListId } from "@haru/core/id";
import {
  type Copy,
  type CopyUpdate,
  type Entry,
  isReflected,
  withOutcome,
} from "@haru/core/todo/replica.contract";
import type { Outcome } from "@haru/core/todo/sync.contract";
import type { ListRole } from "@haru/core/todo/todo.contract";
import type { IDBPTransaction } from "idb";
import { type Database, type Overwriting, overwritingsOf, type Schema, todosOf } from "./database.ts";

/*
 * What the store writes, each in one transaction, so that a browser that is killed in between has
 * done all of it or nothing.
 */

/** What a pull brought for one list. */
export interface ListUpdate {
  /** The number that the copy had when the pull was asked. */
  readonly from: number;
  readonly role: ListRole;
  readonly update: CopyUpdate;
}

/** Stores changes that the person made. @returns their numbers in the log */
export async function addEntries(database: Database, entries: readonly Entry[]): Promise<readonly number[]> {
  const transaction = database.transaction("log", "readwrite");
  const ns = entries.map(({ n: _, ...entry }) => transaction.store.add(entry));
  await transaction.done;
  return Promise.all(ns);
}

/**
 * Writes the server's answers into the log.
 * @param ns the entries that were answered: a log of thousands is not read for each hundred of them
 * @returns the entries as they are now, without those that have done their work
 */
export async function takeOutcomes(
  database: Database,
  ns: readonly number[],
  outcomes: readonly Outcome[],
): Promise<ReadonlyMap<number, Entry>> {
  const byId = new Map(outcomes.map((outcome) => [outcome.mutationId, outcome]));
  const transaction = database.transaction(["log", "lists"], "readwrite");
  const log = transaction.objectStore("log");
  const seqOf = await readSeqs(transaction.objectStore("lists").getAll());
  const rows = await Promise.all(ns.map((n) => log.get(n)));
  const answered = new Map<number, Entry>();
  for (const row of rows as (Entry | undefined)[]) {
    const outcome = row && byId.get(row.mutation.mutationId);
    if (!outcome) continue;
    const next = withOutcome(row, outcome);
    if (isReflected(next, seqOf)) void log.delete(row.n);
    else {
      void log.put(next);
      answered.set(row.n, next);
    }
  }
  await transaction.done;
  return answered;
}

/** What is stored, but for the todos. */
export interface Stored {
  readonly rows: readonly Omit<Copy, "todos">[];
  readonly log: readonly Entry[];
  readonly overwritings: readonly Overwriting[];
}

/**
 * Stores what a pull brought, only where the copies still are what the pull was asked for: another
 * tab may have been faster. Lists that the person lost go with all that was kept of them.
 * @param accepted the entries that were accepted before the pull was asked
 * @returns the lists that are other than before, and what is stored now
 */
export async function takeUpdates(
  database: Database,
  updates: readonly ListUpdate[],
  memberships: ReadonlyMap<ListId, ListRole>,
  accepted: ReadonlySet<number>,
): Promise<{ readonly touched: ReadonlySet<ListId>; readonly stored: Stored }> {
  const touched = new Set<ListId>();
  const transaction = database.transaction(["lists", "todos", "log", "overwritings"], "readwrite");
  const lists = transaction.objectStore("lists");
  const todos = transaction.objectStore("todos");
  const log = transaction.objectStore("log");
  const overwritings = transaction.objectStore("overwritings");
  // Each question to the database takes its time, and somebody waits for what came: they are asked together.
  const [rows, entries] = await Promise.all([lists.getAll(), log.getAll()]);
  const seqs = new Map<string, number>();
  for (const row of rows) {
    const { listId } = row.list;
    const role = memberships.get(listId);
    if (role) seqs.set(listId, row.seq);
    if (role === row.role) continue;
    touched.add(listId);
    if (role) void lists.put({ ...row, role });
    else {
      void lists.delete(listId);
      void todos.delete(todosOf(listId));
      void overwritings.delete(overwritingsOf(listId));
    }
  }
  for (const { from, role, update } of updates) {
    const { listId } = update.list;
    if ((seqs.get(listId) ?? 0) !== from) continue;
    touched.add(listId);
    seqs.set(listId, update.seq);
    if (update.isWhole) void todos.delete(todosOf(listId));
    for (const todo of update.todos) void todos.put(todo);
    void lists.put({ list: update.list, role, seq: update.seq });
    for (const change of update.overwriting) void overwritings.put({ listId, change, isSeen: false });
  }
  for (const row of entries as Entry[]) {
    const isOver =
      accepted.has(row.n) && !Object.keys(row.seqs ?? {}).some((id) => memberships.has(id as ListId));
    if (isOver || isReflected(row, (listId) => seqs.get(listId))) void log.delete(row.n);
  }
  const stored = await readStored(transaction);
  await transaction.done;
  return { touched, stored };
}

/** Reads what is stored, as it is at one moment of a transaction. */
export async function readStored(
  transaction: IDBPTransaction<Schema, ("lists" | "todos" | "log" | "overwritings")[], IDBTransactionMode>,
): Promise<Stored> {
  const [rows, log, overwritings] = await Promise.all([
    transaction.objectStore("lists").getAll(),
    transaction.objectStore("log").getAll(),
    transaction.objectStore("overwritings").getAll(),
  ]);
  return { rows, log: log as Entry[], overwritings };
}

/** Forgets entries of the log. */
export async function removeEntries(database: Database, ns: readonly number[]): Promise<void> {
  const transaction = database.transaction("log", "readwrite");
  for (const n of ns) void transaction.store.delete(n);
  await transaction.done;
}

/** Takes it down that the person has seen what was overwritten. It stays in the history of its todo. */
export async function markOverwritingsSeen(database: Database): Promise<void> {
  const transaction = database.transaction("overwritings", "readwrite");
  for (const one of await transaction.store.getAll())
    if (!one.isSeen) void transaction.store.put({ ...one, isSeen: true });
  await transaction.done;
}

/** Forgets what was overwritten before a time, so that the history does not grow for ever. */
export async function forgetOverwritings(database: Database, before: string): Promise<void> {
  const transaction = database.transaction("overwritings", "readwrite");
  for (const { listId, change } of await transaction.store.getAll())
    if (change.at < before) void transaction.store.delete([listId, change.seq]);
  await transaction.done;
}

async function readSeqs(reading: Promise<readonly Omit<Copy, "todos">[]>) {
  const seqs = new Map<string, number>((await reading).map(({ list, seq }) => [list.listId, seq]));
  return (listId: string) => seqs.get(listId);
}
