import { randomUUID } from "node:crypto";
import { API_SCOPE, type SubjectClaims, subjectClaims, type TokenSubject } from "./claim.ts";
import type { Engine } from "./engine.ts";
import { CognitoError, notAuthorized, userNotFound } from "./error.ts";
import {
  addRefreshToken,
  type Family,
  isLive,
  openFamily,
  readRefreshToken,
  retireRefreshToken,
} from "./family.ts";
import { peekJwt, readJwt, signingKey, signJwt } from "./key.ts";
import { type Client, findPool, getClient, type Pool } from "./pool.ts";
import { findUser, type User } from "./user.ts";

/** `AuthenticationResult` of AWS's API. `ExpiresIn` is in seconds. */
export interface AuthenticationResult {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken?: string;
  readonly ExpiresIn: number;
  readonly TokenType: "Bearer";
}

/** What tokens of a pool name as their issuer. Its discovery document lies below. */
export function issuerOf(engine: { readonly url: string }, poolId: string): string {
  return `${engine.url}/${poolId}`;
}

/**
 * Makes the tokens of a new sign-in.
 * @param commit what the sign-in changes beside; it runs in the same transaction and may throw
 */
export async function startTokens(
  engine: Engine,
  subject: TokenSubject,
  commit: () => void,
): Promise<AuthenticationResult> {
  const claims = await subjectClaims(engine, subject);
  const { family, refreshToken } = engine.store.transaction(() => {
    checkEnabled(engine, subject);
    commit();
    return openFamily(engine, subject.client, subject.user);
  });
  return { ...accessAndId(engine, subject, claims, family), RefreshToken: refreshToken };
}

/**
 * Makes new tokens for a refresh token, and where the client rotates, a new
 * refresh token. It ends when the first one would have ended.
 */
export async function refreshTokens(
  engine: Engine,
  options: {
    readonly pool: Pool;
    readonly client: Client;
    readonly token: string;
    readonly clientMetadata: Readonly<Record<string, string>>;
    /** Looks at the person before anything is made. May throw. */
    readonly check: (user: User) => void;
  },
): Promise<AuthenticationResult> {
  const { pool, client, token } = options;
  const read = () => {
    const family = readRefreshToken(engine, client, token);
    const user = findUser(engine, pool, family.username);
    if (!user) throw notAuthorized("Invalid Refresh Token");
    if (!user.enabled) throw notAuthorized("User is disabled.");
    return { family, user };
  };
  const { user } = read();
  options.check(user);
  const subject: TokenSubject = {
    pool,
    client,
    user,
    source: "TokenGeneration_RefreshTokens",
    clientMetadata: options.clientMetadata,
  };
  const claims = await subjectClaims(engine, subject);
  const { family, refreshToken } = engine.store.transaction(() => {
    const { family } = read();
    if (!client.refreshTokenRotation) return { family, refreshToken: undefined };
    retireRefreshToken(engine, token);
    return { family, refreshToken: addRefreshToken(engine, family) };
  });
  return {
    ...accessAndId(engine, subject, claims, family),
    ...(refreshToken === undefined ? {} : { RefreshToken: refreshToken }),
  };
}

function checkEnabled(engine: Engine, { pool, user }: TokenSubject): void {
  const current = findUser(engine, pool, user.username);
  if (!current) throw userNotFound();
  if (!current.enabled) throw notAuthorized("User is disabled.");
}

function accessAndId(
  engine: Engine,
  { pool, client }: TokenSubject,
  claims: SubjectClaims,
  family: Family,
): AuthenticationResult {
  const key = signingKey(engine.store, pool.id);
  const issuedAt = Math.floor(engine.now() / 1000);
  const shared = {
    iss: issuerOf(engine, pool.id),
    origin_jti: family.id,
    event_id: randomUUID(),
    auth_time: Math.floor(family.signedInAt / 1000),
    iat: issuedAt,
  };
  return {
    AccessToken: signJwt(key, {
      ...claims.access,
      ...shared,
      token_use: "access",
      client_id: client.id,
      exp: issuedAt + client.accessTokenSeconds,
      jti: randomUUID(),
    }),
    IdToken: signJwt(key, {
      ...claims.id,
      ...shared,
      token_use: "id",
      aud: client.id,
      exp: issuedAt + client.idTokenSeconds,
      jti: randomUUID(),
    }),
    ExpiresIn: client.accessTokenSeconds,
    TokenType: "Bearer",
  };
}

/** Whom a good access token speaks for. */
export interface Bearer {
  readonly pool: Pool;
  readonly client: Client;
  readonly user: User;
  readonly familyId: string;
}

/**
 * Checks an access token: signature, issuer, kind, expiry, revocation, and that the person is still there.
 * @throws NotAuthorizedException
 * @throws UserNotFoundException when the person is gone
 */
export function readAccessToken(engine: Engine, token: string): Bearer {
  const invalid = notAuthorized("Invalid Access Token");
  const issuer = peekJwt(token)?.iss;
  const pool =
    typeof issuer === "string"
      ? findPool(engine.store, issuer.slice(issuer.lastIndexOf("/") + 1))
      : undefined;
  if (!pool) throw invalid;
  const claims = readJwt(signingKey(engine.store, pool.id), token);
  if (!claims || claims.iss !== issuerOf(engine, pool.id) || claims.token_use !== "access") throw invalid;
  if (Number(claims.exp) * 1000 <= engine.now()) throw notAuthorized("Access Token has expired");
  const user = findUser(engine, pool, String(claims.sub));
  if (!user) throw userNotFound();
  if (!isLive(engine, String(claims.origin_jti))) throw notAuthorized("Access Token has been revoked");
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (!String(claims.scope).split(" ").includes(API_SCOPE)) {
    throw notAuthorized("Access Token does not have required scopes");
  }
  return {
    pool,
    client: getClient(engine.store, String(claims.client_id)),
    user,
    familyId: String(claims.origin_jti),
  };
}

/** @throws UnsupportedOperationException when the client declares that its tokens cannot be revoked */
export function checkRevocable(client: Client): void {
  if (client.enableTokenRevocation) return;
  throw new CognitoError("UnsupportedOperationException", "Token revocation is not enabled for this client.");
}
