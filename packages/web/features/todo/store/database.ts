import type { ListId, TodoId } from "@haru/core/id";
import type { Copy, Entry } from "@haru/core/todo/replica.contract";
import type { LoggedChange } from "@haru/core/todo/sync.contract";
import type { Todo } from "@haru/core/todo/todo.contract";
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from "idb";
import { databaseName } from "./forget.ts";

/** A change of another device that replaced what this person had not seen replaced. */
export interface Overwriting {
  readonly listId: ListId;
  readonly change: LoggedChange;
  /** The person was told of it and has put it aside. */
  readonly isSeen: boolean;
}

export interface Schema extends DBSchema {
  lists: { key: ListId; value: Omit<Copy, "todos"> };
  todos: { key: [ListId, TodoId]; value: Todo };
  /** The person's own changes in their order. The database numbers them, so that tabs agree. */
  log: { key: number; value: Omit<Entry, "n"> & { n?: number } };
  overwritings: { key: [ListId, number]; value: Overwriting };
  /** The device's id stands beside its log: were one lost without the other, numbers could come twice. */
  meta: { key: "deviceId"; value: string };
}

export type Database = IDBPDatabase<Schema>;

/** Errors that say that the browser closed the database under an open page, as phones do in the background. */
const closedNames = ["InvalidStateError", "UnknownError", "AbortError"];

/**
 * The database of one account on this browser. It opens again by itself after the browser
 * closed it, and steps aside for a newer version of the app in another tab.
 */
export class TodoDatabase {
  readonly #name: string;
  #open: Promise<Database> | undefined;

  constructor(accountId: string) {
    this.#name = databaseName(accountId);
  }

  /** Runs something on the database, and once more when the browser had closed it. */
  async run<Result>(task: (database: Database) => Promise<Result>): Promise<Result> {
    try {
      return await task(await this.#opened());
    } catch (error) {
      if (!(error instanceof DOMException) || !closedNames.includes(error.name)) throw error;
      this.#open = undefined;
      return task(await this.#opened());
    }
  }

  async close(): Promise<void> {
    (await this.#open)?.close();
    this.#open = undefined;
  }

  #opened(): Promise<Database> {
    const forget = () => {
      this.#open = undefined;
    };
    this.#open ??= openDB<Schema>(this.#name, 2, {
      upgrade: (database, version, _, transaction) => upgrade(database, version, transaction),
      // Deleted: the person signed out. Otherwise a newer version of the app waits to change it.
      blocking: (_, nextVersion) => (nextVersion === null ? location.reload() : void this.close()),
      terminated: forget,
    });
    this.#open.catch(forget);
    return this.#open;
  }
}

/** Brings a database from any earlier version to this one, with all that it holds. */
async function upgrade(
  database: Database,
  version: number,
  transaction: IDBPTransaction<Schema, StoreNames<Schema>[], "versionchange">,
): Promise<void> {
  if (version < 1) {
    database.createObjectStore("lists", { keyPath: "list.listId" });
    database.createObjectStore("todos", { keyPath: ["listId", "todoId"] });
    database.createObjectStore("log", { keyPath: "n", autoIncrement: true });
    database.createObjectStore("meta");
  }
  if (version < 2) {
    // The first version numbered them: one that was told twice was there twice.
    const earlier = version < 1 ? [] : await transaction.objectStore("overwritings").getAll();
    if (version === 1) database.deleteObjectStore("overwritings");
    const store = database.createObjectStore("overwritings", { keyPath: ["listId", "change.seq"] });
    for (const one of earlier) await store.put({ ...one, isSeen: false });
  }
}

/** The key range of all that was overwritten in a list. */
export function overwritingsOf(listId: ListId): IDBKeyRange {
  return IDBKeyRange.bound([listId], [listId, []]);
}

/** The key range of all todos of a list. */
export function todosOf(listId: ListId): IDBKeyRange {
  return IDBKeyRange.bound([listId], [listId, []]);
}
