import { IndexUnavailable, type SearchIndex } from "./search-index.ts";

/** So many failures in a row, and the index is left alone for a while. */
const mostFailures = 3;
const restMilliseconds = 5_000;

/** A page may wait so long for its results, whatever it takes to find them. */
const budgetMilliseconds = 800;

/**
 * An index whose reads answer within a budget or fail. After some failures in a row reads fail at
 * once; after a rest one of them is let through, and if it answers, all are again.
 */
export function withBreaker(index: SearchIndex, now: () => number = Date.now): SearchIndex {
  let failures = 0;
  let restsUntil = 0;
  async function guard<Result>(read: () => Promise<Result>): Promise<Result> {
    if (now() < restsUntil) throw new IndexUnavailable("The index is given a rest");
    // Whoever comes while this one tries goes on waiting for the rest to end.
    if (failures >= mostFailures) restsUntil = now() + restMilliseconds;
    try {
      const result = await within(budgetMilliseconds, read());
      failures = 0;
      restsUntil = 0;
      return result;
    } catch (error) {
      if (!(error instanceof IndexUnavailable)) throw error;
      failures++;
      if (failures >= mostFailures) restsUntil = now() + restMilliseconds;
      throw error;
    }
  }
  return {
    ...index,
    find: (request) => guard(() => index.find(request)),
    similarWords: (letters) => guard(() => index.similarWords(letters)),
  };
}

async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new IndexUnavailable("The index is too slow")), milliseconds);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {}); // It may fail after nobody waits for it any more.
  }
}
