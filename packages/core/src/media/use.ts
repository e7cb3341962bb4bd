import type { Core } from "../core.ts";
import type { PostId } from "../id.ts";
import { mediaUses } from "./media.entity.ts";
import { namedPictures } from "./shown.ts";

/**
 * Keeps which pictures a post's text names, from the text before and after a change. Repeating a
 * change does no harm.
 */
export async function trackUses(
  core: Core,
  { postId, before, after }: { readonly postId: PostId; readonly before: string; readonly after: string },
): Promise<void> {
  const earlier = new Set(namedPictures(before));
  const now = new Set(namedPictures(after));
  const came = [...now].filter((mediaId) => !earlier.has(mediaId));
  const left = [...earlier].filter((mediaId) => !now.has(mediaId));
  if (came.length > 0) {
    const { unprocessed } = await mediaUses(core)
      .put(came.map((mediaId) => ({ mediaId, postId })))
      .go();
    if (unprocessed.length > 0) throw new Error(`${unprocessed.length} uses could not be written.`);
  }
  if (left.length > 0) {
    const { unprocessed } = await mediaUses(core)
      .delete(left.map((mediaId) => ({ mediaId, postId })))
      .go();
    if (unprocessed.length > 0) throw new Error(`${unprocessed.length} uses could not be taken away.`);
  }
}
