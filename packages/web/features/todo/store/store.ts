import { type DeviceId, type ListId, newId, type TodoId } from "@haru/core/id";
import type { Change, Mutation } from "@haru/core/todo/mutation.contract";
import {
  type Copy,
  type CopyUpdate,
  type Entry,
  isReflected,
  withOutcome,
} from "@haru/core/todo/replica.contract";
import type { Outcome } from "@haru/core/todo/sync.contract";
import type { ListRole, Todo } from "@haru/core/todo/todo.contract";
import { type Database, type Overwriting, TodoDatabase, todosOf } from "./database.ts";
import { type ViewedList, viewOf } from "./view.ts";

/** How things stand between this device and the server. Never better than they are. */
export type SyncState = "starting" | "offline" | "syncing" | "synced" | "signed_out" | "trouble";

export interface Snapshot {
  /** False until what this browser keeps was read. */
  readonly isLoaded: boolean;
  readonly lists: readonly ViewedList[];
  /** Changes that the server has not answered. */
  readonly waiting: number;
  /** Changes that this browser could not store: they live as long as the page. */
  readonly unsaved: number;
  readonly refused: readonly Entry[];
  readonly overwritings: readonly Overwriting[];
  readonly sync: SyncState;
}

/** What other tabs are told: where to look again. */
type News = { readonly log: true } | { readonly listIds: readonly ListId[] } | { readonly sync: SyncState };

const nothing: Snapshot = {
  isLoaded: false,
  lists: [],
  waiting: 0,
  unsaved: 0,
  refused: [],
  overwritings: [],
  sync: "starting",
};

/**
 * The todos of one account on this browser: what the server last told, and the person's own
 * changes in their order. A change is seen at once, stored a moment later, and sent when there is
 * a way. Tabs share the database and tell each other where to look again.
 */
export class TodoStore {
  readonly accountId: string;
  readonly #database: TodoDatabase;
  readonly #channel: BroadcastChannel;
  readonly #listeners = new Set<() => void>();
  readonly #onWork = new Set<() => void>();
  #deviceId: DeviceId = newId("device", new Date());
  #copies = new Map<ListId, Copy>();
  #log: Entry[] = [];
  /** Made here and not yet stored, in their order. */
  #fresh: Entry[] = [];
  #unsaved = new Set<string>();
  #overwritings: readonly Overwriting[] = [];
  #sync: SyncState = "starting";
  #isLoaded = false;
  #isClosed = false;
  #snapshot = nothing;
  #writes: Promise<void> = Promise.resolve();

  constructor(accountId: string) {
    this.accountId = accountId;
    this.#database = new TodoDatabase(accountId);
    this.#channel = new BroadcastChannel(`haru-todo:${accountId}`);
    this.#channel.onmessage = ({ data }: MessageEvent<News>) => void this.#hear(data);
  }

  get deviceId(): DeviceId {
    return this.#deviceId;
  }

  get copies(): ReadonlyMap<ListId, Copy> {
    return this.#copies;
  }

  get log(): readonly Entry[] {
    return this.#log;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): Snapshot => this.#snapshot;

  /** Calls whenever there is something to send. */
  onWork(listener: () => void): () => void {
    this.#onWork.add(listener);
    return () => this.#onWork.delete(listener);
  }

  /** Has whoever keeps this store in step, in whichever tab, look at the server now. */
  work(): void {
    for (const listener of this.#onWork) listener();
    this.#tell({ log: true });
  }

  async load(): Promise<void> {
    await this.#database.run(async (database) => {
      const known = (await database.get("meta", "deviceId")) as DeviceId | undefined;
      if (known) this.#deviceId = known;
      else await database.put("meta", this.#deviceId, "deviceId");
      const [lists, todos, overwritings] = await Promise.all([
        database.getAll("lists"),
        database.getAll("todos"),
        database.getAll("overwritings"),
      ]);
      const byList = Map.groupBy(todos, ({ listId }) => listId);
      this.#copies = new Map(
        lists.map((row) => [row.list.listId, { ...row, todos: toMap(byList.get(row.list.listId) ?? []) }]),
      );
      this.#overwritings = overwritings;
      this.#log = (await database.getAll("log")) as Entry[];
    });
    this.#isLoaded = true;
    this.#notify();
  }

