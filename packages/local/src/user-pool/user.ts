import type { Attributes } from "./attribute.ts";
import type { Engine } from "./engine.ts";
import { aliasExists, userNotFound, usernameExists } from "./error.ts";
import type { PasswordRecord } from "./password.ts";
import type { Pool } from "./pool.ts";

export type UserStatus = "UNCONFIRMED" | "CONFIRMED" | "FORCE_CHANGE_PASSWORD" | "RESET_REQUIRED";

/** A person in a pool. Times are milliseconds since 1970. */
export interface User {
  readonly poolId: string;
  /** In a pool whose people sign in with an e-mail address, the same as `sub`. */
  readonly username: string;
  readonly sub: string;
  readonly status: UserStatus;
  readonly enabled: boolean;
  /** Without `sub`. */
  readonly attributes: Attributes;
  readonly password: PasswordRecord | undefined;
  /** Present when an administrator gave the password. */
  readonly temporaryPasswordExpiresAt: number | undefined;
  readonly totp: Totp | undefined;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** An authenticator app. */
export interface Totp {
  /** Base32, as the app was given it. */
  readonly secret: string;
  /** True when the person has proven that the app shows the right codes. */
  readonly verified: boolean;
  /** True when sign-in asks for it. */
  readonly enabled: boolean;
  readonly preferred: boolean;
  /** Time step of the last code that was accepted: no code counts twice. */
  readonly lastStep: number;
}

/** Finds somebody by user name, `sub`, or an e-mail address that counts as a name in this pool. */
export function findUser(engine: Engine, pool: Pool, name: string): User | undefined {
  const row = engine.store.get(
    "SELECT document FROM users JOIN names USING (pool_id, username) WHERE pool_id = ? AND name = ?",
    pool.id,
    normalise(pool, name),
  );
  return row && (JSON.parse(row.document as string) as User);
}

/** @throws UserNotFoundException */
export function getUser(engine: Engine, pool: Pool, name: string): User {
  const user = findUser(engine, pool, name);
  if (!user) throw userNotFound();
  return user;
}

/**
 * Adds somebody.
 * @throws UsernameExistsException when a name is taken
 */
export function insertUser(engine: Engine, pool: Pool, user: User): void {
  for (const { name, kind } of namesOf(pool, user)) {
    if (owner(engine, pool, name) === undefined) continue;
    throw usernameExists(
      kind === "username" ? "User already exists" : `An account with the given ${kind} already exists.`,
    );
  }
  engine.store.run(
    "INSERT INTO users (pool_id, username, document) VALUES (?, ?, ?)",
    pool.id,
    user.username,
    JSON.stringify(user),
  );
  for (const { name } of namesOf(pool, user)) {
    engine.store.run(
      "INSERT OR IGNORE INTO names (pool_id, name, username) VALUES (?, ?, ?)",
      pool.id,
      name,
      user.username,
    );
  }
}

/**
 * Writes changes of somebody who exists and answers the result.
 * @throws AliasExistsException when a new name is somebody else's
 */
export function updateUser(engine: Engine, pool: Pool, user: User, changes: Partial<User>): User {
  const changed: User = { ...user, ...changes, modifiedAt: engine.now() };
  if (changes.attributes) {
    engine.store.run("DELETE FROM names WHERE pool_id = ? AND username = ?", pool.id, user.username);
    for (const { name, kind } of namesOf(pool, changed)) {
      const holder = owner(engine, pool, name);
      if (holder !== undefined && holder !== user.username) throw aliasExists(kind);
      engine.store.run(
        "INSERT OR IGNORE INTO names (pool_id, name, username) VALUES (?, ?, ?)",
        pool.id,
        name,
        user.username,
      );
    }
  }
  engine.store.run(
    "UPDATE users SET document = ? WHERE pool_id = ? AND username = ?",
    JSON.stringify(changed),
    pool.id,
    user.username,
  );
  return changed;
}

export function removeUser(engine: Engine, user: User): void {
  engine.store.run("DELETE FROM users WHERE pool_id = ? AND username = ?", user.poolId, user.username);
  engine.store.run("DELETE FROM attempts WHERE pool_id = ? AND name = ?", user.poolId, user.username);
}

/** Up to `limit` people whose user names come after the given one, in the order of their user names. */
export function usersAfter(engine: Engine, pool: Pool, username: string, limit: number): User[] {
  return engine.store
    .all(
      "SELECT document FROM users WHERE pool_id = ? AND username > ? ORDER BY username LIMIT ?",
      pool.id,
      username,
      limit,
    )
    .map((row) => JSON.parse(row.document as string) as User);
}

/** How names are compared in this pool. */
export function normalise(pool: Pool, name: string): string {
  return pool.caseSensitive ? name : name.toLowerCase();
}

/** All attributes as AWS shows them. */
export function allAttributes(user: User): Attributes {
  return { ...user.attributes, sub: user.sub };
}

function owner(engine: Engine, pool: Pool, name: string): string | undefined {
  const row = engine.store.get("SELECT username FROM names WHERE pool_id = ? AND name = ?", pool.id, name);
  return row?.username as string | undefined;
}

/**
 * An address stands in for the user name from the sign-up on; as an alias it
 * counts from its verification on (developer guide, "Customizing sign-in attributes").
 */
function namesOf(pool: Pool, user: User): { name: string; kind: string }[] {
  const names = [
    { name: normalise(pool, user.username), kind: "username" },
    { name: user.sub, kind: "username" },
  ];
  for (const kind of ["email", "phone_number", "preferred_username"]) {
    const value = user.attributes[kind];
    if (!value) continue;
    const verified = kind === "preferred_username" || user.attributes[`${kind}_verified`] === "true";
    if (pool.usernameAttributes.includes(kind) || (pool.aliasAttributes.includes(kind) && verified)) {
      names.push({ name: normalise(pool, value), kind });
    }
  }
  return names;
}
