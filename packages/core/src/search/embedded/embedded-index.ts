import { mkdirSync } from "node:fs";
import path from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { analysisVersion, analyze, type Change, ownerOf } from "../search-document.ts";
import { type Generation, IndexUnavailable, type SearchIndex, type VersionEntry } from "../search-index.ts";
import { segmentOf } from "../segment.ts";
import { closestWords } from "../text/distance.ts";
import { normalize } from "../text/tokens.ts";
import { findIn } from "./find.ts";
import { columnNames, createGeneration, dropGeneration, openDatabase, tablesOf } from "./schema.ts";

/** A word is compared with those that begin with the same letter; more than this is too many. */
const mostCandidates = 20_000;

/**
 * The index in a file of SQLite: for the local cloud, where several processes share it. Nothing is
 * found that was not written, and what was written is findable at once.
 * @param file absolute path; made with its folder when it is not there
 */
export function openEmbeddedIndex(file: string): SearchIndex {
  mkdirSync(path.dirname(file), { recursive: true });
  const database = openDatabase(file);
  const guard = <Result>(run: () => Result): Promise<Result> => {
    try {
      return Promise.resolve(run());
    } catch (cause) {
      return Promise.reject(isBusy(cause) ? new IndexUnavailable("The index is busy", { cause }) : cause);
    }
  };
  return {
    open: () =>
      guard(() =>
        transaction(database, () => {
          if (generationsOf(database).length > 0) return;
          createGeneration(database, 1);
          addGeneration(database, 1, true);
        }),
      ),
    write: (changes, { onlyTo } = {}) =>
      guard(() =>
        transaction(database, () => {
          const written = generationsOf(database).filter(({ number, isWritten }) =>
            onlyTo === undefined ? isWritten : number === onlyTo,
          );
          for (const { number } of written) for (const change of changes) put(database, number, change);
          return [];
        }),
      ),
    find: (request) => guard(() => findIn(database, readGeneration(database), request)),
    similarWords: (letters) =>
      guard(() => {
        const { vocabulary } = tablesOf(readGeneration(database));
        const first = letters.slice(0, 1);
        const rows = database
          .prepare(
            `SELECT term, sum(doc) AS documents FROM ${vocabulary}
             WHERE term >= ? AND term < ? AND col IN ('letters', 'vocabulary') GROUP BY term LIMIT ?`,
          )
          .all(first, `${first}\u{10FFFF}`, mostCandidates);
        return closestWords(
          letters,
          rows.map(({ term, documents }) => ({ letters: String(term), documents: Number(documents) })),
        );
      }),
    generations: () =>
      guard(() =>
        generationsOf(database).map((generation): Generation => {
          const { documents } = tablesOf(generation.number);
          const row = database.prepare(`SELECT count(*) AS n FROM ${documents} WHERE gone_at IS NULL`).get();
          return { ...generation, documents: Number(row?.n ?? 0) };
        }),
      ),
    begin: () =>
      guard(() =>
        transaction(database, () => {
          const number = Math.max(0, ...generationsOf(database).map((generation) => generation.number)) + 1;
          createGeneration(database, number);
          addGeneration(database, number, false);
          return number;
        }),
      ),
    swap: (to) =>
      guard(() =>
        transaction(database, () => {
          database.prepare("UPDATE generations SET is_read = (number = ?)").run(to);
        }),
      ),
    drop: (generation) =>
      guard(() =>
        transaction(database, () => {
          database.prepare("DELETE FROM generations WHERE number = ? AND is_read = 0").run(generation);
          if (!generationsOf(database).some(({ number }) => number === generation)) {
            dropGeneration(database, generation);
          }
        }),
      ),
    listVersions: ({ generation, segment, after = "", limit }) =>
      guard(() => {
        const { documents } = tablesOf(generation);
        return database
          .prepare(
            `SELECT id, version, gone_at FROM ${documents} WHERE segment = ? AND id > ? ORDER BY id LIMIT ?`,
          )
          .all(segment, after, limit)
          .map(
            (row): VersionEntry => ({
              id: String(row.id),
              version: Number(row.version),
              isGone: row.gone_at !== null,
            }),
          );
      }),
    refresh: () => Promise.resolve(),
    sweep: (before) =>
      guard(() =>
        transaction(database, () =>
          generationsOf(database).reduce((swept, { number }) => {
            const { documents } = tablesOf(number);
            const deletion = database.prepare(`DELETE FROM ${documents} WHERE gone_at < ?`);
            return swept + Number(deletion.run(before.toISOString()).changes);
          }, 0),
        ),
      ),
    close: () => guard(() => database.close()),
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && /database is locked|database table is locked/.test(error.message);
}

/** Everything or nothing, and nobody else writes in between. */
function transaction<Result>(database: DatabaseSync, run: () => Result): Result {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = run();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

function generationsOf(database: DatabaseSync): Omit<Generation, "documents">[] {
  return database
    .prepare("SELECT * FROM generations ORDER BY number")
    .all()
    .map((row) => ({
      number: Number(row.number),
      isRead: row.is_read === 1,
      isWritten: row.is_written === 1,
      analysis: Number(row.analysis),
    }));
}

function addGeneration(database: DatabaseSync, number: number, isRead: boolean): void {
  database
    .prepare("INSERT INTO generations (number, is_read, is_written, analysis) VALUES (?, ?, 1, ?)")
    .run(number, isRead ? 1 : 0, analysisVersion);
}

function readGeneration(database: DatabaseSync): number {
  const read = generationsOf(database).find(({ isRead }) => isRead);
  if (!read) throw new IndexUnavailable("Nothing was ever indexed");
  return read.number;
}

function put(database: DatabaseSync, generation: number, { id, version, document }: Change): void {
  const { documents, terms } = tablesOf(generation);
  const known = database.prepare(`SELECT row, version FROM ${documents} WHERE id = ?`).get(id);
  if (known && Number(known.version) > version) return;
  if (known) {
    database.prepare(`DELETE FROM ${terms} WHERE rowid = ?`).run(Number(known.row));
    database.prepare(`DELETE FROM ${documents} WHERE row = ?`).run(Number(known.row));
  }
  if (!document) {
    database
      .prepare(`INSERT INTO ${documents} (id, version, segment, gone_at) VALUES (?, ?, ?, ?)`)
      .run(id, version, segmentOf(id), new Date().toISOString());
    return;
  }
  const { text, headings, ...summary } = document;
  const { lastInsertRowid } = database
    .prepare(
      `INSERT INTO ${documents}
       (id, version, segment, kind, owner, lang, author_name, tags, published_at, summary, text)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      ...[id, version, segmentOf(id), document.kind, ownerOf(document)],
      document.kind === "comment" ? null : document.lang,
      normalize(document.author.displayName),
      JSON.stringify(document.tags.map(normalize)),
      ...[document.publishedAt, JSON.stringify(summary), text],
    );
  const analysis = analyze(document);
  // Words of what is not public must not be offered to everybody as what they meant.
  const shared = document.kind === "post" ? analysis : { ...analysis, vocabulary: "" };
  database
    .prepare(
      `INSERT INTO ${terms} (rowid, ${columnNames.join(", ")}) VALUES (?, ${columnNames.map(() => "?").join(", ")})`,
    )
    .run(lastInsertRowid, ...columnNames.map((name) => shared[name]));
}
