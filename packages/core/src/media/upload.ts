import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import type { ActorCore } from "../core.ts";
import { AppError } from "../errors.ts";
import { createOnce, withIdempotencyKey } from "../idempotency/idempotency.ts";
import { operation } from "../operation.ts";
import { ruleSentence } from "../sentences.ts";
import { commit, inTransaction } from "../transaction.ts";
import { type Change, changeMedia, readMedia, requireOwn } from "./change.ts";
import type { LibraryRow } from "./library.ts";
import { type Begun, mediaContract, quotaBytes } from "./media.contract.ts";
import { type MediaRow, media, mediaUsages } from "./media.entity.ts";
import { mediaOf } from "./media.ts";
import { type ObjectCore, uploadKey } from "./objects.ts";

/** Long enough to begin sending; a slow connection may take longer to end. */
const formLifetimeSeconds = 5 * 60;

/** A core that acts for somebody and reaches the bucket. */
export type UploadCore = ActorCore & ObjectCore;

export const begin = operation(
  withIdempotencyKey(mediaContract.begin.input),
  async (core: UploadCore, input): Promise<Begun> => {
    const { name, alt, contentType, bytes } = input;
    const mediaId = core.newId("media");
    const row = newRow(core, mediaId, { name, contentType, bytes }, alt);
    const once = createOnce(core, { verb: "media.begin", input, id: mediaId });
    const { written } = await commit(core, [
      inTransaction(media(core)).create(row).commit(),
      reserve(core, { bytes, count: 1 }),
      ...once.markers,
    ]);
    if (written) return withForm(core, row);
    const earlierId = await once.earlier();
    const earlier = earlierId && (await readMedia(core, earlierId));
    if (earlier) return withForm(core, requireOwn(core, earlier));
    throw quotaExceeded(core);
  },
);

export const replace = operation(
  mediaContract.replace.input,
  async (core: UploadCore, { mediaId, ...file }): Promise<Begun> => {
    const changed = await changeMedia(core, mediaId, (found) =>
      inPlaceOf(core, requireOwn(core, found), file),
    );
    return withForm(core, requireOwn(core, changed));
  },
);

interface File {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
}

/** Another file for a picture; the one that it has stays until the other is ready. */
export function inPlaceOf(core: ActorCore, row: MediaRow, { name, contentType, bytes }: File): Change {
  const { refusal: _, ...rest } = row;
  return {
    next: {
      ...rest,
      name,
      state: "waiting",
      upload: { pictureId: core.newId("picture"), contentType, bytes },
      work: "upload",
    },
    // An upload that is under way gives its room to this one.
    items: [reserve(core, { bytes: bytes - (row.upload?.bytes ?? 0), count: 0 })],
    onRefused() {
      throw quotaExceeded(core);
    },
  };
}

/** A picture that waits for its first file. */
export function newRow<RowId extends MediaRow["mediaId"]>(
  core: ActorCore,
  mediaId: RowId,
  { name, contentType, bytes }: File,
  alt = "",
): MediaRow & { readonly mediaId: RowId } {
  const now = core.now().toISOString();
  return {
    mediaId,
    ownerId: core.actor.accountId,
    name,
    alt,
    caption: "",
    state: "waiting",
    bytes: 0,
    upload: { pictureId: core.newId("picture"), contentType, bytes },
    version: 1,
    work: "upload",
    createdAt: now,
    updatedAt: now,
  };
}

/** Takes room for an upload, if the account has it: the sum and the limit are compared where they are written. */
export function reserve(core: ActorCore, change: { readonly bytes: number; readonly count: number }) {
  const { accountId } = core.actor;
  return inTransaction(mediaUsages(core))
    .update({ accountId })
    .add(change)
    .where(
      ({ bytes }, { lte, notExists }) => `${notExists(bytes)} OR ${lte(bytes, quotaBytes - change.bytes)}`,
    )
    .commit();
}

export function quotaExceeded(core: ActorCore): AppError {
  return new AppError("unprocessable", { message: ruleSentence("quota", core.locale) });
}

async function withForm(core: UploadCore, row: LibraryRow): Promise<Begun> {
  return { media: mediaOf(row), upload: await formFor(core, row) };
}

/** The form lets in one object under one key, of exactly the stated type and length. */
export async function formFor(core: UploadCore, { upload, mediaId }: MediaRow): Promise<Begun["upload"]> {
  // Asked again after the upload was finished: nothing is left to be sent.
  if (!upload) throw new AppError("conflict");
  const { contentType, bytes, pictureId } = upload;
  const { bucket, client } = core.objects;
  return createPresignedPost(client, {
    Bucket: bucket,
    Key: uploadKey(mediaId, pictureId),
    Fields: { "Content-Type": contentType },
    Conditions: [["content-length-range", bytes, bytes]],
    Expires: formLifetimeSeconds,
  });
}
