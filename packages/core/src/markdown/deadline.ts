import { createContext, Script } from "node:vm";

const box: { run: () => void } = { run: () => {} };
const script = new Script("run()");
const context = createContext(box);

/** What `withinDeadline` returns for work that it interrupted. */
export const interrupted = Symbol("interrupted");

/**
 * Runs synchronous work and interrupts it when the time is over, regular expressions included.
 *
 * V8 stops the work wherever it is, so whatever the work was changing is half changed:
 * the caller must throw such state away.
 * @throws what the work throws
 */
export function withinDeadline<Result>(
  timeoutMilliseconds: number,
  work: () => Result,
): Result | typeof interrupted {
  let result: Result | typeof interrupted = interrupted;
  let failure: { readonly cause: unknown } | undefined;
  box.run = () => {
    try {
      result = work();
    } catch (cause) {
      failure = { cause };
    }
  };
  try {
    script.runInContext(context, { timeout: timeoutMilliseconds });
  } catch (cause) {
    if (isInterruption(cause)) return interrupted;
    throw cause;
  } finally {
    box.run = () => {};
  }
  if (failure) throw failure.cause;
  return result;
}

/** The error is made in the script's own realm, so `instanceof Error` would be false. */
function isInterruption(cause: unknown): boolean {
  return (cause as { code?: unknown } | undefined)?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
