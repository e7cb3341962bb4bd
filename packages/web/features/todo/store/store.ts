import { type DeviceId, type ListId, newId, type TodoId } from "@haru/core/id";
import type { Change, Mutation } from "@haru/core/todo/mutation.contract";
import type { Copy, Entry } from "@haru/core/todo/replica.contract";
import type { Outcome } from "@haru/core/todo/sync.contract";
import type { ListRole, Todo } from "@haru/core/todo/todo.contract";
import { type Overwriting, TodoDatabase, todosOf } from "./database.ts";
import { emptySnapshot, type Snapshot, type SyncState } from "./snapshot.ts";
import {
  addEntries,
  forgetOverwritings,
  type ListUpdate,
  markOverwritingsSeen,
  readStored,
  removeEntries,
  type Stored,
  takeOutcomes,
  takeUpdates,
} from "./transactions.ts";
import { type ViewedList, viewOf } from "./view.ts";

/** What other tabs are told: where to look again. */
type News = { readonly log: true } | { readonly listIds: readonly ListId[] } | { readonly sync: SyncState };

/** As long as the server's own log of a list. */
const historyMilliseconds = 30 * 24 * 60 * 60 * 1000;

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
  #lists: readonly ViewedList[] = [];
  #snapshot = emptySnapshot;
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
    });
    await this.#read();
    this.#isLoaded = true;
    this.#tellPage();
    const oldest = new Date(Date.now() - historyMilliseconds).toISOString();
    await this.#database.run((database) => forgetOverwritings(database, oldest));
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
      const stored = await this.#database.run((database) => addEntries(database, entries));
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
    this.#tellPage();
  }

  /** Writes the server's answers into the log. */
  async takeOutcomes(outcomes: readonly Outcome[]): Promise<void> {
    const answered = new Set(outcomes.map(({ mutationId }) => mutationId));
    const ns = this.#log.filter(({ mutation }) => answered.has(mutation.mutationId)).map(({ n }) => n);
    const now = await this.#database.run((database) => takeOutcomes(database, ns, outcomes));
    const gone = new Set(ns.filter((n) => !now.has(n)));
    this.#log = this.#log.filter(({ n }) => !gone.has(n)).map((entry) => now.get(entry.n) ?? entry);
    this.#notify();
    this.#tell({ log: true });
  }

  /** Stores what a pull brought, see `transactions.ts`. */
  async takeUpdates(
    updates: readonly ListUpdate[],
    memberships: ReadonlyMap<ListId, ListRole>,
    accepted: ReadonlySet<number>,
  ): Promise<void> {
    const { touched, stored } = await this.#database.run((database) =>
      takeUpdates(database, updates, memberships, accepted),
    );
    // A long list is not read again for each change of it: the page knows what it held and what came.
    const unread = new Set(touched);
    for (const { from, role, update } of updates) {
      const { listId } = update.list;
      const copy = this.#copies.get(listId);
      if (!touched.has(listId) || !copy || copy.seq !== from || update.isWhole) continue;
      const todos = new Map([...copy.todos, ...toMap(update.todos)]);
      this.#copies.set(listId, { list: update.list, role, seq: update.seq, todos });
      unread.delete(listId);
    }
    const copies = stored.rows.map((row) => this.#known(row, unread));
    if (copies.every((copy) => copy !== undefined)) this.#hold(stored, copies);
    else await this.#read(unread);
    this.#tell({ listIds: [...touched] });
  }

  /** Forgets what was refused, once the person has seen it. */
  async dismiss(ns: readonly number[]): Promise<void> {
    await this.#database.run((database) => removeEntries(database, ns));
    await this.#read();
    this.#tell({ log: true });
  }

  /** Puts aside what was overwritten. Its todos go on showing it in their history. */
  async dismissOverwritings(): Promise<void> {
    await this.#database.run(markOverwritingsSeen);
    await this.#read();
    this.#tell({ listIds: [] });
  }

  setSync(sync: SyncState): void {
    if (sync === this.#sync) return;
    this.#sync = sync;
    this.#tellPage();
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
      this.#tellPage();
      return;
    }
    await this.#read("listIds" in news ? new Set(news.listIds) : undefined);
    for (const listener of this.#onWork) listener();
  }

  /**
   * Reads what is stored, as it was at one moment: a change leaves the log as it enters a copy, and whoever
   * read one before the other would show it undone in between.
   * @param touched lists whose todos are read even when their numbers are as they were
   */
  async #read(touched: ReadonlySet<ListId> = new Set()): Promise<void> {
    await this.#database.run(async (database) => {
      const transaction = database.transaction(["lists", "todos", "log", "overwritings"]);
      const todos = transaction.objectStore("todos");
      const stored = await readStored(transaction);
      const copies = await Promise.all(
        stored.rows.map(
          async (row): Promise<Copy> =>
            this.#known(row, touched) ?? {
              ...row,
              todos: toMap(await todos.getAll(todosOf(row.list.listId))),
            },
        ),
      );
      this.#hold(stored, copies);
    });
  }

  /** The copy of a list, where its todos need not be read for it. */
  #known({ list, seq }: Omit<Copy, "todos">, touched: ReadonlySet<ListId>): Copy | undefined {
    const known = this.#copies.get(list.listId);
    return known?.seq === seq && !touched.has(list.listId) ? known : undefined;
  }

  #hold({ log, overwritings }: Stored, copies: readonly Copy[]): void {
    this.#copies = new Map(copies.map((copy) => [copy.list.listId, copy]));
    this.#log = [...log];
    this.#overwritings = [...overwritings].sort(byTime);
    this.#notify();
  }

  /** After todos have changed. */
  #notify(): void {
    this.#lists = viewOf(this.#copies, [...this.#log, ...this.#fresh], this.#lists);
    this.#tellPage();
  }

  /** After something else has: the lists stay the same objects, so that the page does not look at them again. */
  #tellPage(): void {
    const isWaiting = ({ state }: Entry) => state === "waiting";
    this.#snapshot = {
      isLoaded: this.#isLoaded,
      lists: this.#lists,
      waiting: this.#log.filter(isWaiting).length + this.#fresh.length,
      unsaved: this.#unsaved.size,
      refused: this.#log.filter(({ state }) => state === "refused"),
      overwritings: this.#overwritings,
      sync: this.#sync,
    };
    for (const listener of this.#listeners) listener();
  }
}

function byTime(a: Overwriting, b: Overwriting): number {
  return a.change.at < b.change.at ? -1 : 1;
}

function toMap(todos: readonly Todo[]): ReadonlyMap<TodoId, Todo> {
  return new Map(todos.map((todo) => [todo.todoId, todo]));
}
