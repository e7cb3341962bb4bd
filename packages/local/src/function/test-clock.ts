import type { Clock } from "./clock.ts";

export interface TestClock extends Clock {
  /** Lets that time pass, waking sleepers in order. */
  advance(milliseconds: number): Promise<void>;
  /** Resolves when so many sleepers wait. Rejects after 10 real seconds. */
  untilAsleep(count?: number): Promise<void>;
}

/** A clock for tests that stands still until it is advanced. */
export function createTestClock(startsAt = Date.parse("2026-11-21T00:00:00Z")): TestClock {
  let now = startsAt;
  const sleepers = new Set<{ readonly until: number; wake(): void }>();
  return {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        const sleeper = {
          until: now + milliseconds,
          wake() {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        if (signal.aborted || milliseconds <= 0) return resolve();
        sleepers.add(sleeper);
        signal.addEventListener("abort", () => sleeper.wake(), { once: true });
      }),
    async advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const [next] = [...sleepers].filter(({ until }) => until <= end).sort((a, b) => a.until - b.until);
        if (!next) break;
        now = next.until;
        next.wake();
        await new Promise((resolve) => setImmediate(resolve));
      }
      now = end;
    },
    async untilAsleep(count = 1) {
      const deadline = Date.now() + 10_000;
      while (sleepers.size < count) {
        if (Date.now() > deadline) throw new Error(`only ${sleepers.size} of ${count} sleepers wait`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
  };
}
