import type { Log } from "../cloud.ts";
import type { Store } from "./store.ts";

/** What every operation is given. */
export interface Engine {
  readonly store: Store;
  /** Address that programs use, without a trailing slash. Issuers begin with it. */
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sendMail: (mail: Mail) => Promise<void>;
  /** Runs a function and answers its result; rejects with what the function service rejects with. */
  readonly invokeTrigger: (functionArn: string, event: unknown) => Promise<unknown>;
  readonly log: Log;
  /** Lets the attempts to sign in as one user run one after another. */
  readonly turns: Turns;
}

export interface Mail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Present when the pool's template is HTML. */
  readonly html?: string;
}

/** Runs work of one key in the order of its arrival, and work of different keys side by side. */
export interface Turns {
  take<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    async take(key, work) {
      const before = last.get(key) ?? Promise.resolve();
      const mine = before.then(work, work);
      last.set(key, mine);
      try {
        return await mine;
      } finally {
        if (last.get(key) === mine) last.delete(key);
      }
    },
  };
}
