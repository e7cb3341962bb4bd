import type { DeviceId, ListId, TodoId } from "../src/id.ts";
import type { Change, Mutation } from "../src/todo/mutation.contract.ts";
import {
  type Copy,
  type CopyUpdate,
  type Entry,
  isReflected,
  overlayOf,
  updateOf,
  waitingOf,
  withOutcome,
} from "../src/todo/replica.contract.ts";
import type { ListDelta, Outcome } from "../src/todo/sync.contract.ts";
import type { ListRole, Todo } from "../src/todo/todo.contract.ts";

export interface Cursor {
  readonly listId: ListId;
  readonly seq: number;
  readonly next?: string;
}

export interface PullAnswer {
  readonly memberships: readonly { readonly listId: ListId; readonly role: ListRole }[];
  readonly deltas: readonly ListDelta[];
  readonly hasMore: boolean;
}

/** The rules of `replica.contract.ts`, of which a test may take one away. */
export interface Rules {
  readonly isReflected: typeof isReflected;
  readonly updateOf: typeof updateOf;
}
export const allRules: Rules = { isReflected, updateOf };

/** A device that follows the rules of `replica.contract.ts`, in memory. */
export class Device {
  readonly deviceId: DeviceId;
  log: Entry[] = [];
  copies = new Map<ListId, Copy>();
  /** Parts of snapshots that have not come to their end. Lost in a crash, as it should be. */
  parts = new Map<ListId, { todos: Todo[]; next: string | undefined }>();
  readonly #rules: Rules;
  #n = 0;

  constructor(deviceId: DeviceId, rules = allRules) {
    this.deviceId = deviceId;
    this.#rules = rules;
  }

  make(change: Change, mutationId: Mutation["mutationId"], madeAt: string): void {
    const seen = this.copies.get(change.args.listId)?.seq ?? 0;
    const mutation = { ...change, mutationId, seen } as Mutation;
    this.log.push({ n: ++this.#n, mutation, madeAt, state: "waiting" });
  }

  batch(most: number): readonly Mutation[] {
    return waitingOf(this.log, most);
  }

  takeOutcomes(outcomes: readonly Outcome[]): void {
    const byId = new Map(outcomes.map((outcome) => [outcome.mutationId, outcome]));
    this.log = this.log.map((entry) => {
      const outcome = byId.get(entry.mutation.mutationId);
      return outcome ? withOutcome(entry, outcome) : entry;
    });
    this.forgetReflected();
  }

  /** What a pull asks, and which entries were accepted before it asked. */
  question(): { lists: Cursor[]; accepted: ReadonlySet<number> } {
    const accepted = this.log.filter(({ state }) => state === "accepted").map(({ n }) => n);
    const listIds = new Set([...this.copies.keys(), ...this.parts.keys()]);
    const lists = [...listIds].map((listId) => {
      const next = this.parts.get(listId)?.next;
      return { listId, seq: this.copies.get(listId)?.seq ?? 0, ...(next ? { next } : {}) };
    });
    return { lists, accepted: new Set(accepted) };
  }

  takeAnswer({ memberships, deltas }: PullAnswer, accepted: ReadonlySet<number>): void {
    const mine = new Map(memberships.map(({ listId, role }) => [listId, role]));
    for (const listId of this.copies.keys()) if (!mine.has(listId)) this.forget(listId);
    for (const delta of deltas) {
      const whole = this.assemble(delta);
      const update = whole && this.#rules.updateOf(this.copies.get(delta.list.listId), whole);
      if (update) this.apply(update, mine.get(update.list.listId) ?? "viewer");
    }
    this.log = this.log.filter(
      (entry) =>
        !accepted.has(entry.n) || Object.keys(entry.seqs ?? {}).some((listId) => mine.has(listId as ListId)),
    );
    this.forgetReflected();
  }

  /** Every todo as the person sees it. */
  view(listId: ListId): Map<TodoId, Todo> {
    const { todos } = overlayOf(this.copies, this.log);
    const seen = new Map(this.copies.get(listId)?.todos);
    for (const todo of todos.values()) if (todo.listId === listId) seen.set(todo.todoId, todo);
    return seen;
  }

  crash(): void {
    this.parts.clear();
  }

  private forget(listId: ListId): void {
    this.copies.delete(listId);
    this.parts.delete(listId);
  }

  private assemble(delta: ListDelta): ListDelta | undefined {
    if (delta.kind === "changes") return delta;
    const { listId } = delta.list;
    const part = delta.isFirst ? { todos: [], next: undefined } : this.parts.get(listId);
    if (!part) return undefined;
    const todos = [...part.todos, ...delta.todos];
    if (delta.next !== undefined) {
      this.parts.set(listId, { todos, next: delta.next });
      return undefined;
    }
    this.parts.delete(listId);
    return { ...delta, todos };
  }

  private apply({ list, seq, isWhole, todos }: CopyUpdate, role: ListRole): void {
    const next = new Map(isWhole ? [] : this.copies.get(list.listId)?.todos);
    for (const todo of todos) next.set(todo.todoId, todo);
    this.copies.set(list.listId, { list, role, seq, todos: next });
  }

  private forgetReflected(): void {
    const seqOf = (listId: string) => this.copies.get(listId as ListId)?.seq;
    this.log = this.log.filter((entry) => !this.#rules.isReflected(entry, seqOf));
  }
}
