import type { Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { MediaId, PostId } from "../id.ts";
import { staleTags } from "../list/stale.ts";
import { readSnapshots } from "../post/post.ts";
import { publications } from "../post/published-post.entity.ts";
import { mediaUses } from "./media.entity.ts";

const postsAtOnce = 100;

/**
 * The tags of all pages that are out of date when a picture's files changed: the posts that show
 * it, and their lists, whose feeds show it too. Files that went stay a day for pages that could
 * not be told in time.
 */
export async function tagsThatShow(core: Core, mediaId: MediaId): Promise<string[]> {
  const tags = new Set<string>();
  for (let after: string | null = null; ; ) {
    const query = mediaUses(core).query.byMedia({ mediaId });
    const { data: uses, cursor }: Awaited<ReturnType<typeof query.go>> = await query.go({
      limit: postsAtOnce,
      cursor: after,
    });
    for (const tag of await tagsOf(core, uses)) tags.add(tag);
    if (!cursor) return [...tags];
    after = cursor;
  }
}

async function tagsOf(core: Core, uses: readonly { readonly postId: PostId }[]): Promise<string[]> {
  const { data: places, unprocessed } = await publications(core)
    .get([...new Set(uses.map(({ postId }) => postId))].map((postId) => ({ postId })))
    .go({ consistent: true });
  if (unprocessed.length > 0) throw new AppError("unavailable");
  const posts = await readSnapshots(core, places);
  const tags = await Promise.all(posts.map((post) => staleTags(core, post, post)));
  return tags.flat();
}
