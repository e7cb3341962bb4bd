import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import type { ActorCore, Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { AccountId, MediaId } from "../id.ts";
import { createOnce, withIdempotencyKey } from "../idempotency/idempotency.ts";
import { operation } from "../operation.ts";
import { ruleSentence } from "../sentences.ts";
import { commit, inTransaction } from "../transaction.ts";
import { type Change, changeMedia, discardUpload, readMedia, requireOwn } from "./change.ts";
import type { LibraryRow } from "./library.ts";
import { type Begun, mediaContract, quotaBytes } from "./media.contract.ts";
import { type MediaRow, media, mediaUsages } from "./media.entity.ts";
import { mediaOf } from "./media.ts";
import { type ObjectCore, uploadKey } from "./objects.ts";

/** Long enough to begin sending; a slow connection may take longer to end. */
const formLifetimeSeconds = 5 * 60;

/** A core that acts for somebody and reaches the bucket. */
export type UploadCore = ActorCore & ObjectCore;

/** A file that is on its way, and the name that its picture takes from it. */
export interface Incoming {
  readonly name: string;
  readonly upload: NonNullable<MediaRow["upload"]>;
}

/** A picture that waits for its first file. */
type NewRow = MediaRow & Required<Pick<MediaRow, "upload">>;

export const begin = operation(
  withIdempotencyKey(mediaContract.begin.input),
  async (core: UploadCore, input): Promise<Begun> => {
    const mediaId = core.newId("media");
    const incoming = { name: input.name, upload: newUpload(core, input) };
    return withForm(
      core,
      await createRow(core, "media.begin", input, newRow(core, mediaId, incoming, input.alt)),
    );
  },
);

export const replace = operation(
  mediaContract.replace.input,
  async (core: UploadCore, { mediaId, ...file }): Promise<Begun> => {
    const incoming = { name: file.name, upload: newUpload(core, file) };
    return withForm(core, await replaceFile(core, mediaId, incoming));
  },
);

/**
 * Writes the row of a new picture with the room that its file takes, once for each idempotency key.
 * @returns the row of the earlier request when there was one
 */
export async function createRow(
  core: ActorCore,
  verb: string,
  input: { readonly idempotencyKey?: string | undefined },
  row: LibraryRow & NewRow,
): Promise<LibraryRow> {
  const once = createOnce(core, { verb, input, id: row.mediaId });
  const { written } = await commit(core, [
    inTransaction(media(core)).create(row).commit(),
    reserve(core, row.ownerId, { bytes: row.upload.bytes, count: 1 }),
    ...once.markers,
  ]);
  if (written) return row;
  const earlierId = await once.earlier();
  const earlier = earlierId && (await readMedia(core, earlierId));
  if (earlier) return requireOwn(core, earlier);
  throw quotaExceeded(core);
}

/** Another file for one of the actor's pictures. */
export async function replaceFile(
  core: ActorCore,
  mediaId: MediaId,
  incoming: Incoming,
): Promise<LibraryRow> {
  const changed = await changeMedia(core, mediaId, (found) =>
    inPlaceOf(core, requireOwn(core, found), incoming),
  );
  return requireOwn(core, changed);
}

/** Another file for a picture; the one that it has stays until the other is ready. */
export function inPlaceOf(core: ActorCore, row: MediaRow, { name, upload }: Incoming): Change {
  const { refusal: _, ...rest } = row;
  return {
    next: { ...rest, name, state: "waiting", upload, work: "upload" },
    items: [
      // An upload that is under way gives its room to this one.
      reserve(core, row.ownerId, { bytes: upload.bytes - (row.upload?.bytes ?? 0), count: 0 }),
      ...discardUpload(core, row),
    ],
    onRefused() {
      throw quotaExceeded(core);
    },
  };
}

/** An upload that nothing has come of yet. */
export function newUpload(
  core: ActorCore,
  { contentType, bytes }: { readonly contentType: string; readonly bytes: number },
): Incoming["upload"] {
  return { pictureId: core.newId("picture"), contentType, bytes };
}

export function newRow<RowId extends MediaRow["mediaId"]>(
  core: ActorCore,
  mediaId: RowId,
  { name, upload }: Incoming,
  alt = "",
): NewRow & { readonly mediaId: RowId } {
  const now = core.now().toISOString();
  return {
    mediaId,
    ownerId: core.actor.accountId,
    name,
    alt,
    caption: "",
    state: "waiting",
    bytes: 0,
    upload,
    version: 1,
    work: "upload",
    createdAt: now,
    updatedAt: now,
  };
}

/** Takes room for an upload, if the account has it: the sum and the limit are compared where they are written. */
export function reserve(
  core: Core,
  accountId: AccountId,
  change: { readonly bytes: number; readonly count: number },
) {
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
