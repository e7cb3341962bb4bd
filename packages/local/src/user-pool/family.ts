import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Engine } from "./engine.ts";
import { CognitoError, notAuthorized } from "./error.ts";
import type { Client } from "./pool.ts";
import type { User } from "./user.ts";

/**
 * All tokens that come from one sign-in. Refresh tokens are random, kept as
 * hashes, and belong to a family; access and ID tokens carry the family's id
 * as `origin_jti`. Revoking the family ends all of them.
 */
export interface Family {
  readonly id: string;
  readonly clientId: string;
  readonly poolId: string;
  readonly username: string;
  /** Milliseconds since 1970. */
  readonly signedInAt: number;
}

/** Opens a family and answers it with its first refresh token. */
export function openFamily(
  engine: Engine,
  client: Client,
  user: User,
): { readonly family: Family; readonly refreshToken: string } {
  const now = engine.now();
  const family = {
    id: randomUUID(),
    clientId: client.id,
    poolId: client.poolId,
    username: user.username,
    signedInAt: now,
  };
  engine.store.run("DELETE FROM families WHERE expires_at <= ?", now);
  engine.store.run(
    "INSERT INTO families (id, pool_id, client_id, username, signed_in_at, expires_at, revoked) VALUES (?, ?, ?, ?, ?, ?, 0)",
    family.id,
    family.poolId,
    family.clientId,
    family.username,
    now,
    // The last access token may be made in the refresh token's last moment.
    now + (client.refreshTokenSeconds + client.accessTokenSeconds) * 1000,
  );
  return { family, refreshToken: addRefreshToken(engine, family) };
}

export function addRefreshToken(engine: Engine, family: Family): string {
  const token = randomBytes(64).toString("base64url");
  engine.store.run(
    "INSERT INTO refresh_tokens (hash, family_id, rotated_at) VALUES (?, ?, NULL)",
    hashOf(token),
    family.id,
  );
  return token;
}

/**
 * Answers the family of a refresh token that may be used now.
 * @throws NotAuthorizedException when it is unknown, another client's, revoked or expired
 * @throws RefreshTokenReuseException when a newer token has taken its place for longer than the client allows
 */
export function readRefreshToken(engine: Engine, client: Client, token: string): Family {
  const row = engine.store.get(
    "SELECT * FROM refresh_tokens JOIN families ON id = family_id WHERE hash = ?",
    hashOf(token),
  );
  if (!row || row.client_id !== client.id) throw notAuthorized("Invalid Refresh Token");
  if (row.revoked) throw notAuthorized("Refresh Token has been revoked");
  const now = engine.now();
  if (now >= Number(row.signed_in_at) + client.refreshTokenSeconds * 1000) {
    throw notAuthorized("Refresh Token has expired");
  }
  if (row.rotated_at !== null) {
    const graceSeconds = client.refreshTokenRotation?.graceSeconds ?? 0;
    if (now >= Number(row.rotated_at) + graceSeconds * 1000) {
      throw new CognitoError(
        "RefreshTokenReuseException",
        "Refresh token has been rotated and can't be reused.",
      );
    }
  }
  return {
    id: row.id as string,
    clientId: row.client_id as string,
    poolId: row.pool_id as string,
    username: row.username as string,
    signedInAt: Number(row.signed_in_at),
  };
}

/** Marks a refresh token as replaced. The first replacement counts: a retry does not lengthen its life. */
export function retireRefreshToken(engine: Engine, token: string): void {
  engine.store.run(
    "UPDATE refresh_tokens SET rotated_at = coalesce(rotated_at, ?) WHERE hash = ?",
    engine.now(),
    hashOf(token),
  );
}

/** Answers the family of a refresh token in whatever state, or `undefined`. */
export function findFamily(engine: Engine, token: string): { id: string; clientId: string } | undefined {
  const row = engine.store.get(
    "SELECT id, client_id FROM refresh_tokens JOIN families ON id = family_id WHERE hash = ?",
    hashOf(token),
  );
  return row && { id: row.id as string, clientId: row.client_id as string };
}

export function isLive(engine: Engine, familyId: string): boolean {
  const row = engine.store.get("SELECT revoked FROM families WHERE id = ?", familyId);
  return row !== undefined && !row.revoked;
}

export function revokeFamily(engine: Engine, familyId: string): void {
  engine.store.run("UPDATE families SET revoked = 1 WHERE id = ?", familyId);
}

/** Ends every session of somebody. */
export function revokeFamilies(engine: Engine, user: User): void {
  engine.store.run(
    "UPDATE families SET revoked = 1 WHERE pool_id = ? AND username = ?",
    user.poolId,
    user.username,
  );
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
