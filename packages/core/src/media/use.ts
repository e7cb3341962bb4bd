import { decompress } from "../compression.ts";
import type { Core } from "../core.ts";
import type { PostId } from "../id.ts";
import { revisions } from "../revision/revision.entity.ts";
import type { UsePlace } from "./media.contract.ts";
import { mediaUses } from "./media.entity.ts";
import { namedPictures } from "./shown.ts";

/** What changed in one place of a post: whatever names pictures there, before and after. */
interface PlaceChange {
  readonly postId: PostId;
  readonly place: UsePlace;
  readonly before: string;
  readonly after: string;
}

/** Keeps which pictures one place of a post names. Repeating a change does no harm. */
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

/** The revisions of a post that readers saw or were to see before, and now; none of a draft without a time. */
interface PublicationChange {
  readonly postId: PostId;
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/**
 * Keeps which pictures readers see in a post or will see at its time, while its draft may have moved on.
 * Repeating a change does no harm.
 */
export async function trackPublication(
  core: Core,
  { postId, before: earlier, after: now }: PublicationChange,
): Promise<void> {
  if (earlier === now) return;
  const [before, after] = await Promise.all([saidAt(core, postId, earlier), saidAt(core, postId, now)]);
  await trackUses(core, { postId, place: "published", before, after });
}

/** Whatever names pictures in a revision; nothing once the post is forgotten. */
async function saidAt(core: Core, postId: PostId, revision: number | undefined): Promise<string> {
  if (revision === undefined) return "";
  // Those for readers stay as long as the post.
  const { data } = await revisions(core).get({ postId, revision }).go({ consistent: true });
  return data ? `${data.settings.cover?.src ?? ""}\n${await decompress(data.markdown)}` : "";
}
