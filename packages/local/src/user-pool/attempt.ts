import type { Engine } from "./engine.ts";
import { type CognitoError, notAuthorized } from "./error.ts";
import type { Pool } from "./pool.ts";

/**
 * Locks a name after failed sign-ins (developer guide, "Lockout behavior for
 * failed sign-in attempts"): after the n-th failure, from the fifth on, for
 * 2^(n-5) seconds, never longer than 15 minutes. Attempts during a lock do not
 * lengthen it; 15 quiet minutes or a successful sign-in forget all failures.
 */
const FREE_FAILURES = 5;
const MAXIMUM_LOCK_SECONDS = 15 * 60;

/** Answers the refusal of an attempt while the name is locked. It breaks the quiet, so it is to be kept. */
export function lockRefusal(engine: Engine, pool: Pool, name: string): CognitoError | undefined {
  const locked = engine.store.run(
    "UPDATE attempts SET last_at = ? WHERE pool_id = ? AND name = ? AND locked_until > ?",
    engine.now(),
    pool.id,
    name,
    engine.now(),
  );
  return locked > 0 ? notAuthorized("Password attempts exceeded") : undefined;
}

/** @throws NotAuthorizedException while the name is locked */
export function checkLock(engine: Engine, pool: Pool, name: string): void {
  const refusal = lockRefusal(engine, pool, name);
  if (refusal) throw refusal;
}

export function countFailure(engine: Engine, pool: Pool, name: string): void {
  const now = engine.now();
  const row = engine.store.get(
    "SELECT failures, last_at FROM attempts WHERE pool_id = ? AND name = ?",
    pool.id,
    name,
  );
  const fresh = row && now - Number(row.last_at) < MAXIMUM_LOCK_SECONDS * 1000;
  const failures = (fresh ? Number(row.failures) : 0) + 1;
  const lockSeconds =
    failures < FREE_FAILURES ? 0 : Math.min(2 ** (failures - FREE_FAILURES), MAXIMUM_LOCK_SECONDS);
  engine.store.run(
    "INSERT OR REPLACE INTO attempts (pool_id, name, failures, last_at, locked_until) VALUES (?, ?, ?, ?, ?)",
    pool.id,
    name,
    failures,
    now,
    now + lockSeconds * 1000,
  );
}

export function forgetFailures(engine: Engine, pool: Pool, name: string): void {
  engine.store.run("DELETE FROM attempts WHERE pool_id = ? AND name = ?", pool.id, name);
}
