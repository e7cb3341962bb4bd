import type { TransactWriteItem } from "electrodb";
import { hasRole } from "../actor.ts";
import type { ActorCore, Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { AccountId, AvatarId, MediaId } from "../id.ts";
import { commit, inTransaction } from "../transaction.ts";
import { isInLibrary, type LibraryRow } from "./library.ts";
import { type MediaRow, media, mediaGarbage, mediaUsages, pictures } from "./media.entity.ts";
import { uploadKey } from "./objects.ts";
import type { Refusal } from "./upload.contract.ts";

/** Pages that are kept at the site or by a reader may name files of a picture that has others now. */
export const keptSeconds = 24 * 60 * 60;

/** A change of a picture: all of it is written, or nothing. */
export interface Change {
  /** Nothing: it is deleted. */
  readonly next: MediaRow | undefined;
  readonly items: readonly TransactWriteItem[];
  /** Called when a condition of `items` did not hold. The change is planned anew unless it throws. */
  onRefused?(refused: readonly boolean[]): void;
}

const attempts = 5;

/**
 * Changes a picture's row under an optimistic lock: `plan` sees it as it is now, and sees it
 * again when another write came first. It may answer that there is nothing to do.
 * @returns the row as it stands afterwards; nothing when there is none
 */
export async function changeMedia(
  core: Core,
  mediaId: MediaId | AvatarId,
  plan: (row: MediaRow) => Promise<Change | undefined> | Change | undefined,
): Promise<MediaRow | undefined> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const row = await readMedia(core, mediaId);
    const change = row && (await plan(row));
    if (!row || !change) return row;
    const next = change.next && {
      ...change.next,
      version: row.version + 1,
      updatedAt: core.now().toISOString(),
    };
    const table = inTransaction(media(core));
    const item = next
      ? table.put(next).where(({ version }, { eq }) => eq(version, row.version))
      : table.delete({ mediaId }).where(({ version }, { eq }) => eq(version, row.version));
    const { written, refused } = await commit(core, [item.commit(), ...change.items]);
    if (written) return next;
    if (!refused[0]) change.onRefused?.(refused.slice(1));
  }
  throw new AppError("unavailable");
}

export async function readMedia(core: Core, mediaId: MediaId | AvatarId): Promise<MediaRow | undefined> {
  const { data } = await media(core).get({ mediaId }).go({ consistent: true });
  return data ?? undefined;
}

/** @throws AppError `not_found` for a missing picture, for someone else's and for an avatar alike */
export function requireOwn(core: ActorCore, row: MediaRow | undefined): LibraryRow {
  if (!row || !isInLibrary(row) || (row.ownerId !== core.actor.accountId && !hasRole(core.actor, "admin")))
    throw new AppError("not_found");
  return row;
}

/** Counts bytes and pictures of an account in or out. */
export function countUsage(
  core: Core,
  accountId: AccountId,
  change: { readonly bytes: number; readonly count: number },
): TransactWriteItem {
  return inTransaction(mediaUsages(core)).update({ accountId }).add(change).commit();
}

/**
 * Marks files for the collector.
 * @param delaySeconds how long pages that were kept somewhere may still ask for them
 * @param multipartId of an upload in parts that ends with them
 */
export function discard(
  core: Core,
  prefix: string,
  { delaySeconds = 0, multipartId }: { delaySeconds?: number; multipartId?: string | undefined } = {},
): TransactWriteItem {
  const dueAt = new Date(core.now().getTime() + delaySeconds * 1000).toISOString();
  const multipart = multipartId === undefined ? {} : { multipartId };
  return inTransaction(mediaGarbage(core))
    .put({ prefix, dueAt, ...multipart })
    .commit();
}

/** Marks what an upload that ends has left: its file or the parts of it, and what was made of that. */
export function discardUpload(
  core: Core,
  { mediaId, upload }: Pick<MediaRow, "mediaId" | "upload">,
): TransactWriteItem[] {
  if (!upload) return [];
  const { pictureId, multipartId } = upload;
  return [
    discard(core, uploadKey(mediaId, pictureId), { multipartId }),
    discard(core, `media/${pictureId}/`),
  ];
}

/**
 * One picture fewer shows these files; with the last one they go.
 * @param delaySeconds as of `discard`
 */
export async function releaseFiles(
  core: Core,
  { contentHash }: MediaRow,
  delaySeconds = 0,
): Promise<TransactWriteItem[]> {
  if (contentHash === undefined) return [];
  const { data: shared } = await pictures(core).get({ contentHash }).go({ consistent: true });
  if (!shared) return [];
  const { references, made } = shared;
  const table = inTransaction(pictures(core));
  if (references > 1) {
    const fewer = table.patch({ contentHash }).add({ references: -1 });
    return [fewer.where(({ references: now }, { eq }) => eq(now, references)).commit()];
  }
  const last = table.delete({ contentHash }).where(({ references: now }, { eq }) => eq(now, references));
  return [
    last.commit(),
    discard(core, `media/${made.pictureId}/`, { delaySeconds }),
    discard(core, `originals/${made.pictureId}`, { delaySeconds }),
  ];
}

/**
 * The end of an upload that never became anything, and its room given back. A picture that was to be
 * replaced stays; one that never was goes, unless its author is told why it was refused.
 */
export function endOfUpload(
  core: Core,
  row: MediaRow & Required<Pick<MediaRow, "upload">>,
  refusal?: Refusal,
): Change {
  const { upload, work: _, ...rest } = row;
  const refused = refusal && { ...rest, state: "refused" as const, refusal };
  const next = refused ?? (row.picture ? { ...rest, state: "ready" as const } : undefined);
  return {
    next,
    items: [
      countUsage(core, row.ownerId, { bytes: -upload.bytes, count: next ? 0 : -1 }),
      ...discardUpload(core, row),
    ],
  };
}

/** The end of a picture with its files, also of those that are on their way, and its room given back. */
export async function removal(core: Core, row: MediaRow): Promise<Change> {
  return {
    next: undefined,
    items: [
      countUsage(core, row.ownerId, { bytes: -(row.bytes + (row.upload?.bytes ?? 0)), count: -1 }),
      ...(await releaseFiles(core, row)),
      ...discardUpload(core, row),
    ],
  };
}
