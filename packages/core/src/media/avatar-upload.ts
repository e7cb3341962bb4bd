import { avatarIdOf } from "../id.ts";
import { operation } from "../operation.ts";
import { commit, inTransaction } from "../transaction.ts";
import { changeMedia } from "./change.ts";
import { mediaContract } from "./media.contract.ts";
import { type MediaRow, media } from "./media.entity.ts";
import {
  formFor,
  type Incoming,
  inPlaceOf,
  newRow,
  newUpload,
  quotaExceeded,
  reserve,
  type UploadCore,
} from "./upload.ts";

export const beginAvatar = operation(
  mediaContract.beginAvatar.input,
  async (core: UploadCore, { contentType, bytes }) => {
    // What it is called in the zip of a person who takes everything along.
    const name = `avatar.${contentType.split("/")[1]}`;
    const row = await take(core, { name, upload: newUpload(core, { contentType, bytes }) });
    return { upload: await formFor(core, row) };
  },
);

/** Two devices at once: the one that comes second takes the place of the first. */
async function take(core: UploadCore, file: Incoming): Promise<MediaRow> {
  const avatarId = avatarIdOf(core.actor.accountId);
  const changed = await changeMedia(core, avatarId, (found) => inPlaceOf(core, found, file));
  if (changed) return changed;
  const row = newRow(core, avatarId, file);
  const { written, refused } = await commit(core, [
    inTransaction(media(core)).create(row).commit(),
    reserve(core, row.ownerId, { bytes: file.upload.bytes, count: 1 }),
  ]);
  if (written) return row;
  if (refused[0]) return take(core, file);
  throw quotaExceeded(core);
}
