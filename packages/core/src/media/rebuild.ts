import { commit, inTransaction } from "../transaction.ts";
import { changeMedia, discard, keptSeconds } from "./change.ts";
import { contentHashOf } from "./content-hash.ts";
import { type MadePicture, pictureUses } from "./image/made-picture.ts";
import { makePicture } from "./image/make.ts";
import { media, pictures } from "./media.entity.ts";
import { type ObjectCore, originalKey, readObject, storeFile } from "./objects.ts";
import { contentTypes, variantKey } from "./picture.ts";
import { maxUploadBytes } from "./upload.contract.ts";
import { siteWatermark } from "./watermark-setting.ts";

/** `unneeded`: no picture shows this original any more; the collector takes it. */
export type Rebuilt = "rebuilt" | "unchanged" | "unneeded";

/**
 * Makes the files of one original anew as they would be made now, and lets its pictures show them.
 * Run again it changes nothing, so that a long run can be broken off and gone on with.
 * @param key of the original
 */
export async function rebuild(core: ObjectCore, key: string): Promise<Rebuilt> {
  const original = await readObject(core, key, maxUploadBytes);
  if (!original) return "unneeded";
  const { data } = await pictures(core)
    .get(pictureUses.map((use) => ({ contentHash: contentHashOf(original, use) })))
    .go({ consistent: true });
  const shared = data.find(({ made }) => originalKey(made.pictureId) === key);
  if (!shared) return "unneeded";
  const { contentHash, made: before } = shared;
  const use = contentHash === contentHashOf(original, "avatar") ? "avatar" : "library";
  const { pictureId } = before;
  const made = await makePicture(
    original,
    { use, pictureId, focus: undefined, watermark: await siteWatermark(core) },
    ({ size, format, bytes }) =>
      storeFile(core, variantKey(before, size, format), { bytes, contentType: contentTypes[format] }),
  );
  const gone = keysOf(before).filter((old) => !keysOf(made).includes(old));
  if (gone.length === 0 && keysOf(made).length === keysOf(before).length) return "unchanged";
  const isThere = inTransaction(pictures(core)).patch({ contentHash }).set({ made });
  const { written } = await commit(core, [
    isThere.commit(),
    ...gone.map((old) => discard(core, old, { delaySeconds: keptSeconds })),
  ]);
  if (!written) return "unneeded";
  await showEverywhere(core, contentHash, made);
  return "rebuilt";
}

/** Every picture of this content. One with a crop of its own gets that anew by the worker. */
async function showEverywhere(core: ObjectCore, contentHash: string, made: MadePicture): Promise<void> {
  for (let after: string | null = null; ; ) {
    const query = media(core).query.byContent({ contentHash });
    const { data, cursor }: Awaited<ReturnType<typeof query.go>> = await query.go({
      limit: 100,
      cursor: after,
    });
    for (const { mediaId } of data) {
      await changeMedia(core, mediaId, (row) =>
        row.contentHash === contentHash
          ? {
              next: { ...row, picture: made, ...(row.focus && !row.work ? { work: "crop" } : {}) },
              items: [],
            }
          : undefined,
      );
    }
    if (!cursor) return;
    after = cursor;
  }
}

function keysOf(made: MadePicture): string[] {
  return made.sizes.flatMap((size) => made.formats.map((format) => variantKey(made, size, format)));
}
