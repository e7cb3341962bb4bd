import { decompose, initialsOf, isInitials, normalizeHangul } from "./text/hangul.ts";
import { isParticle, stemsOf } from "./text/particle.ts";
import { synonymsOf } from "./text/synonym.ts";
import { normalize, partsOf, type Run, runsOf, streamOf } from "./text/tokens.ts";

/** Bounds on what one query can cost, whatever is typed. */
const mostWords = 10;
const mostExcluded = 5;
const mostTokens = 30;
const longestWord = 60;
const fewestLetters = 2;

/** One way in which a document may have what is asked for. */
export type Match =
  /** These tokens in this order, in a field that tells of the document (see `streamOf`). */
  | {
      readonly kind: "phrase";
      readonly tokens: readonly string[];
      /** The last one is only a beginning. */
      readonly isOpen?: true;
    }
  /** A word that begins with these letters (see `lettersOf`). */
  | { readonly kind: "beginning"; readonly letters: string }
  /** Syllables of a title that begin with these consonants (see `initialSuffixesOf`). */
  | { readonly kind: "initials"; readonly letters: string };

/** What a document must have: one of the matches. */
export interface Need {
  /** As it was typed, without its operators. */
  readonly word: string;
  readonly isPhrase: boolean;
  readonly matches: readonly Match[];
}

export interface Query {
  /** All words in their order, where there are several: what has it has them all. */
  readonly whole?: Match;
  readonly needs: readonly Need[];
  /** None of these may be in the document. */
  readonly excluded: readonly Match[];
  /** In the form of `normalize`. */
  readonly tags: readonly string[];
  readonly authors: readonly string[];
  /** Published at or after, ISO 8601. */
  readonly from?: string;
  /** Published before, ISO 8601. */
  readonly until?: string;
}

/** Words that say nothing when others are there. */
const fillers = new Set(
  "a an and at by for from how in is it of on or the to with 것 등 때 및 법 수 위한 대한 관한 하는".split(
    " ",
  ),
);

const partPattern =
  /(?<minus>-?)(?:(?<name>tag|author|before|after):)?(?:"(?<quoted>[^"]*)"|(?<plain>[^\s"]+))/giu;

/**
 * Reads what a person typed. Nothing is an error: what is no operator is a word, and a query may ask
 * for nothing at all.
 */
export function readQuery(typed: string): Query {
  const needs: Need[] = [];
  const excluded: Match[] = [];
  const tags: string[] = [];
  const authors: string[] = [];
  let from: string | undefined;
  let until: string | undefined;
  for (const { groups = {} } of normalizeHangul(typed).matchAll(partPattern)) {
    const { minus, name, quoted, plain } = groups;
    const value = (quoted ?? plain ?? "").trim();
    const isDate = name && /^(?:before|after)$/i.test(name);
    const date = isDate ? dateOf(value) : undefined;
    if (name?.toLowerCase() === "tag" && value) tags.push(normalize(value));
    else if (name?.toLowerCase() === "author" && value) authors.push(normalize(value));
    else if (date && name?.toLowerCase() === "after") from = date;
    else if (date) until = date;
    else if (minus) excluded.push(...phraseOf(value));
    else needs.push(...needsOf(value, quoted !== undefined));
  }
  const [whole] = needs.length > 1 ? phraseOf(needs.map(({ word }) => word).join(" ")) : [];
  return {
    ...(whole ? { whole } : {}),
    needs: withoutFillers(needs).slice(0, mostWords),
    excluded: excluded.slice(0, mostExcluded),
    tags: tags.slice(0, mostExcluded),
    authors: authors.slice(0, mostExcluded),
    ...(from ? { from } : {}),
    ...(until ? { until } : {}),
  };
}

/** Whether it asks for anything. */
export function asksForNothing({ needs, excluded, tags, authors, from, until }: Query): boolean {
  return needs.length + excluded.length + tags.length + authors.length === 0 && !from && !until;
}

/** The same query with other words in the place of some. */
export function replaceWords(typed: string, replacements: ReadonlyMap<string, string>): string {
  return normalizeHangul(typed)
    .split(/(\s+)/)
    .map((word) => replacements.get(word) ?? word)
    .join("");
}

/** `2025`, `2025-03`, `2025-03-01`: the beginning of that time where the site is. */
function dateOf(value: string): string | undefined {
  const [, year, month = "01", day = "01"] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(value) ?? [];
  const date = new Date(`${year}-${month}-${day}T00:00:00.000+09:00`);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function needsOf(value: string, isPhrase: boolean): Need[] {
  const word = value.slice(0, isPhrase ? undefined : longestWord);
  const matches = isPhrase ? phraseOf(word) : matchesOf(word);
  return matches.length > 0 ? [{ word, isPhrase, matches }] : [];
}

function withoutFillers(needs: readonly Need[]): readonly Need[] {
  const telling = needs.filter(({ word, isPhrase }) => isPhrase || !fillers.has(normalize(word)));
  return telling.length > 0 ? telling : needs;
}

function phraseOf(text: string): Match[] {
  const tokens = streamOf(text).slice(0, mostTokens);
  return tokens.length > 0 ? [{ kind: "phrase", tokens }] : [];
}

function matchesOf(word: string): Match[] {
  if (isInitials(word)) {
    return word.length < fewestLetters ? [] : [{ kind: "initials", letters: initialsOf(word) }];
  }
  const runs = withoutParticle(runsOf(word));
  const last = runs.at(-1);
  if (!last) return [];
  const before = runs.slice(0, -1);
  const readings = [last.text, ...(last.kind === "hangul" ? stemsOf(last.text) : [])];
  const phrases = readings.flatMap((reading) =>
    phraseOf([...before.map(({ text }) => text), reading].join(" ")),
  );
  const opening: Match[] = [];
  if (runs.length === 1 || last.kind === "jamo") {
    const letters = decompose(normalize(runs.map(({ text }) => text).join("")));
    if (letters.length >= fewestLetters) opening.push({ kind: "beginning", letters });
  } else if (last.kind === "word") {
    const tokens = [...streamOf(before.map(({ text }) => text).join(" ")), normalize(last.text)];
    opening.push({ kind: "phrase", tokens, isOpen: true });
  }
  const parts = runs.length === 1 ? partsOf(word) : [];
  const others = runs.length === 1 ? readings.flatMap((reading) => synonymsOf(normalize(reading))) : [];
  return [
    ...phrases,
    ...others.flatMap(phraseOf),
    ...(parts.length > 1 ? [{ kind: "phrase", tokens: parts } as const] : []),
    ...opening,
  ];
}

function withoutParticle(runs: readonly Run[]): readonly Run[] {
  const last = runs.at(-1);
  const isEnding = runs.length > 1 && last?.kind === "hangul" && last.isAttached && isParticle(last.text);
  return isEnding ? runs.slice(0, -1) : runs;
}
