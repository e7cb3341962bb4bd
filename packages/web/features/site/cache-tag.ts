import { createHash } from "node:crypto";

/**
 * A name for cached data as Next.js can carry it. Next keeps tags in a header, so that they have
 * to be ASCII and short, while slugs may be 120 Hangul letters. Others are replaced by a hash.
 * @param tag for instance `post:ko:하루` or `posts:ko`
 */
export function cacheTag(tag: string): string {
  return /^[\w:-]{1,100}$/.test(tag) ? tag : `hash:${createHash("sha256").update(tag).digest("hex")}`;
}
