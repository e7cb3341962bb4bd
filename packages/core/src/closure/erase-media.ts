import type { ActorCore } from "../core.ts";
import { avatarIdOf } from "../id.ts";
import { removeAvatar } from "../media/avatar.ts";
import { readMedia } from "../media/change.ts";
import { media, mediaUsages } from "../media/media.entity.ts";
import { remove } from "../media/media.ts";
import { eachPage } from "./erase.ts";

/** Deletes every picture of the person, used or not, and the avatar; the collector deletes the files that nothing shows any more. */
export async function eraseMedia(core: ActorCore): Promise<number> {
  const { accountId } = core.actor;
  const found = await eachPage(
    (cursor) => media(core).query.byOwner({ ownerId: accountId }).go({ cursor, limit: 25 }),
    async (rows) => {
      for (const { mediaId } of rows)
        if (await readMedia(core, mediaId)) await remove(core, { mediaId, evenIfUsed: "yes" });
    },
  );
  const avatar = await readMedia(core, avatarIdOf(accountId));
  if (avatar) await removeAvatar(core, {});
  await mediaUsages(core).delete({ accountId }).go();
  return found + (avatar ? 1 : 0);
}
