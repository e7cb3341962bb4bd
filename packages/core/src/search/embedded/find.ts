import type { DatabaseSync } from "node:sqlite";
import type { Summary } from "../search-document.ts";
import type { FacetCount, Facets, FindRequest, Found, Hit } from "../search-index.ts";
import { passageOf, patternOf } from "../text/passage.ts";
import { normalize } from "../text/tokens.ts";
import { exclusionOf, matchesOfNeeds, matchOf } from "./match.ts";
import { columnNames, tablesOf } from "./schema.ts";

/** A year makes half of the advantage that a new text has. */
const freshness = 0.2;
const halfLifeDays = 365;
const mostFacetValues = 12;

/**
 * What a match is worth by the column. Each group is scored by itself, since the tenth mention of a
 * word in a text says less than the first, and less than one in the title.
 */
const worth = [
  { title: 3, letters: 1 },
  { tags: 2 },
  { headings: 1 },
  { text: 1, parts: 0.7, vocabulary: 0.3 },
  { initials: 2 },
] as const satisfies readonly Partial<Record<(typeof columnNames)[number], number>>[];

function scoreIn(terms: string): string {
  return worth
    .map((group: Partial<Record<(typeof columnNames)[number], number>>) => {
      const most = Math.max(...Object.values(group));
      const weights = columnNames.map((name) => (group[name] ?? 0) / most);
      return `${most} * -bm25(${terms}, ${weights.join(", ")})`;
    })
    .join(" + ");
}

type Value = string | number | null;
interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

interface Row {
  readonly row: number;
  readonly id: string;
  readonly score: number;
}

/** What every query is held to, whatever else it asks for: who may see it, then the operators that were typed. */
function conditionsOf({ query, visibility }: FindRequest, terms: string): Condition[] {
  const exclusion = exclusionOf(query);
  return [
    { sql: "d.kind = ?", values: [visibility.kind] },
    ...(visibility.ownerId ? [{ sql: "d.owner = ?", values: [visibility.ownerId] }] : []),
    ...query.tags.map((tag) => ({
      sql: "EXISTS (SELECT 1 FROM json_each(d.tags) WHERE value = ?)",
      values: [tag],
    })),
    ...query.authors.map((name) => ({ sql: "d.author_name = ?", values: [name] })),
    ...(query.from ? [{ sql: "d.published_at >= ?", values: [query.from] }] : []),
    ...(query.until ? [{ sql: "d.published_at < ?", values: [query.until] }] : []),
    ...(exclusion
      ? [{ sql: `d.row NOT IN (SELECT rowid FROM ${terms} WHERE ${terms} MATCH ?)`, values: [exclusion] }]
      : []),
  ];
}

/** What was chosen, by the facet that offers it; a moderator's queue is offered by none. */
function narrowingOf({ narrowing: { lang, tag, authorId, year, queue } }: FindRequest) {
  return {
    lang: lang ? [{ sql: "d.lang = ?", values: [lang] }] : [],
    tag: tag
      ? [{ sql: "EXISTS (SELECT 1 FROM json_each(d.tags) WHERE value = ?)", values: [normalize(tag)] }]
      : [],
    author: authorId ? [{ sql: "d.owner = ?", values: [authorId] }] : [],
    year: year ? [{ sql: "substr(d.published_at, 1, 4) = ?", values: [String(year)] }] : [],
    queue: queue ? [{ sql: "d.summary ->> '$.queue' = ?", values: [queue] }] : [],
  } satisfies Record<keyof Facets | "queue", Condition[]>;
}

