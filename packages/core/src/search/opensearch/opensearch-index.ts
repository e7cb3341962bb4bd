import type { Client } from "@opensearch-project/opensearch";
import type { Summary } from "../search-document.ts";
import { type Facets, type Found, IndexUnavailable, type SearchIndex } from "../search-index.ts";
import { closestWords, mostMistakes } from "../text/distance.ts";
import { inBulks } from "./bulk.ts";
import { reaching, statusOf } from "./client.ts";
import { generationsOf, life, writtenGenerations } from "./life.ts";
import { searchBody } from "./query.ts";
import { generationPrefix, readAlias } from "./schema.ts";

/** A page has less time than this; whoever gave up on an answer must not go on waiting for it. */
const readMilliseconds = 1_000;
const writeMilliseconds = 15_000;
const mostSuggestions = 5;

interface Options {
  /** How long a query may take, one second when absent. */
  readonly readMilliseconds?: number;
}

/** The index on OpenSearch, for production. What was written is findable within half a second. */
export function openOpensearchIndex(client: Client, options: Options = {}): SearchIndex {
  const reading = { requestTimeout: options.readMilliseconds ?? readMilliseconds };
  const queryTimeout = `${reading.requestTimeout}ms`;
  const writing = { requestTimeout: writeMilliseconds };
  return {
    ...life(client),
    write: (changes, { onlyTo } = {}) =>
      reaching(async () => {
        // Asked for each time: whoever begins a generation relies on later writes reaching it.
        const targets =
          onlyTo === undefined ? await writtenGenerations(client) : [`${generationPrefix}${onlyTo}`];
        const refusals: { id: string; reason: string }[] = [];
        for (const bulk of inBulks(targets, changes)) {
          const { body } = await client.bulk({ body: bulk }, writing);
          for (const { index: item } of body.items) {
            // An older version than the one that is there: it was written before, or is not needed any more.
            if (!item?.error || item.status === 409) continue;
            if (item.status === 429 || item.status >= 500) {
              throw new IndexUnavailable(`OpenSearch refused a document for now: ${item.error.type}`);
            }
            const reason = `${item.error.type}: ${item.error.reason ?? ""}`;
            refusals.push({ id: String(item._id), reason: reason.slice(0, 500) });
          }
        }
        return refusals;
      }),
    find: (request) =>
      reaching(async () => {
        const body = searchBody(request, queryTimeout);
        // The client's own types know only a part of what a query may hold.
        const answer = await client
          .search({ index: readAlias, body: body as object }, reading)
          .catch(neverIndexed);
        if (answer.body.timed_out) throw new IndexUnavailable("OpenSearch is too slow");
        return foundOf(answer.body as unknown as Answer, request.limit, request.query.needs.length > 0);
      }),
    similarWords: (letters) =>
      reaching(async () => {
        const most = mostMistakes(letters);
        if (most === 0) return [];
        const term = (field: string) => ({
          text: letters,
          term: {
            field,
            size: mostSuggestions,
            max_edits: most,
            prefix_length: 1,
            suggest_mode: "always" as const,
          },
        });
        const suggest = { letters: term("terms.letters"), vocabulary: term("terms.vocabulary") };
        const answer = await client
          .search({ index: readAlias, body: { size: 0, suggest } as object }, reading)
          .catch(neverIndexed);
        const suggested = (answer.body as unknown as Answer).suggest ?? {};
        const options = Object.values(suggested).flatMap((entries) =>
          entries.flatMap((each) => each.options),
        );
        const counts = new Map<string, number>();
        for (const { text, freq } of options) counts.set(text, (counts.get(text) ?? 0) + freq);
        return closestWords(
          letters,
          [...counts].map(([text, documents]) => ({ letters: text, documents })),
        );
      }),
    generations: () => reaching(() => generationsOf(client)),
    listVersions: ({ generation, segment, after, limit }) =>
      reaching(async () => {
        const { body } = await client.search(
          {
            index: `${generationPrefix}${generation}`,
            body: {
              size: limit,
              version: true,
              query: { term: { segment } },
              sort: [{ id: "asc" }],
              ...(after === undefined ? {} : { search_after: [after] }),
              _source: ["goneAt"],
            } as object,
          },
          writing,
        );
        return (body as unknown as Answer).hits.hits.map(({ _id, _version = 0, _source }) => ({
          id: _id,
          version: _version,
          isGone: _source.goneAt !== undefined,
        }));
      }),
    close: () => client.close(),
  };
}

/** Before the first write there is no index, which to a reader is one that is not there. */
function neverIndexed(error: unknown): never {
  if (statusOf(error) !== 404) throw error;
  throw new IndexUnavailable("Nothing was ever indexed", { cause: error });
}

/** What of OpenSearch's answers is read here. */
interface Answer {
  readonly hits: {
    readonly total: { readonly value: number };
    readonly hits: readonly {
      readonly _id: string;
      readonly _version?: number;
      readonly _score: number | null;
      readonly sort: readonly [number, string];
      readonly _source: { readonly summary?: Summary; readonly goneAt?: string };
      readonly highlight?: { readonly text?: readonly string[] };
    }[];
  };
  readonly aggregations?: Record<keyof Facets, { readonly values: { readonly buckets: readonly Bucket[] } }>;
  readonly suggest?: Record<
    string,
    readonly { readonly options: readonly { text: string; freq: number }[] }[]
  >;
}

interface Bucket {
  readonly key: string;
  readonly doc_count: number;
  readonly name?: { readonly buckets: readonly { readonly key: string }[] };
}

function foundOf({ hits: { hits, total }, aggregations }: Answer, limit: number, hasWords: boolean): Found {
  const page = hits.slice(0, limit);
  const last = page.at(-1);
  const facet = (name: keyof Facets) =>
    (aggregations?.[name].values.buckets ?? []).map(({ key, doc_count, name: names }) => ({
      value: key,
      ...(names?.buckets[0] ? { label: names.buckets[0].key } : {}),
      count: doc_count,
    }));
  return {
    hits: page.flatMap(({ _source: { summary }, highlight }) => {
      if (!summary) return [];
      const [fragment] = highlight?.text ?? [];
      const passage =
        fragment === undefined || !hasWords
          ? summary.description
          : `… ${fragment.replace(/\s+/g, " ").trim()} …`;
      return [{ ...summary, passage }];
    }),
    total: total.value,
    ...(last && hits.length > limit ? { next: last.sort } : {}),
    ...(aggregations
      ? { facets: { lang: facet("lang"), tag: facet("tag"), author: facet("author"), year: facet("year") } }
      : {}),
  };
}
