import { createHash } from "node:crypto";
import { type AvatarId, isAvatarId, type MediaId } from "../id.ts";
import type { PictureUse } from "./image/made-picture.ts";

/** What the files of a row are for. */
export function useOf(mediaId: MediaId | AvatarId): PictureUse {
  return isAvatarId(mediaId) ? "avatar" : "library";
}

/**
 * Tells a set of files by the bytes that it is made of, as SHA-256 in hexadecimal, and by what it is
 * for: an avatar has other sizes than a picture of the same bytes.
 */
export function contentHashOf(original: Buffer, use: PictureUse): string {
  const hash = createHash("sha256").update(original).digest("hex");
  return use === "avatar" ? `avatar-${hash}` : hash;
}
