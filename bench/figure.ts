/** One measured number with the goal it is held to, printed as the last lines of a bench. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: { readonly operator: "<=" | ">="; readonly value: number };
}

/** `<bench>.<figure>: <value> <unit> (goal <op> <value>: met|missed)` */
export function formatFigure(bench: string, figure: Figure): string {
  const { name, value, unit, goal } = figure;
  const text = `${bench}.${name}: ${round(value)} ${unit}`;
  if (!goal) return text;
  const met = goal.operator === "<=" ? value <= goal.value : value >= goal.value;
  return `${text} (goal ${goal.operator} ${goal.value}: ${met ? "met" : "missed"})`;
}

function round(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2);
}

/**
 * The value below which a share of the samples lies.
 * @param share between 0 and 1, 0.5 for the median
 */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new Error("There are no samples.");
  return value;
}

/** Milliseconds that one call took. */
export async function timeMs(call: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await call();
  return performance.now() - from;
}
