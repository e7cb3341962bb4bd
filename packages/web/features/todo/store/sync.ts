import { ApiError, type Client } from "@haru/core/client";
import type { ListId } from "@haru/core/id";
import type { Poke } from "@haru/core/realtime/realtime.contract";
import type { contracts } from "@haru/core/routes";
import { updateOf, waitingOf } from "@haru/core/todo/replica.contract";
import { type ListDelta, mostMutations, type Outcome } from "@haru/core/todo/sync.contract";
import type { Todo } from "@haru/core/todo/todo.contract";
import { openSocket } from "../../site/socket.ts";
import { hearPokes } from "./pokes.ts";
import type { TodoStore } from "./store.ts";

type Api = Pick<Client<typeof contracts>, "todo" | "realtime">;

/** Missed pokes are healed within this time, whatever happens. */
const slowMilliseconds = 60_000;
/** Somebody who makes one change makes another: what the server made of them is asked for together. */
const restMilliseconds = 300;
const firstRetryMilliseconds = 1_000;
const longestRetryMilliseconds = 60_000;

/**
 * Keeps a store and the server in step. All tabs may call it: one of them holds the lock and
 * works, the others take its place when it goes.
 * @returns how to end it
 */
export function keepInStep(store: TodoStore, api: Api): () => void {
  const ended = new AbortController();
  const wait = () => new Promise<void>((resolve) => ended.signal.addEventListener("abort", () => resolve()));
  navigator.locks
    .request(`haru-todo:${store.accountId}`, { signal: ended.signal }, async () => {
      const stop = lead(store, api);
      await wait();
      stop();
    })
    .catch((error: Error) => {
      if (error.name !== "AbortError") console.warn("Todos are not kept in step.", error);
    });
  return () => ended.abort();
}

function lead(store: TodoStore, api: Api): () => void {
  const parts = new Map<ListId, { readonly todos: readonly Todo[]; readonly next: string }>();
  const pokes = hearPokes((listId) => store.copies.get(listId)?.seq ?? 0);
  let isRunning = false;
  let isWanted = false;
  let isEnded = false;
  let retryMilliseconds = firstRetryMilliseconds;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function wake(): void {
    isWanted = true;
    if (!isRunning && !isEnded) void run();
  }

  function onPoke(poke: Poke): void {
    if (pokes.hear(poke) && (!isRunning || poke.seq === 0)) wake();
  }

  async function run(): Promise<void> {
    isRunning = true;
    clearTimeout(timer);
    let nextMilliseconds = slowMilliseconds;
    try {
      while ((isWanted || pokes.areAhead()) && !isEnded) {
        isWanted = false;
        if (store.getSnapshot().sync !== "synced" || store.getSnapshot().waiting > 0)
          store.setSync("syncing");
        const outcomes = await push(store, api);
        nextMilliseconds = restMilliseconds;
        if (outcomes.length > 0 && pokes.areOnlyOwn(outcomes)) continue;
        pokes.forget();
        await pull(store, api, parts);
        nextMilliseconds = slowMilliseconds;
      }
      retryMilliseconds = firstRetryMilliseconds;
      store.setSync("synced");
    } catch (error) {
      store.setSync(stateAfter(error));
      nextMilliseconds = retryMilliseconds * (0.5 + Math.random());
      retryMilliseconds = Math.min(retryMilliseconds * 2, longestRetryMilliseconds);
    }
    isRunning = false;
    if (!isEnded) timer = setTimeout(wake, nextMilliseconds);
  }

  function retryNow(): void {
    retryMilliseconds = firstRetryMilliseconds;
    wake();
  }
  const onOffline = () => store.setSync("offline");
  const onVisible = () => document.visibilityState === "visible" && retryNow();
  const stopWork = store.onWork(wake);
  const closeSocket = openSocket(api, wake, onPoke);
  addEventListener("online", retryNow);
  addEventListener("offline", onOffline);
  document.addEventListener("visibilitychange", onVisible);
  wake();
  return () => {
    isEnded = true;
    clearTimeout(timer);
    stopWork();
    closeSocket();
    removeEventListener("online", retryNow);
    removeEventListener("offline", onOffline);
    document.removeEventListener("visibilitychange", onVisible);
  };
}

function stateAfter(error: unknown) {
  if (!(error instanceof ApiError)) {
    console.warn("Todos could not be brought into step.", error);
    return "trouble";
  }
  if (error.code === "unauthenticated") return "signed_out";
  return error.status === undefined || !navigator.onLine ? "offline" : "trouble";
}

async function push(store: TodoStore, api: Api): Promise<readonly Outcome[]> {
  const all: Outcome[] = [];
  for (;;) {
    const mutations = waitingOf(store.log, mostMutations).map((mutation) => ({ ...mutation }));
    if (mutations.length === 0) return all;
    const { outcomes } = await api.todo.push({ deviceId: store.deviceId, mutations });
    await store.takeOutcomes(outcomes);
    all.push(...outcomes);
  }
}

async function pull(
  store: TodoStore,
  api: Api,
  parts: Map<ListId, { readonly todos: readonly Todo[]; readonly next: string }>,
): Promise<void> {
  for (;;) {
    const accepted = new Set(store.log.filter(({ state }) => state === "accepted").map(({ n }) => n));
    const listIds = [...new Set([...store.copies.keys(), ...parts.keys()])];
    const lists = listIds.map((listId) => {
      const next = parts.get(listId)?.next;
      return { listId, seq: store.copies.get(listId)?.seq ?? 0, ...(next ? { next } : {}) };
    });
    const answer = await api.todo.pull({ lists });
    const memberships = new Map(answer.memberships.map(({ listId, role }) => [listId, role]));
    const updates = answer.deltas.flatMap((delta) => {
      const whole = assemble(parts, delta);
      const update = whole && updateOf(store.copies.get(delta.list.listId), whole);
      const role = memberships.get(delta.list.listId);
      return update && role ? [{ from: delta.from, role, update }] : [];
    });
    if (updates.length > 0 || isOther(memberships, store) || accepted.size > 0)
      await store.takeUpdates(updates, memberships, accepted);
    if (!answer.hasMore) return;
  }
}

function isOther(memberships: ReadonlyMap<ListId, string>, store: TodoStore): boolean {
  return [...store.copies].some(([listId, { role }]) => memberships.get(listId) !== role);
}

/** Puts the parts of a long list together. They are kept in memory: a page that ends begins anew. */
function assemble(
  parts: Map<ListId, { readonly todos: readonly Todo[]; readonly next: string }>,
  delta: ListDelta,
): ListDelta | undefined {
  if (delta.kind === "changes") return delta;
  const { listId } = delta.list;
  const earlier = delta.isFirst ? [] : parts.get(listId)?.todos;
  parts.delete(listId);
  if (!earlier) return undefined;
  const todos = [...earlier, ...delta.todos];
  if (delta.next === undefined) return { ...delta, todos };
  parts.set(listId, { todos, next: delta.next });
  return undefined;
}
