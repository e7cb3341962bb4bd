import type { Core } from "../core.ts";
import type { AvatarId, MediaId, PictureId } from "../id.ts";
import { commit, inTransaction } from "../transaction.ts";
import { changeMedia, countUsage, discard, keptSeconds, releaseFiles } from "./change.ts";
import { contentHashOf, useOf } from "./content-hash.ts";
import type { MadePicture } from "./image/made-picture.ts";
import { makePicture } from "./image/make.ts";
import { PictureRefused } from "./image/refusal.ts";
import { type MediaRow, pictures } from "./media.entity.ts";
import {
  copyObject,
  deleteObject,
  type ObjectCore,
  originalKey,
  parseUploadKey,
  readObject,
  storeFile,
  uploadKey,
} from "./objects.ts";
import { contentTypes, variantKey } from "./picture.ts";
import { maxUploadBytes, type Refusal } from "./upload.contract.ts";
import { siteWatermark } from "./watermark-setting.ts";

interface Upload {
  readonly mediaId: MediaId | AvatarId;
  readonly pictureId: PictureId;
}

/** What became of an upload. `stale`: it is not, or no longer, what its picture waits for. */
export type Outcome = "ready" | "refused" | "stale";

/**
 * Makes the files of an upload that has arrived and says so in its picture's row. It may run any
 * number of times, at once and in any order: files have the same names and bytes each time, and
 * the row takes the result of its newest upload once.
 * @throws what passes by itself, so that the queue sends the message again
 */
export async function processUpload(core: ObjectCore, key: string): Promise<Outcome> {
  const upload = parseUploadKey(key);
  if (!upload) return "stale";
  const row = await changeMedia(core, upload.mediaId, (found) =>
    isCurrent(found, upload) && found.state === "waiting"
      ? { next: { ...found, state: "processing" }, items: [] }
      : undefined,
  );
  if (!row || !isCurrent(row, upload)) {
    await deleteObject(core, key);
    return "stale";
  }
  const original = await readObject(core, key, maxUploadBytes);
  // Another run may have finished it between the two reads; then the next try finds it stale.
  if (!original) throw new Error(`${key} is not there although its picture waits for it.`);
  const outcome = await makeAndFinish(core, row, upload, original);
  await deleteObject(core, key);
  return outcome;
}

async function makeAndFinish(
  core: ObjectCore,
  row: MediaRow,
  upload: Upload,
  original: Buffer,
): Promise<Outcome> {
  const contentHash = contentHashOf(original, useOf(upload.mediaId));
  try {
    const shared = await findPicture(core, contentHash);
    const own = shared ? undefined : await makeFiles(core, row, upload, original);
    return await finish(core, upload, contentHash, own);
  } catch (error) {
    if (!(error instanceof PictureRefused)) throw error;
    return refuse(core, upload, error.refusal);
  }
}

async function makeFiles(core: ObjectCore, { focus }: MediaRow, upload: Upload, original: Buffer) {
  const { pictureId } = upload;
  const made = await makePicture(
    original,
    { use: useOf(upload.mediaId), pictureId, focus, watermark: await siteWatermark(core) },
    ({ size, format, bytes }) =>
      storeFile(core, variantKey(upload, size, format), { bytes, contentType: contentTypes[format] }),
  );
  await copyObject(core, uploadKey(upload.mediaId, pictureId), originalKey(pictureId));
  return made;
}

/**
 * @param own the files that were just made; absent when there were files of the same content
 * @throws Error when those files went away in the meantime
 */
async function finish(
  core: ObjectCore,
  upload: Upload,
  contentHash: string,
  own: MadePicture | undefined,
): Promise<Outcome> {
  let used: MadePicture | undefined;
  await changeMedia(core, upload.mediaId, async (row) => {
    if (!isCurrent(row, upload)) return undefined;
    const shared = await findPicture(core, contentHash);
    const made = shared?.made ?? own;
    if (!made) throw new Error(`The files of ${contentHash} went away.`);
    used = made;
    const isSame = row.contentHash === contentHash;
    const {
      upload: { bytes },
      work: _,
      ...rest
    } = row;
    return {
      // A point of its own wants a crop of its own: the shared files know only one.
      next: {
        ...rest,
        state: "ready",
        contentHash,
        picture: made,
        bytes,
        ...(shared && row.focus ? { work: "crop" as const } : {}),
      },
      items: [
        countUsage(core, row.ownerId, { bytes: -row.bytes, count: 0 }),
        ...(isSame
          ? []
          : [
              refer(core, contentHash, made, shared !== undefined),
              ...(await releaseFiles(core, row, keptSeconds)),
            ]),
      ],
    };
  });
  // Another upload of the same content was first, or this one is no longer wanted. Another run
  // of this upload may have been first too: then these files are the ones that are shown.
  if (own && (await findPicture(core, contentHash))?.made.pictureId !== own.pictureId)
    await commit(core, [discard(core, `media/${own.pictureId}/`), discard(core, originalKey(own.pictureId))]);
  return used ? "ready" : "stale";
}

/** One picture more shows these files. */
function refer(core: Core, contentHash: string, made: MadePicture, isThere: boolean) {
  const table = inTransaction(pictures(core));
  if (!isThere) {
    const row = { contentHash, made, references: 1, createdAt: core.now().toISOString() };
    return table.create(row).commit();
  }
  return table.patch({ contentHash }).add({ references: 1 }).commit();
}

/** The upload ends here. An earlier picture of the same row stays as it is. */
async function refuse(core: Core, upload: Upload, refusal: Refusal): Promise<Outcome> {
  let isRefused = false;
  await changeMedia(core, upload.mediaId, (row) => {
    if (!isCurrent(row, upload)) return undefined;
    isRefused = true;
    const {
      upload: { bytes },
      work: _,
      ...rest
    } = row;
    return {
      next: { ...rest, state: "refused", refusal },
      items: [
        countUsage(core, row.ownerId, { bytes: -bytes, count: 0 }),
        discard(core, `media/${upload.pictureId}/`),
      ],
    };
  });
  return isRefused ? "refused" : "stale";
}

function isCurrent(
  row: MediaRow,
  { pictureId }: Upload,
): row is MediaRow & Required<Pick<MediaRow, "upload">> {
  return row.upload?.pictureId === pictureId;
}

async function findPicture(core: Core, contentHash: string) {
  const { data } = await pictures(core).get({ contentHash }).go({ consistent: true });
  return data ?? undefined;
}
