import type { Match, Need } from "../query.ts";
import type { Facets, FindRequest } from "../search-index.ts";
import { normalize } from "../text/tokens.ts";

/** A year makes half of the advantage that a new text has. */
const freshness = 0.2;
const halfLife = "365d";

/** What one more word of the query is worth where not all of them are needed: more than any match. */
const wordWorth = 20;

const longestPassage = 160;
const mostFacetValues = 12;

type Clause = Readonly<Record<string, unknown>>;

const streams = ["terms.title^8", "terms.tags^5", "terms.headings^3", "terms.text", "terms.parts^0.7"];
const koreanFields = ["title^4", "tagText^2.5", "headings^1.5", "text^0.5"];

function clauseOf(match: Match): Clause[] {
  if (match.kind === "phrase") {
    const phrase = {
      query: match.tokens.join(" "),
      type: match.isOpen ? "phrase_prefix" : "phrase",
      fields: streams,
      tie_breaker: 1,
    };
    return [{ multi_match: match.isOpen ? { ...phrase, max_expansions: 20 } : phrase }];
  }
  const prefix = (field: string, boost: number) => ({
    prefix: { [`terms.${field}`]: { value: match.letters, boost } },
  });
  if (match.kind === "initials") return [prefix("initials", 2)];
  return [prefix("letters", 2), prefix("vocabulary", 0.3)];
}

function anyOf(clauses: readonly Clause[]): Clause {
  return { bool: { should: clauses, minimum_should_match: 1 } };
}

/** Our own tokens, or the analyser's: it knows which endings a word can have. */
function needClause({ word, isPhrase, matches }: Need): Clause {
  const own = matches.flatMap(clauseOf);
  const analysed = { query: word, type: "phrase", fields: koreanFields, tie_breaker: 0.5 };
  return anyOf(isPhrase ? own : [...own, { multi_match: analysed }]);
}

function wordsClause({ query: { needs, whole }, needsAll }: FindRequest): Clause {
  const each = needs.map(needClause);
  const counted = each.map((filter) => ({ constant_score: { filter, boost: wordWorth } }));
  const words = needsAll
    ? { bool: { must: each } }
    : { bool: { should: [...each, ...counted], minimum_should_match: 1 } };
  return whole ? anyOf([words, ...clauseOf(whole)]) : words;
}

/** What every query is held to, whatever else it asks for: who may see it, then the operators that were typed. */
function filtersOf({ query, visibility }: FindRequest): Clause[] {
  const { tags, authors, from, until } = query;
  return [
    { term: { kind: visibility.kind } },
    ...(visibility.ownerId ? [{ term: { owner: visibility.ownerId } }] : []),
    ...tags.map((tag) => ({ term: { tagKeys: tag } })),
    ...authors.map((name) => ({ term: { authorKey: name } })),
    ...(from ? [{ range: { publishedAt: { gte: from } } }] : []),
    ...(until ? [{ range: { publishedAt: { lt: until } } }] : []),
  ];
}

/** What was chosen, by the facet that offers it; a moderator's queue is offered by none. */
function narrowingOf({ narrowing: { lang, tag, authorId, year, queue } }: FindRequest) {
  return {
    lang: lang ? [{ term: { lang } }] : [],
    tag: tag ? [{ term: { tagKeys: normalize(tag) } }] : [],
    author: authorId ? [{ term: { owner: authorId } }] : [],
    year: year ? [{ term: { year: String(year) } }] : [],
    queue: queue ? [{ term: { queue } }] : [],
  } satisfies Record<keyof Facets | "queue", Clause[]>;
}

const facetValues: Readonly<Record<keyof Facets, Clause>> = {
  lang: { terms: { field: "lang", size: mostFacetValues } },
  tag: { terms: { field: "tags", size: mostFacetValues } },
  author: {
    terms: { field: "owner", size: mostFacetValues },
    aggs: { name: { terms: { field: "authorName", size: 1 } } },
  },
  year: { terms: { field: "year", size: mostFacetValues, order: { _key: "desc" } } },
};

/** Each counts what is left by all other choices, so that none of its own leads to nothing. */
function facetsOf(narrowing: ReturnType<typeof narrowingOf>) {
  return Object.fromEntries(
    Object.entries(facetValues).map(([name, values]) => [
      name,
      { filter: { bool: { filter: Object.values({ ...narrowing, [name]: [] }).flat() } }, aggs: { values } },
    ]),
  );
}

/** The whole request. What was typed is only ever a value in it, never a field, a script or a syntax. */
export function searchBody(request: FindRequest, timeout: string) {
  const { query, limit, after, wantsFacets, now } = request;
  const hasWords = query.needs.length > 0;
  const narrowing = narrowingOf(request);
  const chosen = Object.values(narrowing).flat();
  const bool = {
    ...(hasWords ? { must: [wordsClause(request)] } : {}),
    filter: [...filtersOf(request), ...(wantsFacets ? [] : chosen)],
    must_not: query.excluded.flatMap(clauseOf),
  };
  return {
    timeout,
    size: limit + 1,
    query: hasWords ? fresher({ bool }, now) : { bool },
    // Facets count what was not chosen as well; hits and their number do not.
    ...(wantsFacets ? { aggs: facetsOf(narrowing), post_filter: { bool: { filter: chosen } } } : {}),
    sort: [hasWords ? { _score: "desc" } : { publishedAt: "desc" }, { id: "asc" }],
    track_scores: hasWords,
    ...(after ? { search_after: [...after] } : {}),
    _source: ["summary"],
    highlight: {
      pre_tags: [""],
      post_tags: [""],
      fields: {
        text: {
          fragment_size: longestPassage,
          number_of_fragments: 1,
          highlight_query: passageQuery(request),
        },
      },
    },
  };
}

function fresher(query: Clause, now: Date): Clause {
  return {
    function_score: {
      query,
      functions: [
        { weight: 1 },
        {
          exp: { publishedAt: { origin: now.toISOString(), scale: halfLife, decay: 0.5 } },
          weight: freshness,
        },
      ],
      score_mode: "sum",
      boost_mode: "multiply",
    },
  };
}

/** Looks for the passage in the text as it stands, by the words alone. */
function passageQuery({ query: { needs } }: FindRequest): Clause {
  if (needs.length === 0) return { match_none: {} };
  return anyOf(needs.map(({ word }) => ({ match_phrase: { text: { query: word, slop: 2 } } })));
}
