import { createHash, randomBytes } from "node:crypto";
import type { Engine } from "./engine.ts";
import { notAuthorized } from "./error.ts";
import type { Client } from "./pool.ts";

/** The step that a sign-in waits for. */
export type Step =
  | "NEW_PASSWORD_REQUIRED"
  | "PASSWORD_VERIFIER"
  | "SOFTWARE_TOKEN_MFA"
  | "MFA_SETUP"
  | "MFA_SETUP_VERIFIED";

/** A sign-in between two calls, bound to one client, one person and one step. */
export interface Session {
  readonly username: string;
  readonly step: Step;
  /** What the step itself must remember. Plain JSON. */
  readonly memory: Readonly<Record<string, string>>;
}

/** Wrong proofs that one session survives. */
const MAXIMUM_TRIES = 5;

/** Opens a session and answers the secret that names it. Only its hash is kept. */
export function openSession(engine: Engine, client: Client, session: Session): string {
  const token = randomBytes(48).toString("base64");
  engine.store.run("DELETE FROM sessions WHERE expires_at <= ?", engine.now());
  engine.store.run(
    "INSERT INTO sessions (hash, pool_id, client_id, username, step, document, tries, expires_at) VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
    hashOf(token),
    client.poolId,
    client.id,
    session.username,
    session.step,
    JSON.stringify(session.memory),
    engine.now() + client.authSessionSeconds * 1000,
  );
  return token;
}

/**
 * Answers an open session of this step, and leaves it open: `closeSession`
 * ends it when the step is done, so that a session counts once.
 * @param clientId absent where the operation is not told a client
 * @throws NotAuthorizedException for any other token
 */
export function readSession(
  engine: Engine,
  token: string,
  steps: readonly Step[],
  clientId?: string,
): Session & { readonly clientId: string } {
  const row = engine.store.get("SELECT * FROM sessions WHERE hash = ?", hashOf(token));
  if (!row || (clientId !== undefined && row.client_id !== clientId)) throw invalidSession();
  if (!steps.includes(row.step as Step)) throw invalidSession();
  if (engine.now() >= Number(row.expires_at) || Number(row.tries) >= MAXIMUM_TRIES) {
    throw notAuthorized("Invalid session for the user, session is expired.");
  }
  return {
    clientId: row.client_id as string,
    username: row.username as string,
    step: row.step as Step,
    memory: JSON.parse(row.document as string) as Record<string, string>,
  };
}

/** @throws NotAuthorizedException when another call has closed it in the meantime */
export function closeSession(engine: Engine, token: string): void {
  if (engine.store.run("DELETE FROM sessions WHERE hash = ?", hashOf(token)) === 0) throw invalidSession();
}

/** Counts a wrong proof. */
export function countTry(engine: Engine, token: string): void {
  engine.store.run("UPDATE sessions SET tries = tries + 1 WHERE hash = ?", hashOf(token));
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

function invalidSession() {
  return notAuthorized("Invalid session for the user.");
}
