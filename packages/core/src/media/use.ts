import type { Core } from "../core.ts";
import type { PostId } from "../id.ts";
import { mediaUses } from "./media.entity.ts";
import { namedPictures } from "./shown.ts";

/** What changed in one place of a post: whatever names pictures there, before and after. */
interface PlaceChange {
  readonly postId: PostId;
  readonly place: "text" | "cover";
  readonly before: string;
  readonly after: string;
}

/**
 * Keeps which pictures a post names in its text or as its cover. Repeating a change does no harm.
 */
export async function trackUses(core: Core, { postId, place, before, after }: PlaceChange): Promise<void> {
  const earlier = new Set(namedPictures(before));
  const now = new Set(namedPictures(after));
  const came = [...now].filter((mediaId) => !earlier.has(mediaId));
  const left = [...earlier].filter((mediaId) => !now.has(mediaId));
  if (came.length > 0) {
    const { unprocessed } = await mediaUses(core)
      .put(came.map((mediaId) => ({ mediaId, postId, place })))
      .go();
    if (unprocessed.length > 0) throw new Error(`${unprocessed.length} uses could not be written.`);
  }
  if (left.length > 0) {
    const { unprocessed } = await mediaUses(core)
      .delete(left.map((mediaId) => ({ mediaId, postId, place })))
      .go();
    if (unprocessed.length > 0) throw new Error(`${unprocessed.length} uses could not be taken away.`);
  }
}
