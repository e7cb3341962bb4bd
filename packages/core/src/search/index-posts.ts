import type { PostId } from "../id.ts";
import { changesOf } from "./read-post.ts";
import type { Searching } from "./search.ts";
import type { Refusal } from "./search-index.ts";

/** A post that was changed, as far as a record of the change tells. */
export interface Touched {
  readonly postId: PostId;
  /** That of the post before or after the change, whichever is higher. */
  readonly version: number;
}

/**
 * Brings the index up to the table for posts that were changed. What is written is what the table
 * holds now and not what a record says, so that records may come twice, late and in any order.
 * @returns documents that the index will never take
 */
export async function indexPosts(core: Searching, touched: readonly Touched[]): Promise<readonly Refusal[]> {
  const newest = new Map<PostId, number>();
  for (const { postId, version } of touched) {
    newest.set(postId, Math.max(version, newest.get(postId) ?? 0));
  }
  const changes = await Promise.all([...newest].map(([postId, version]) => changesOf(core, postId, version)));
  return core.index.write(changes.flat());
}
