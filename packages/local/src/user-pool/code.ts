import { randomInt, timingSafeEqual } from "node:crypto";
import type { Engine } from "./engine.ts";
import { type CognitoError, codeMismatch, expiredCode, limitExceeded } from "./error.ts";
import type { User } from "./user.ts";

/** What a code is good for. Each has its own slot: a new code replaces the last one of its purpose. */
export type CodePurpose = "sign-up" | "forgot-password" | "attribute:email";

/** Developer guide, "Quotas": codes of sign-up and verification live 24 hours, those of a reset one hour. */
const LIFETIME_MINUTES: Readonly<Record<CodePurpose, number>> = {
  "sign-up": 24 * 60,
  "forgot-password": 60,
  "attribute:email": 24 * 60,
};
const MAXIMUM_TRIES = 5;

/**
 * Writes a new code into its slot and answers it.
 * @param value what the code will make true, for instance the address to come
 */
export function issueCode(engine: Engine, user: User, purpose: CodePurpose, value?: string): string {
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  engine.store.run(
    "INSERT OR REPLACE INTO codes (pool_id, username, purpose, code, value, tries, expires_at) VALUES (?, ?, ?, ?, ?, 0, ?)",
    user.poolId,
    user.username,
    purpose,
    code,
    value ?? null,
    engine.now() + LIFETIME_MINUTES[purpose] * 60_000,
  );
  return code;
}

/** Takes a code out of its slot. A refusal is to be returned from the transaction: the try counts. */
export function useCode(
  engine: Engine,
  user: User,
  purpose: CodePurpose,
  given: string,
): { readonly value: string | undefined } | { readonly refusal: CognitoError } {
  const key = [user.poolId, user.username, purpose];
  const row = engine.store.get(
    "SELECT code, value, tries, expires_at FROM codes WHERE pool_id = ? AND username = ? AND purpose = ?",
    ...key,
  );
  if (!row || engine.now() >= Number(row.expires_at)) return { refusal: expiredCode() };
  if (Number(row.tries) >= MAXIMUM_TRIES) return { refusal: limitExceeded() };
  if (!equal(given, row.code as string)) {
    engine.store.run(
      "UPDATE codes SET tries = tries + 1 WHERE pool_id = ? AND username = ? AND purpose = ?",
      ...key,
    );
    return { refusal: codeMismatch() };
  }
  engine.store.run("DELETE FROM codes WHERE pool_id = ? AND username = ? AND purpose = ?", ...key);
  return { value: (row.value as string | null) ?? undefined };
}

function equal(given: string, wanted: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(wanted);
  return left.length === right.length && timingSafeEqual(left, right);
}
