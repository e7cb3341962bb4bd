import type { AvatarId, MediaId } from "../id.ts";
import { readMedia } from "./change.ts";
import { cropAnew } from "./crop.ts";
import { collectGarbage } from "./garbage.ts";
import { hasObject, type ObjectCore, uploadKey } from "./objects.ts";
import { processUpload } from "./process.ts";

/**
 * Does what a picture's row says that there is to do. A picture that is gone leaves files to collect, and so
 * does an upload that was ended.
 * @throws what passes by itself, so that the queue sends the message again
 */
export async function lookAgain(core: ObjectCore, mediaId: MediaId | AvatarId): Promise<void> {
  const row = await readMedia(core, mediaId);
  if (!row?.work) await collectGarbage(core);
  else if (row.work === "crop") await cropAnew(core, mediaId);
  else if (row.upload) {
    const key = uploadKey(mediaId, row.upload.pictureId);
    // Nothing has arrived yet: the bucket will tell.
    if (await hasObject(core, key)) await processUpload(core, key);
  }
}
