import type { Core } from "../core.ts";
import type { AvatarId, MediaId } from "../id.ts";
import { changeMedia, readMedia } from "./change.ts";
import type { MadePicture } from "./image/made-picture.ts";
import { makePicture } from "./image/make.ts";
import type { MediaRow } from "./media.entity.ts";
import { type ObjectCore, originalKey, readObject, storeFile } from "./objects.ts";
import { contentTypes, variantKey } from "./picture.ts";
import { maxUploadBytes } from "./upload.contract.ts";

/**
 * Makes the crops of a picture anew around the point that its author chose. Files that other
 * pictures of the same content show stay: a crop around another point has another name.
 * @throws what passes by itself, so that the queue sends the message again
 */
export async function cropAnew(core: ObjectCore, mediaId: MediaId | AvatarId): Promise<void> {
  const row = await readMedia(core, mediaId);
  if (row?.work !== "crop" || !row.picture) return;
  const { picture, focus } = row;
  const original = await readObject(core, originalKey(picture.pictureId), maxUploadBytes);
  if (!original) throw new Error(`The original of ${picture.pictureId} is not there.`);
  const made = await makePicture(
    original,
    { use: "library", pictureId: picture.pictureId, focus, watermark: undefined, only: ["thumbnails"] },
    ({ size, format, bytes }) =>
      storeFile(core, variantKey(picture, size, format), { bytes, contentType: contentTypes[format] }),
  );
  const crops = made.sizes.filter(({ kind }) => kind === "thumbnails");
  const others = picture.sizes.filter(({ kind }) => kind !== "thumbnails");
  await finish(core, row, { ...picture, sizes: [...crops, ...others] });
}

async function finish(core: Core, seen: MediaRow, picture: MadePicture): Promise<void> {
  await changeMedia(core, seen.mediaId, (row) => {
    // Moved again, or replaced, while this was made: that change has its own work.
    const isSame =
      row.contentHash === seen.contentHash && JSON.stringify(row.focus) === JSON.stringify(seen.focus);
    if (!isSame || row.work !== "crop") return undefined;
    const { work: _, ...rest } = row;
    return { next: { ...rest, picture }, items: [] };
  });
}
