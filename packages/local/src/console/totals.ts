import type { CallEnd } from "../function/observer.ts";
import type { FunctionTotals } from "./view.ts";

/** So many last durations make the percentiles. */
const KEPT_DURATIONS = 500;

/** Counters of one function since the start. */
export interface Totals {
  add(end: CallEnd): void;
  refuse(): void;
  read(): Omit<FunctionTotals, "dollars">;
}

export function createTotals(functionName: string): Totals {
  let calls = 0;
  let failed = 0;
  let refused = 0;
  let coldStarts = 0;
  let billedMs = 0;
  let largestBytes = 0;
  let lastInitMs = 0;
  const durations: number[] = [];
  return {
    add(end) {
      calls++;
      if (end.error !== undefined) failed++;
      billedMs += end.billedMs;
      largestBytes = Math.max(largestBytes, end.memoryBytes ?? 0);
      if (end.initMs !== undefined) {
        coldStarts++;
        lastInitMs = end.initMs;
      }
      durations.push(end.durationMs);
      if (durations.length > KEPT_DURATIONS) durations.shift();
    },
    refuse: () => void refused++,
    read() {
      const sorted = durations.toSorted((a, b) => a - b);
      return {
        functionName,
        calls,
        failed,
        refused,
        coldStarts,
        billedMs,
        memoryBytes: largestBytes,
        p50Ms: percentile(sorted, 0.5),
        p99Ms: percentile(sorted, 0.99),
        initMs: lastInitMs,
      };
    },
  };
}

function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}
