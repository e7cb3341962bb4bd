import type { CallEnd, CallObserver } from "../function/observer.ts";
import { createTotals, type Totals } from "./totals.ts";
import { describeTrigger } from "./trigger.ts";
import type { CallDetail, CallView, FunctionTotals, Level, LogLine, Outcome } from "./view.ts";

/** What is kept: everything in memory, so that it has to end somewhere. */
const KEPT_CALLS = 1_000;
const KEPT_LINES = 500;
const KEPT_LINE_CHARACTERS = 8_000;
const KEPT_CALL_CHARACTERS = 64_000;

/** The last calls of all functions, with what they logged, and what all calls came to. */
export interface Journal extends CallObserver {
  /** The newest first. */
  recent(count: number): CallView[];
  find(id: number): CallDetail | undefined;
  totals(): Omit<FunctionTotals, "dollars">[];
  /** Calls the listener when a call began, logged or ended. @returns what ends that */
  listen(listener: (call: CallView) => void): () => void;
}

interface Entry {
  view: Omit<CallView, "lines">;
  readonly logs: LogLine[];
  characters: number;
}

export function createJournal(): Journal {
  const entries = new Map<number, Entry>();
  const totals = new Map<string, Totals>();
  const listeners = new Set<(call: CallView) => void>();
  let lastId = 0;

  function totalsOf(functionName: string): Totals {
    const known = totals.get(functionName) ?? createTotals(functionName);
    totals.set(functionName, known);
    return known;
  }

  function tell(entry: Entry): void {
    if (listeners.size === 0) return;
    const call = viewOf(entry);
    for (const listener of listeners) listener(call);
  }

  return {
    begin({ requestId, definition, event, trace }) {
      const { name: functionName } = definition;
      const startedAt = Date.now();
      const id = ++lastId;
      const entry: Entry = {
        view: {
          id,
          requestId,
          functionName,
          trigger: describeTrigger(event),
          ...trace,
          startedAt,
          outcome: "running",
        },
        logs: [],
        characters: 0,
      };
      entries.set(id, entry);
      entries.delete(id - KEPT_CALLS);
      tell(entry);
      const finish = (outcome: Outcome, more: Partial<CallView>) => {
        entry.view = { ...entry.view, ...more, outcome, elapsedMs: Date.now() - startedAt };
        tell(entry);
      };
      return {
        log(level, text) {
          note(entry, level, text);
          tell(entry);
        },
        end(end) {
          totalsOf(functionName).add(end);
          finish(end.error === undefined ? "ok" : "failed", measured(end));
        },
        refuse(reason) {
          totalsOf(functionName).refuse();
          finish("refused", { error: reason });
        },
      };
    },
    recent(count) {
      const newest = [...entries.values()].slice(-count).reverse();
      return newest.map(viewOf);
    },
    find(id) {
      const entry = entries.get(id);
      return entry && { ...viewOf(entry), logs: entry.logs };
    },
    totals: () => [...totals.values()].map((one) => one.read()),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function viewOf({ view, logs }: Entry): CallView {
  return { ...view, lines: logs.length };
}

function note(entry: Entry, level: Level, text: string): void {
  const kept = text.slice(0, KEPT_LINE_CHARACTERS);
  if (entry.logs.length >= KEPT_LINES || entry.characters + kept.length > KEPT_CALL_CHARACTERS) return;
  entry.characters += kept.length;
  entry.logs.push({ at: Date.now(), level, text: kept });
}

function measured({ durationMs, billedMs, initMs, memoryBytes, error }: CallEnd): Partial<CallView> {
  return {
    durationMs,
    billedMs,
    ...(initMs === undefined ? {} : { initMs }),
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
    ...(error === undefined ? {} : { error }),
  };
}
