import * as z from "zod";
import type { Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { Locale } from "../locale.ts";
import { operation } from "../operation.ts";
import { ruleSentence } from "../sentences.ts";
import { correct } from "./correct.ts";
import { asksForNothing, readQuery } from "./query.ts";
import { longestQuery, type SearchResults, searchContract } from "./search.contract.ts";
import {
  type FindRequest,
  type Found,
  IndexUnavailable,
  type Narrowing,
  type SearchIndex,
  type Visibility,
} from "./search-index.ts";
import { mark, patternOf } from "./text/passage.ts";
import { findByTitle } from "./title.ts";

/** A core with the index. */
export type Searching<C extends Core = Core> = C & { readonly index: SearchIndex };

/** Whoever has read so far has not found it: another query is the better way. */
const deepestPage = 10;

/** Fewer results than this are followed by those that have some of the words. */
const enough = 3;

/** Where a page of results ended, and how its words were taken. */
const placeSchema = z.strictObject({
  after: z.tuple([z.number(), z.string().max(120)]),
  page: z.number().int().min(1).max(deepestPage),
  needsAll: z.boolean(),
  correctedTo: z.string().max(longestQuery).optional(),
});
type PlaceInResults = z.output<typeof placeSchema>;

export const find = operation(
  searchContract.find.input,
  async (
    core: Searching,
    { q, cursor, limit, lang, tag, author: authorId, year },
  ): Promise<SearchResults> => {
    const asked = {
      q,
      limit,
      visibility: { kind: "post" },
      narrowing: { lang, tag, authorId, year },
    } as const;
    try {
      return resultsOf(await search(core, { ...asked, cursor }));
    } catch (error) {
      if (!(error instanceof IndexUnavailable)) throw error;
      return findByTitle(core, { title: q, limit, tag, authorId, year, lang: lang ?? core.locale });
    }
  },
);

export interface Asked {
  readonly q: string;
  readonly limit: number;
  readonly visibility: Visibility;
  readonly narrowing: Narrowing;
  readonly cursor?: string | undefined;
}

/** A page of what was found. */
export interface Results extends Pick<Found, "hits" | "total" | "facets"> {
  /** What the words mark in a text. */
  readonly pattern: RegExp | undefined;
  readonly cursor?: string;
  /** What was searched for, because nothing was found for what was typed. */
  readonly correctedTo?: string;
}

/**
 * All words, then the words that were probably meant, then any of them: the first that finds something.
 * @throws IndexUnavailable when the index is down or slow
 */
export async function search(core: Searching, asked: Asked): Promise<Results> {
  const { q, limit, visibility, narrowing, cursor } = asked;
  const place = decodePlace(cursor, core.locale);
  if (asksForNothing(readQuery(q))) return { hits: [], total: 0, pattern: undefined };
  const request = (typed: string, needsAll: boolean): FindRequest => ({
    query: readQuery(typed),
    visibility,
    narrowing,
    needsAll,
    limit,
    after: place?.after,
    // They are for readers' pages alone.
    wantsFacets: place === undefined && visibility.kind === "post",
    now: core.now(),
  });
  const answer = async (needsAll: boolean, correctedTo?: string) => {
    const searched = request(correctedTo ?? q, needsAll);
    const found = await core.index.find(searched);
    return { found, needsAll, correctedTo, searched };
  };
  if (place) return pageOf(await answer(place.needsAll, place.correctedTo), place.page);
  const exact = await answer(true);
  const { needs } = exact.searched.query;
  if (exact.found.total > 0) {
    const isMeagre =
      exact.found.total < enough && needs.length > 1 && !needs.some(({ isPhrase }) => isPhrase);
    return pageOf(isMeagre ? await answer(false) : exact);
  }
  const correctedTo = await correct(core.index, exact.searched, q);
  const corrected = correctedTo === undefined ? undefined : await answer(true, correctedTo);
  if (corrected && corrected.found.total > 0) return pageOf(corrected);
  const loose = await answer(false, correctedTo);
  return pageOf(loose.found.total > 0 ? loose : exact);
}

interface Answer {
  readonly found: Found;
  readonly searched: FindRequest;
  readonly needsAll: boolean;
  readonly correctedTo: string | undefined;
}

function pageOf({ found, searched, needsAll, correctedTo }: Answer, page = 0): Results {
  const { next, ...shown } = found;
  const place = next && page < deepestPage && { after: [...next], page: page + 1, needsAll, correctedTo };
  return {
    ...shown,
    pattern: patternOf(searched.query),
    ...(place ? { cursor: Buffer.from(JSON.stringify(place)).toString("base64url") } : {}),
    ...(correctedTo === undefined ? {} : { correctedTo }),
  };
}

function resultsOf({ hits, total, pattern, facets, cursor, correctedTo }: Results): SearchResults {
  return {
    items: hits.flatMap((hit) => {
      if (hit.kind === "comment") return [];
      const { postId, lang, slug, title, passage, tags, author, publishedAt } = hit;
      return {
        ...{ postId, lang, slug, author, publishedAt },
        title: mark(title, pattern),
        passage: mark(passage, pattern),
        tags: [...tags],
      };
    }),
    total,
    source: "index",
    ...(cursor ? { cursor } : {}),
    ...(facets ? { facets: structuredClone(facets) as NonNullable<SearchResults["facets"]> } : {}),
    ...(correctedTo === undefined ? {} : { correctedTo }),
  };
}

/** What was found, or the error that says that nothing can be looked for now. */
export async function orUnavailable<Result>(searching: Promise<Result>): Promise<Result> {
  try {
    return await searching;
  } catch (error) {
    if (!(error instanceof IndexUnavailable)) throw error;
    throw new AppError("unavailable", { cause: error });
  }
}

function decodePlace(cursor: string | undefined, locale: Locale): PlaceInResults | undefined {
  if (cursor === undefined) return undefined;
  try {
    return placeSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch (cause) {
    throw new AppError("invalid_input", { fields: { cursor: [ruleSentence("cursor", locale)] }, cause });
  }
}
