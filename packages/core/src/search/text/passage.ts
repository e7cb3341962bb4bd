import type { Query } from "../query.ts";
import { initialsOf, isInitials } from "./hangul.ts";
import { stemsOf } from "./particle.ts";
import { normalize, runsOf, stemOf } from "./tokens.ts";

/** A piece of text; what fits the query is marked. */
export interface Segment {
  readonly text: string;
  readonly isMarked: boolean;
}

const passageLength = 160;
const leadLength = 40;

const initials = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const syllablesOfInitial = 588;

/** All syllables that begin with a consonant or its double, as a class of a regular expression. */
function classOf(consonant: string): string {
  const ranges = [...initials].flatMap((initial, at) => {
    if (initialsOf(initial) !== initialsOf(consonant)) return [];
    const first = 0xac00 + at * syllablesOfInitial;
    return `${String.fromCharCode(first)}-${String.fromCharCode(first + syllablesOfInitial - 1)}`;
  });
  return `[${ranges.join("")}]`;
}

/** What a query would mark in a text; nothing when it names no words. */
export function patternOf({ needs }: Query): RegExp | undefined {
  const patterns = needs.flatMap(({ word, isPhrase }) =>
    isPhrase ? [phrasePattern(word)] : wordPatterns(word),
  );
  const longestFirst = [...new Set(patterns)].filter(Boolean).sort((a, b) => b.length - a.length);
  return longestFirst.length > 0 ? new RegExp(longestFirst.join("|"), "giu") : undefined;
}

function wordPatterns(word: string): string[] {
  if (isInitials(word)) return [[...word].map(classOf).join("\\s*")];
  const patterns = runsOf(word).flatMap(({ kind, text }) => {
    if (kind === "jamo") return [];
    if (kind === "hangul") return text.length > 1 ? [text, ...stemsOf(text)].map(spaced) : [];
    const stem = stemOf(text);
    // A stem may end in another letter than the word: `migrat` and `migrate` begin alike, `studi` and `study` do not.
    const beginning = normalize(text).startsWith(stem) ? stem : normalize(text);
    return beginning.length > 1 ? [`(?<![\\p{L}\\p{N}])${literal(beginning)}[\\p{L}\\p{N}]*`] : [];
  });
  return patterns;
}

function phrasePattern(phrase: string): string {
  return runsOf(phrase)
    .map(({ kind, text }) => (kind === "hangul" ? spaced(text) : literal(text)))
    .join("[^\\p{L}\\p{N}\\n]*");
}

/** A word may hold a dot (`19.2`), and nothing else that a pattern would take for more than itself. */
function literal(word: string): string {
  return word.replaceAll(".", "\\.");
}

/** Syllables with or without spaces between them. */
function spaced(hangul: string): string {
  return [...hangul].join(" ?");
}

/** Divides a text where marks begin and end. */
export function mark(text: string, pattern: RegExp | undefined): Segment[] {
  const marked: Segment[] = [];
  let end = 0;
  for (const match of pattern ? text.matchAll(pattern) : []) {
    if (match[0] === "") continue;
    if (match.index > end) marked.push({ text: text.slice(end, match.index), isMarked: false });
    marked.push({ text: match[0], isMarked: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) marked.push({ text: text.slice(end), isMarked: false });
  return marked;
}

/** The piece of a text that holds the most different matches, cut at spaces; its beginning when there are none. */
export function passageOf(text: string, pattern: RegExp | undefined): string {
  const matches = pattern ? [...text.matchAll(pattern)].filter(([found]) => found !== "").slice(0, 500) : [];
  let best = 0;
  let most = 0;
  for (const [at, first] of matches.entries()) {
    const kinds = new Set<string>();
    for (let next = at; next < matches.length; next++) {
      const match = matches[next];
      if (!match || match.index > first.index + passageLength - leadLength) break;
      kinds.add(normalize(match[0]));
    }
    if (kinds.size <= most) continue;
    most = kinds.size;
    best = first.index;
  }
  return cut(text, most > 0 ? Math.max(0, best - leadLength) : 0);
}

function cut(text: string, from: number): string {
  const space = from === 0 ? 0 : text.slice(from, from + leadLength).search(/\s\S/) + 1;
  const start = from + Math.max(0, space);
  const rest = text.slice(start, start + passageLength);
  const isWhole = start + passageLength >= text.length;
  const lastSpace = rest.lastIndexOf(" ");
  const end = isWhole || lastSpace < passageLength / 2 ? rest : rest.slice(0, lastSpace);
  const piece = end.replace(/\s+/g, " ").toWellFormed().replaceAll("\uFFFD", "").trim();
  return `${start > 0 ? "… " : ""}${piece}${isWhole ? "" : " …"}`;
}
