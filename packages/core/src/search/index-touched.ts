import type { Searching } from "./search.ts";
import type { Refusal } from "./search-index.ts";
import { changesOf, keyOf, type Subject } from "./subject.ts";

/** A post or a comment that was changed, as far as a record of the change tells. */
export interface Touched {
  readonly subject: Subject;
  /** That before or after the change, whichever is higher. */
  readonly version: number;
}

/**
 * Brings the index up to the table for posts and comments that were changed. What is written is what the
 * table holds now and not what a record says, so that records may come twice, late and in any order.
 * @returns documents that the index will never take
 */
export async function indexTouched(
  core: Searching,
  touched: readonly Touched[],
): Promise<readonly Refusal[]> {
  const newest = new Map<string, Touched>();
  for (const each of touched) {
    const key = keyOf(each.subject);
    if (each.version >= (newest.get(key)?.version ?? 0)) newest.set(key, each);
  }
  const changes = await Promise.all(
    [...newest.values()].map(({ subject, version }) => changesOf(core, subject, version)),
  );
  return core.index.write(changes.flat());
}
