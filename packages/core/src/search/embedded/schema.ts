import { DatabaseSync } from "node:sqlite";

/** How long one process waits for another that writes. */
const busyMilliseconds = 5_000;

/** The tables of one generation. Names are made from a number, never from anything that came from outside. */
export function tablesOf(generation: number) {
  return {
    documents: `documents_v${generation}`,
    terms: `terms_v${generation}`,
    vocabulary: `vocabulary_v${generation}`,
  };
}

/** Opens the file; several processes may have it open at a time. */
export function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: busyMilliseconds });
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS generations (
      number INTEGER PRIMARY KEY,
      is_read INTEGER NOT NULL,
      is_written INTEGER NOT NULL,
      analysis INTEGER NOT NULL
    ) STRICT;
  `);
  return database;
}

/** The columns of `terms` in their order. */
export const columnNames = [
  "title",
  "tags",
  "headings",
  "text",
  "parts",
  "letters",
  "vocabulary",
  "initials",
] as const;

export function createGeneration(database: DatabaseSync, generation: number): void {
  const { documents, terms, vocabulary } = tablesOf(generation);
  database.exec(`
    CREATE TABLE ${documents} (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      version INTEGER NOT NULL,
      segment TEXT NOT NULL,
      gone_at TEXT,
      kind TEXT,
      owner TEXT,
      lang TEXT,
      author_name TEXT,
      tags TEXT,
      published_at TEXT,
      summary TEXT,
      text TEXT
    ) STRICT;
    CREATE INDEX ${documents}_by_segment ON ${documents} (segment, id);
    CREATE VIRTUAL TABLE ${terms} USING fts5 (
      ${columnNames.join(", ")},
      content = '', contentless_delete = 1, prefix = '2 3',
      tokenize = "unicode61 remove_diacritics 2 tokenchars '._'"
    );
    CREATE VIRTUAL TABLE ${vocabulary} USING fts5vocab (${terms}, 'col');
  `);
}

export function dropGeneration(database: DatabaseSync, generation: number): void {
  const { documents, terms, vocabulary } = tablesOf(generation);
  database.exec(`
    DROP TABLE IF EXISTS ${vocabulary};
    DROP TABLE IF EXISTS ${terms};
    DROP TABLE IF EXISTS ${documents};
  `);
}