export function findIn(database: DatabaseSync, generation: number, request: FindRequest): Found {
  const { documents, terms } = tablesOf(generation);
  const { query, limit, after, wantsFacets, now } = request;
  const match = matchOf(query, request.needsAll);
  const age = `max(0, julianday('${now.toISOString()}') - julianday(d.published_at))`;
  const boost = `(1 + ${freshness} * pow(0.5, ${age} / ${halfLifeDays}))`;
  const needs = matchesOfNeeds(query);
  const isLoose = match !== undefined && !request.needsAll && needs.length > 1;
  // FTS5 scores below zero, the best lowest. Without words, the newest comes first.
  const score = match
    ? `(${scoreIn(terms)}) * ${boost}${isLoose ? ` * pow(had.needs / ${needs.length}.0, 2)` : ""}`
    : "julianday(d.published_at)";
  const one = `SELECT rowid FROM ${terms} WHERE ${terms} MATCH ?`;
  const had = `JOIN (SELECT rowid, count(*) AS needs FROM (${needs.map(() => one).join(" UNION ALL ")}) GROUP BY rowid) had
    ON had.rowid = t.rowid`;
  const source = match
    ? `${terms} t JOIN ${documents} d ON d.row = t.rowid ${isLoose ? had : ""}`
    : `${documents} d`;
  const always: Condition[] = [
    ...(match ? [{ sql: `${terms} MATCH ?`, values: [...(isLoose ? needs : []), match] }] : []),
    ...conditionsOf(request, terms),
  ];
  const narrowing = narrowingOf(request);
  const { sql, values } = joined([...always, ...Object.values(narrowing).flat()]);
  const scored = `SELECT d.row AS row, d.id AS id, round(${score}, 6) AS score FROM ${source} WHERE ${sql}`;
  const [place, placeValues] = after
    ? ["WHERE score < ? OR (score = ? AND id > ?)", [after[0], after[0], after[1]]]
    : ["", []];
  const rows = database
    .prepare(`SELECT * FROM (${scored}) ${place} ORDER BY score DESC, id LIMIT ?`)
    .all(...values, ...placeValues, limit + 1) as unknown as Row[];
  const total = database.prepare(`SELECT count(*) AS total FROM ${source} WHERE ${sql}`).get(...values);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    hits: hitsOf(database, documents, page, request),
    total: Number(total?.total ?? 0),
    ...(last && rows.length > limit ? { next: [last.score, last.id] as const } : {}),
    ...(wantsFacets ? { facets: facetsOf(database, source, always, narrowing) } : {}),
  };
}

function joined(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => sql).join(" AND "),
    values: conditions.flatMap(({ values }) => values),
  };
}

function hitsOf(
  database: DatabaseSync,
  documents: string,
  rows: readonly Row[],
  { query }: FindRequest,
): Hit[] {
  const pattern = patternOf(query);
  const read = database.prepare(`SELECT summary, text FROM ${documents} WHERE row = ?`);
  return rows.flatMap(({ row }) => {
    const found = read.get(row);
    if (!found) return [];
    const summary = JSON.parse(String(found.summary)) as Summary;
    const text = String(found.text);
    // A query without words, or one whose words stand in the title alone, shows what the text is about.
    const passage = pattern?.test(text)
      ? passageOf(text, pattern)
      : summary.description || passageOf(text, undefined);
    if (pattern) pattern.lastIndex = 0;
    return [{ ...summary, passage }];
  });
}

/** Each counts what is left by all other choices, so that none of its own leads to nothing. */
function facetsOf(
  database: DatabaseSync,
  source: string,
  always: readonly Condition[],
  narrowing: ReturnType<typeof narrowingOf>,
): Facets {
  const count = (name: keyof Facets, value: string, from = source, label = "NULL"): FacetCount[] => {
    const { sql, values } = joined([...always, ...Object.values({ ...narrowing, [name]: [] }).flat()]);
    return database
      .prepare(
        `SELECT ${value} AS value, ${label} AS label, count(*) AS count FROM ${from} WHERE ${sql}
         GROUP BY 1 ORDER BY count DESC, value LIMIT ${mostFacetValues}`,
      )
      .all(...values)
      .map((row) => ({
        value: String(row.value),
        ...(row.label === null ? {} : { label: String(row.label) }),
        count: Number(row.count),
      }));
  };
  return {
    lang: count("lang", "d.lang"),
    tag: count("tag", "each.value", `${source}, json_each(d.summary, '$.tags') AS each`),
    author: count("author", "d.owner", source, "max(json_extract(d.summary, '$.author.displayName'))"),
    year: count("year", "substr(d.published_at, 1, 4)").sort((a, b) => b.value.localeCompare(a.value)),
  };
}
