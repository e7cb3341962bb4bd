import type { PostId } from "../id.ts";
import type { ObjectCore } from "../media/objects.ts";
import { type Post, posts } from "../post/post.entity.ts";
import { segments } from "../search/segment.ts";
import { type Kept, keepCard } from "./card.ts";

const rowsPerPage = 100;

/**
 * Brings the cards of all published posts up to what they say now, one after the other: those of posts
 * that were published before there were cards, and all of them after a change of how cards look. What is
 * up to date is left alone, so that a run that was cut off may begin again.
 */
export async function rebuildCards(
  core: ObjectCore,
  onKept: (postId: PostId, kept: Kept) => void,
): Promise<void> {
  for (let segment = 0; segment < segments; segment++) {
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof readSome>> = await readSome(core, String(segment), cursor);
      for (const { postId, publishedSlug } of page.data)
        if (publishedSlug !== undefined) onKept(postId, await keepCard(core, postId, []));
      ({ cursor } = page);
    } while (cursor !== null);
  }
}

async function readSome(
  core: ObjectCore,
  segment: string,
  cursor: string | null,
): Promise<{ data: Pick<Post, "postId" | "publishedSlug">[]; cursor: string | null }> {
  return posts(core)
    .query.bySegment({ segment })
    .go({ limit: rowsPerPage, cursor, attributes: ["postId", "publishedSlug"] });
}
