/** A call that runs at the stop may take this long to finish. */
const GRACE_MS = 2_000;

/** The call's outcome; rejects when it has not ended soon after the abort. */
export function finishSoon<Result>(call: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const onAbort = () => {
      timer = setTimeout(() => reject(new Error("The local cloud is stopping.")), GRACE_MS);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    call.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    });
  });
}
