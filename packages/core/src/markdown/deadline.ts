import { createContext, Script } from "node:vm";
import { AppError } from "../errors.ts";
import type { Locale } from "../locale.ts";

const sentences: Record<Locale, string> = {
  ko: "글이 너무 복잡해서 제시간에 그릴 수 없습니다. 깊이 겹친 강조나 목록, 각주를 줄여 주세요.",
  en: "This text is too intricate to be rendered in time. Use fewer nested emphases, lists or footnotes.",
};

const box: { run: () => void } = { run: () => {} };
const script = new Script("run()");
const context = createContext(box);

/**
 * Runs synchronous work and interrupts it when the time is over, regular expressions included.
 *
 * V8 stops the work wherever it is, so whatever the work was changing is half changed:
 * `onInterrupted` must throw such state away.
 * @throws AppError `unprocessable` with a sentence in both languages
 */
export function withinDeadline<Result>(
  timeoutMilliseconds: number,
  work: () => Result,
  onInterrupted: () => void,
): Result {
  let result: Result | undefined;
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
    onInterrupted();
    if (!isInterruption(cause)) throw cause;
    throw new AppError("unprocessable", { message: `${sentences.ko} (${sentences.en})`, cause });
  } finally {
    box.run = () => {};
  }
  if (failure) throw failure.cause;
  return result as Result;
}

/** The error is made in the script's own realm, so `instanceof Error` would be false. */
function isInterruption(cause: unknown): boolean {
  return (cause as { code?: unknown } | undefined)?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
