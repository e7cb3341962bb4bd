import type { CallView, CloudView, FunctionTotals, LiveEvents, QueueView } from "../view.ts";
import { address, ask } from "./server.ts";

const KEPT_CALLS = 1_000;

/** What the page knows, kept up to date by the server. */
export interface Store {
  readonly cloud: CloudView;
  /** By id, the newest last. */
  readonly calls: ReadonlyMap<number, CallView>;
  readonly totals: readonly FunctionTotals[];
  readonly queues: readonly QueueView[];
  readonly isConnected: boolean;
  /** Calls the listener once a frame at most, when something changed. */
  onChange(listener: () => void): void;
  /** A function as the program names it. */
  labelOf(functionName: string): string;
}

export async function openStore(): Promise<Store> {
  const cloud = await ask<CloudView>("cloud");
  const labels = new Map(cloud.functions.map(({ name, label }) => [name, label]));
  const listeners = new Set<() => void>();
  let isAwaited = false;
  const state = {
    cloud,
    calls: new Map<number, CallView>(),
    totals: [] as readonly FunctionTotals[],
    queues: [] as readonly QueueView[],
    isConnected: false,
    onChange: (listener: () => void) => void listeners.add(listener),
    labelOf: (functionName: string) => labels.get(functionName) ?? functionName,
  };

  function change(): void {
    if (isAwaited) return;
    isAwaited = true;
    requestAnimationFrame(() => {
      isAwaited = false;
      for (const listener of listeners) listener();
    });
  }

  const source = new EventSource(address("live"));
  const on = <Name extends keyof LiveEvents>(name: Name, take: (data: LiveEvents[Name]) => void) =>
    source.addEventListener(name, (event) => {
      take(JSON.parse(event.data));
      change();
    });
  on("calls", (calls) => {
    for (const call of calls.toSorted((a, b) => a.id - b.id)) state.calls.set(call.id, call);
    for (const id of state.calls.keys()) {
      if (state.calls.size <= KEPT_CALLS) break;
      state.calls.delete(id);
    }
  });
  on("totals", (totals) => {
    state.totals = totals;
  });
  on("queues", (queues) => {
    state.queues = queues;
  });
  source.addEventListener("open", () => {
    // A cloud that was started anew counts its calls from the beginning.
    state.calls.clear();
    state.isConnected = true;
    change();
  });
  source.addEventListener("error", () => {
    state.isConnected = false;
    change();
  });
  return state;
}
