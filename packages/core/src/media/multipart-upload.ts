import type { ActorCore } from "../core.ts";
import { AppError } from "../errors.ts";
import type { MediaId, PictureId } from "../id.ts";
import { withIdempotencyKey } from "../idempotency/idempotency.ts";
import { operation } from "../operation.ts";
import { ruleSentence } from "../sentences.ts";
import { commit } from "../transaction.ts";
import { changeMedia, discard, endOfUpload, readMedia, requireOwn } from "./change.ts";
import type { LibraryRow } from "./library.ts";
import { type BegunInParts, type Media, mediaContract } from "./media.contract.ts";
import { mediaOf } from "./media.ts";
import { uploadKey } from "./objects.ts";
import {
  completeMultipart,
  createMultipart,
  type Part,
  partBytes,
  partsOf,
  signPart,
  storedParts,
} from "./parts.ts";
import type { MissingParts } from "./upload.contract.ts";
import { createRow, type Incoming, newRow, newUpload, replaceFile, type UploadCore } from "./upload.ts";

/** Long enough to begin sending a part; whoever comes later asks again. */
const addressLifetimeSeconds = 5 * 60;

export const beginParts = operation(
  withIdempotencyKey(mediaContract.beginParts.input),
  (core: UploadCore, input): Promise<BegunInParts> => {
    const mediaId = core.newId("media");
    return openFor(core, mediaId, input, (incoming) =>
      createRow(core, "media.beginParts", input, newRow(core, mediaId, incoming, input.alt)),
    );
  },
);

export const replaceParts = operation(
  mediaContract.replaceParts.input,
  async (core: UploadCore, { mediaId, ...file }): Promise<BegunInParts> => {
    requireOwn(core, await readMedia(core, mediaId));
    return openFor(core, mediaId, file, (incoming) => replaceFile(core, mediaId, incoming));
  },
);

export const missingParts = operation(
  mediaContract.missingParts.input,
  async (core: UploadCore, { mediaId, uploadId }): Promise<MissingParts> => {
    const row = requireOwn(core, await readMedia(core, mediaId));
    const expiresInSeconds = addressLifetimeSeconds;
    if (row.completedUpload === uploadId) return { parts: [], expiresInSeconds };
    const upload = requireUnderWay(row, uploadId);
    const stored = await storedParts(core, upload);
    if (!stored) throw new AppError("not_found");
    const sign = async (part: Part) => ({
      ...part,
      url: await signPart(core, upload, part, addressLifetimeSeconds),
    });
    return { parts: await Promise.all(missingOf(upload, stored).map(sign)), expiresInSeconds };
  },
);

/**
 * The row says that the end was begun before the store is told, so that whoever did not hear the answer,
 * or died in between, can ask again: by then the worker may have taken the file already.
 */
export const completeParts = operation(
  mediaContract.completeParts.input,
  async (core: UploadCore, { mediaId, uploadId }): Promise<Media> => {
    const row = requireOwn(core, await readMedia(core, mediaId));
    const isRepeated = row.completedUpload === uploadId;
    if (isRepeated && row.upload?.pictureId !== uploadId) return mediaOf(row);
    const upload = requireUnderWay(row, uploadId);
    const stored = await storedParts(core, upload);
    if (!stored && isRepeated) return mediaOf(row);
    if (!stored) throw new AppError("not_found");
    if (missingOf(upload, stored).length > 0) throw partsMissing(core);
    if (!isRepeated) await noteCompletion(core, mediaId, uploadId);
    if (!(await completeMultipart(core, upload, stored))) throw partsMissing(core);
    return mediaOf(row);
  },
);

export const abortParts = operation(
  mediaContract.abortParts.input,
  async (core: ActorCore, { mediaId, uploadId }) => {
    const row = requireOwn(core, await readMedia(core, mediaId));
    requireUnderWay(row, uploadId);
    await changeMedia(core, mediaId, (found) => {
      const { completedUpload: _, ...left } = requireOwn(core, found);
      requireUnderWay(left, uploadId);
      return left.upload && endOfUpload(core, { ...left, upload: left.upload });
    });
    return {};
  },
);

interface File {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
}

/** Opens an upload at the store for a row that `take` writes. One that no row names in the end is discarded. */
async function openFor(
  core: UploadCore,
  mediaId: MediaId,
  { name, ...file }: File,
  take: (incoming: Incoming) => Promise<LibraryRow>,
): Promise<BegunInParts> {
  const upload = newUpload(core, file);
  const key = uploadKey(mediaId, upload.pictureId);
  const multipartId = await createMultipart(core, key, upload.contentType);
  let row: LibraryRow | undefined;
  try {
    row = await take({ name, upload: { ...upload, multipartId } });
  } finally {
    if (row?.upload?.multipartId !== multipartId) await commit(core, [discard(core, key, { multipartId })]);
  }
  // Asked again after the upload was finished: nothing is left to be sent.
  if (!row.upload?.multipartId) throw new AppError("conflict");
  const { pictureId: uploadId, bytes } = row.upload;
  return { media: mediaOf(row), upload: { uploadId, parts: partsOf(bytes).length, partBytes } };
}

async function noteCompletion(core: UploadCore, mediaId: MediaId, uploadId: PictureId): Promise<void> {
  await changeMedia(core, mediaId, (found) => {
    const row = requireOwn(core, found);
    if (row.completedUpload === uploadId) return undefined;
    requireUnderWay(row, uploadId);
    return { next: { ...row, completedUpload: uploadId }, items: [] };
  });
}

/** @throws AppError `not_found` for an upload that is over, gave way to a newer one or never was */
function requireUnderWay({ mediaId, upload }: LibraryRow, uploadId: PictureId) {
  if (upload?.pictureId !== uploadId || upload.multipartId === undefined) throw new AppError("not_found");
  return { key: uploadKey(mediaId, uploadId), multipartId: upload.multipartId, bytes: upload.bytes };
}

/** The parts that have not arrived, or not as a whole. */
function missingOf({ bytes }: { readonly bytes: number }, stored: readonly Part[]): Part[] {
  const arrived = new Map(stored.map((part) => [part.number, part.bytes]));
  return partsOf(bytes).filter((part) => arrived.get(part.number) !== part.bytes);
}

function partsMissing({ locale }: UploadCore): AppError {
  return new AppError("conflict", { message: ruleSentence("parts_missing", locale) });
}