  /** Makes a change: seen at once, stored in the order of the calls. */
  change(...changes: readonly Change[]): void {
    const madeAt = new Date().toISOString();
    const entries = changes.map((change): Entry => {
      const seen = this.#copies.get(change.args.listId)?.seq ?? 0;
      const mutation = { ...change, mutationId: newId("mutation", new Date()), seen } as Mutation;
      return { n: 0, mutation, madeAt, state: "waiting" };
    });
    this.#fresh.push(...entries);
    this.#notify();
    this.#writes = this.#writes.then(() => this.#store(entries));
  }

  /** Waits until everything made so far is stored or known to be unsaved. */
  settled(): Promise<void> {
    return this.#writes;
  }

  /** Tries again to store what could not be stored. */
  retryUnsaved(): void {
    const entries = this.#fresh.filter(({ mutation }) => this.#unsaved.has(mutation.mutationId));
    this.#writes = this.#writes.then(() => this.#store(entries));
  }

  /** "Saved" is said when the transaction is complete, and not before. */
  async #store(entries: readonly Entry[]): Promise<void> {
    try {
      const stored = await this.#database.run(async (database) => {
        const transaction = database.transaction("log", "readwrite");
        const ns = entries.map(({ n: _, ...entry }) => transaction.store.add(entry));
        await transaction.done;
        return Promise.all(ns);
      });
      const ids = new Set<string>(entries.map(({ mutation }) => mutation.mutationId));
      this.#fresh = this.#fresh.filter(({ mutation }) => !ids.has(mutation.mutationId));
      const numbered = entries.map((entry, index) => ({ ...entry, n: stored[index] as number }));
      const known = new Set(this.#log.map(({ n }) => n));
      this.#log = [...this.#log, ...numbered.filter(({ n }) => !known.has(n))].sort((a, b) => a.n - b.n);
      for (const id of ids) this.#unsaved.delete(id);
      this.#tell({ log: true });
      for (const listener of this.#onWork) listener();
    } catch (error) {
      // The disk is full, or the browser keeps no data: the page shows it and keeps the change as long as it lives.
      console.warn("A change could not be stored on this device.", error);
      for (const { mutation } of entries) this.#unsaved.add(mutation.mutationId);
    }
    this.#notify();
  }

  /** Writes the server's answers into the log. */
  async takeOutcomes(outcomes: readonly Outcome[]): Promise<void> {
    const byId = new Map(outcomes.map((outcome) => [outcome.mutationId, outcome]));
    await this.#database.run(async (database) => {
      const transaction = database.transaction(["log", "lists"], "readwrite");
      const rows = (await transaction.objectStore("log").getAll()) as Entry[];
      const seqOf = await readSeqs(transaction.objectStore("lists").getAll());
      for (const row of rows) {
        const outcome = byId.get(row.mutation.mutationId);
        if (!outcome) continue;
        const next = withOutcome(row, outcome);
        if (isReflected(next, seqOf)) void transaction.objectStore("log").delete(row.n);
        else void transaction.objectStore("log").put(next);
      }
      await transaction.done;
    });
    await this.#readLog();
    this.#tell({ log: true });
  }

  /**
   * Stores what a pull brought, in one transaction and only where the copies still are what the
   * pull was asked for: another tab may have been faster.
   * @param accepted the entries that were accepted before the pull was asked
   */
  async takeUpdates(
    updates: readonly { readonly from: number; readonly role: ListRole; readonly update: CopyUpdate }[],
    memberships: ReadonlyMap<ListId, ListRole>,
    accepted: ReadonlySet<number>,
  ): Promise<void> {
    const touched = new Set<ListId>();
    await this.#database.run(async (database) => {
      const transaction = database.transaction(["lists", "todos", "log", "overwritings"], "readwrite");
      const lists = transaction.objectStore("lists");
      const todos = transaction.objectStore("todos");
      for (const row of await lists.getAll()) {
        const { listId } = row.list;
        const role = memberships.get(listId);
        if (role === row.role) continue;
        touched.add(listId);
        if (role) void lists.put({ ...row, role });
        else {
          void lists.delete(listId);
          void todos.delete(todosOf(listId));
        }
      }
      for (const { from, role, update } of updates) {
        const { listId } = update.list;
        if (((await lists.get(listId))?.seq ?? 0) !== from) continue;
        touched.add(listId);
        if (update.isWhole) void todos.delete(todosOf(listId));
        for (const todo of update.todos) void todos.put(todo);
        void lists.put({ list: update.list, role, seq: update.seq });
        for (const change of update.overwriting)
          void transaction.objectStore("overwritings").add({ listId, change });
      }
      const seqOf = await readSeqs(lists.getAll());
      for (const row of (await transaction.objectStore("log").getAll()) as Entry[]) {
        const isOver =
          accepted.has(row.n) && !Object.keys(row.seqs ?? {}).some((id) => memberships.has(id as ListId));
        if (isOver || isReflected(row, seqOf)) void transaction.objectStore("log").delete(row.n);
      }
      await transaction.done;
    });
    await Promise.all([this.#readLists([...touched]), this.#readLog()]);
    this.#tell({ listIds: [...touched] });
  }

  /** Forgets what was refused, once the person has seen it. */
  async dismiss(ns: readonly number[]): Promise<void> {
    await this.#database.run(async (database) => {
      const transaction = database.transaction("log", "readwrite");
      for (const n of ns) void transaction.store.delete(n);
      await transaction.done;
    });
    await this.#readLog();
    this.#tell({ log: true });
  }

  async dismissOverwritings(): Promise<void> {
    await this.#database.run((database) => database.clear("overwritings"));
    this.#overwritings = [];
    this.#notify();
    this.#tell({ listIds: [] });
  }

  setSync(sync: SyncState): void {
    if (sync === this.#sync) return;
    this.#sync = sync;
    this.#notify();
    this.#tell({ sync });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#channel.close();
    await this.#database.close();
  }

  /** An answer may still be on its way when the page has let go of the store: then there is nobody to tell. */
  #tell(news: News): void {
    if (!this.#isClosed) this.#channel.postMessage(news);
  }

  async #hear(news: News): Promise<void> {
    if ("sync" in news) {
      this.#sync = news.sync;
      this.#notify();
      return;
    }
    if ("listIds" in news) await this.#readLists(news.listIds);
    await this.#readLog();
    for (const listener of this.#onWork) listener();
  }

  async #readLists(listIds: readonly ListId[]): Promise<void> {
    await this.#database.run(async (database) => {
      for (const listId of listIds) {
        const transaction = database.transaction(["lists", "todos"]);
        const [row, todos] = await Promise.all([
          transaction.objectStore("lists").get(listId),
          transaction.objectStore("todos").getAll(todosOf(listId)),
        ]);
        if (row) this.#copies.set(listId, { ...row, todos: toMap(todos) });
        else this.#copies.delete(listId);
      }
      this.#overwritings = await database.getAll("overwritings");
    });
    this.#notify();
  }

  async #readLog(): Promise<void> {
    this.#log = (await this.#database.run((database: Database) => database.getAll("log"))) as Entry[];
    this.#notify();
  }

  #notify(): void {
    const log = [...this.#log, ...this.#fresh];
    this.#snapshot = {
      isLoaded: this.#isLoaded,
      lists: viewOf(this.#copies, log, this.#snapshot.lists),
      waiting: log.filter(({ state }) => state === "waiting").length,
      unsaved: this.#unsaved.size,
      refused: this.#log.filter(({ state }) => state === "refused"),
      overwritings: this.#overwritings,
      sync: this.#sync,
    };
    for (const listener of this.#listeners) listener();
  }
}

function toMap(todos: readonly Todo[]): ReadonlyMap<TodoId, Todo> {
  return new Map(todos.map((todo) => [todo.todoId, todo]));
}

async function readSeqs(reading: Promise<readonly Omit<Copy, "todos">[]>) {
  const seqs = new Map<string, number>((await reading).map(({ list, seq }) => [list.listId, seq]));
  return (listId: string) => seqs.get(listId);
}
