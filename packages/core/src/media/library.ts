import { isAvatarId, type MediaId } from "../id.ts";
import type { MediaRow } from "./media.entity.ts";

/** A picture that its author finds among the others. */
export type LibraryRow = MediaRow & { readonly mediaId: MediaId };

export function isInLibrary(row: MediaRow): row is LibraryRow {
  return !isAvatarId(row.mediaId);
}
