import { createHash, timingSafeEqual } from "node:crypto";

/** Compares in a time that tells nothing about how much of the secret was right, its length included. */
export function isSameSecret(given: string | null, secret: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return secret !== "" && given !== null && timingSafeEqual(digest(given), digest(secret));
}
