import type { Engine } from "./engine.ts";
import { resourceNotFound } from "./error.ts";
import type { Pool } from "./pool.ts";
import type { User } from "./user.ts";

/** Times are milliseconds since 1970. */
export interface Group {
  readonly poolId: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly roleArn: string | undefined;
  /** The lowest counts most. */
  readonly precedence: number | undefined;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export function findGroup(engine: Engine, pool: Pool, name: string): Group | undefined {
  const row = engine.store.get("SELECT document FROM groups WHERE pool_id = ? AND name = ?", pool.id, name);
  return row && parse(row.document);
}

/** @throws ResourceNotFoundException */
export function getGroup(engine: Engine, pool: Pool, name: string): Group {
  const group = findGroup(engine, pool, name);
  if (!group) throw resourceNotFound("Group not found.");
  return group;
}

/** Adds a group, or changes what one is without touching who is in it. */
export function saveGroup(engine: Engine, group: Group): void {
  engine.store.run(
    "INSERT INTO groups (pool_id, name, document) VALUES (?, ?, ?) ON CONFLICT (pool_id, name) DO UPDATE SET document = excluded.document",
    group.poolId,
    group.name,
    JSON.stringify(group),
  );
}

export function groupsAfter(engine: Engine, pool: Pool, name: string, limit: number): Group[] {
  return engine.store
    .all(
      "SELECT document FROM groups WHERE pool_id = ? AND name > ? ORDER BY name LIMIT ?",
      pool.id,
      name,
      limit,
    )
    .map((row) => parse(row.document));
}

/** Somebody's groups, the weightiest first: so the first role is the preferred one. */
export function groupsOf(engine: Engine, user: User): Group[] {
  const weight = (group: Group) => group.precedence ?? Number.MAX_SAFE_INTEGER;
  return engine.store
    .all(
      "SELECT document FROM groups JOIN members ON members.pool_id = groups.pool_id AND group_name = name WHERE members.pool_id = ? AND username = ? ORDER BY name",
      user.poolId,
      user.username,
    )
    .map((row) => parse(row.document))
    .sort((left, right) => weight(left) - weight(right));
}

export function membersAfter(engine: Engine, group: Group, username: string, limit: number): User[] {
  return engine.store
    .all(
      "SELECT document FROM users JOIN members USING (pool_id, username) WHERE pool_id = ? AND group_name = ? AND username > ? ORDER BY username LIMIT ?",
      group.poolId,
      group.name,
      username,
      limit,
    )
    .map((row) => JSON.parse(row.document as string) as User);
}

export function addMember(engine: Engine, group: Group, user: User): void {
  engine.store.run(
    "INSERT OR IGNORE INTO members (pool_id, group_name, username) VALUES (?, ?, ?)",
    group.poolId,
    group.name,
    user.username,
  );
}

export function removeMember(engine: Engine, group: Group, user: User): void {
  engine.store.run(
    "DELETE FROM members WHERE pool_id = ? AND group_name = ? AND username = ?",
    group.poolId,
    group.name,
    user.username,
  );
}

function parse(document: unknown): Group {
  return JSON.parse(document as string) as Group;
}
