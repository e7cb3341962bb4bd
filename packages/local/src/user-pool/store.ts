import { mkdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from "node:sqlite";
import { CognitoError } from "./error.ts";

export type Row = Record<string, SQLOutputValue>;

/** The database of all user pools of a data folder. */
export interface Store {
  get(sql: string, ...values: SQLInputValue[]): Row | undefined;
  all(sql: string, ...values: SQLInputValue[]): Row[];
  /** Answers how many rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number;
  /**
   * Runs one operation's reads and writes as a whole. What is thrown undoes
   * them. A refusal that is *returned* is thrown after the commit: so a wrong
   * code counts as a try although the caller gets an error.
   */
  transaction<T>(work: () => T | CognitoError): T;
  close(): void;
}

/** Opens, and where needed makes, `<folder>/user-pools.sqlite`. */
export function openStore(folder: string): Store {
  mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(path.join(folder, "user-pools.sqlite"));
  // An acknowledged sign-up must outlive a kill and a power cut: every commit reaches the disk.
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
  database.exec("PRAGMA busy_timeout = 5000");
  database.exec(TABLES);
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string) => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    get: (sql, ...values) => prepare(sql).get(...values),
    all: (sql, ...values) => prepare(sql).all(...values),
    run: (sql, ...values) => Number(prepare(sql).run(...values).changes),
    transaction(work) {
      database.exec("BEGIN IMMEDIATE");
      let answer: ReturnType<typeof work>;
      try {
        answer = work();
      } catch (error) {
        database.exec("ROLLBACK");
        throw error;
      }
      database.exec("COMMIT");
      if (answer instanceof CognitoError) throw answer;
      return answer;
    },
    close: () => database.close(),
  };
}

/** Times are milliseconds since 1970. Documents are JSON of the types that own them. */
const TABLES = `
CREATE TABLE IF NOT EXISTS pools (
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS keys (
  pool_id TEXT PRIMARY KEY REFERENCES pools,
  kid TEXT NOT NULL,
  private_key TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS clients (
  id TEXT PRIMARY KEY,
  pool_id TEXT NOT NULL REFERENCES pools,
  document TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS users (
  pool_id TEXT NOT NULL REFERENCES pools,
  username TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (pool_id, username)
) STRICT;
-- Every name that finds a user: the user name, the sub, and e-mail addresses that are unique in their pool.
CREATE TABLE IF NOT EXISTS names (
  pool_id TEXT NOT NULL,
  name TEXT NOT NULL,
  username TEXT NOT NULL,
  PRIMARY KEY (pool_id, name),
  FOREIGN KEY (pool_id, username) REFERENCES users ON DELETE CASCADE
) STRICT;
CREATE INDEX IF NOT EXISTS names_by_user ON names (pool_id, username);
CREATE TABLE IF NOT EXISTS groups (
  pool_id TEXT NOT NULL REFERENCES pools,
  name TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (pool_id, name)
) STRICT;
CREATE TABLE IF NOT EXISTS members (
  pool_id TEXT NOT NULL,
  group_name TEXT NOT NULL,
  username TEXT NOT NULL,
  PRIMARY KEY (pool_id, group_name, username),
  FOREIGN KEY (pool_id, group_name) REFERENCES groups ON DELETE CASCADE,
  FOREIGN KEY (pool_id, username) REFERENCES users ON DELETE CASCADE
) STRICT;
CREATE INDEX IF NOT EXISTS members_by_user ON members (pool_id, username);
CREATE TABLE IF NOT EXISTS codes (
  pool_id TEXT NOT NULL,
  username TEXT NOT NULL,
  purpose TEXT NOT NULL,
  code TEXT NOT NULL,
  value TEXT,
  tries INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (pool_id, username, purpose),
  FOREIGN KEY (pool_id, username) REFERENCES users ON DELETE CASCADE
) STRICT;
-- Failed sign-ins, also of names that nobody has, so that a lock says nothing about who exists.
CREATE TABLE IF NOT EXISTS attempts (
  pool_id TEXT NOT NULL,
  name TEXT NOT NULL,
  failures INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  locked_until INTEGER NOT NULL,
  PRIMARY KEY (pool_id, name)
) STRICT;
-- Sign-ins that wait for their next step. The user may be nobody: see the simulated SRP answer.
CREATE TABLE IF NOT EXISTS sessions (
  hash TEXT PRIMARY KEY,
  pool_id TEXT NOT NULL,
  client_id TEXT NOT NULL,
  username TEXT NOT NULL,
  step TEXT NOT NULL,
  document TEXT NOT NULL,
  tries INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
-- One row a sign-in. Its id is the origin_jti of all tokens that come from it.
CREATE TABLE IF NOT EXISTS families (
  id TEXT PRIMARY KEY,
  pool_id TEXT NOT NULL,
  client_id TEXT NOT NULL,
  username TEXT NOT NULL,
  signed_in_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked INTEGER NOT NULL,
  FOREIGN KEY (pool_id, username) REFERENCES users ON DELETE CASCADE
) STRICT;
CREATE INDEX IF NOT EXISTS families_by_user ON families (pool_id, username);
CREATE TABLE IF NOT EXISTS refresh_tokens (
  hash TEXT PRIMARY KEY,
  family_id TEXT NOT NULL REFERENCES families ON DELETE CASCADE,
  rotated_at INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS refresh_tokens_by_family ON refresh_tokens (family_id);
`;
