/** Lambda's limit of one event; the envelope around the records takes a little of it. */
const MAXIMUM_BATCH_BYTES = 6 * 1024 * 1024 - 10_000;

/** Entries on their way to the function, in order, handed out in batches. */
export interface Lane<Entry> {
  readonly length: number;
  push(entry: Entry): void;
  /** No more entries come: what is left is handed out without waiting for the window. */
  end(): void;
  /**
   * The next batch: as soon as it is full (by number or by 6 MB), or when the
   * window has passed since its first entry. Undefined at the end and after an abort.
   */
  take(): Promise<readonly Entry[] | undefined>;
}

export function createLane<Entry>(options: {
  readonly batchSize: number;
  readonly windowSeconds: number;
  sizeInBytes(entry: Entry): number;
  readonly signal: AbortSignal;
}): Lane<Entry> {
  const { batchSize, windowSeconds, sizeInBytes, signal } = options;
  const entries: { readonly entry: Entry; readonly bytes: number; readonly since: number }[] = [];
  let hasEnded = false;
  let wake = () => {};

  /** Resolves at the next change, or when the time has passed. */
  function change(milliseconds?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
  signal.addEventListener("abort", () => wake(), { once: true });

  /** How many entries fit into a batch, and whether no further one does. */
  function fit(): { readonly count: number; readonly isFull: boolean } {
    let bytes = 0;
    for (const [count, entry] of entries.entries()) {
      bytes += entry.bytes;
      if (count > 0 && (bytes > MAXIMUM_BATCH_BYTES || count === batchSize)) return { count, isFull: true };
    }
    return { count: entries.length, isFull: entries.length >= batchSize };
  }

  return {
    get length() {
      return entries.length;
    },
    push(entry) {
      entries.push({ entry, bytes: sizeInBytes(entry), since: performance.now() });
      wake();
    },
    end() {
      hasEnded = true;
      wake();
    },
    async take() {
      while (!signal.aborted) {
        const [first] = entries;
        if (!first) {
          if (hasEnded) return undefined;
          await change();
          continue;
        }
        const { count, isFull } = fit();
        const left = first.since + windowSeconds * 1000 - performance.now();
        if (isFull || hasEnded || left <= 0) return entries.splice(0, count).map(({ entry }) => entry);
        await change(left);
      }
      return undefined;
    },
  };
}
