import { stemmer } from "stemmer";
import { decompose, initialsOf, normalizeHangul } from "./hangul.ts";

/** Longer ones are no words: keys, hashes, pictures in their text form. */
const longestToken = 60;

/** Text in the one form in which it is compared. */
export function normalize(text: string): string {
  return normalizeHangul(text).toLowerCase();
}

/** One run of characters that belong together, in the order of the text. */
export interface Run {
  readonly kind: "hangul" | "word" | "jamo";
  /** As it stood, in NFKC; case is kept for finding the parts of `useState`. */
  readonly text: string;
  /** True when no space stood before it: `React로` is two runs of one word. */
  readonly isAttached: boolean;
}

/**
 * Hangul syllables, single letters of Hangul, and words of everything else. A version such as
 * `19.2` or `v1.0` is one word; other punctuation divides.
 */
const runPattern =
  /(?<hangul>[가-힣]+)|(?<jamo>[ㄱ-ㅣ]+)|(?<word>[vV]?\p{N}+(?:\.\p{N}+)+|[\p{L}\p{M}\p{N}](?:(?![가-힣ㄱ-ㅣ])[\p{L}\p{M}\p{N}_'’])*)/gu;

export function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  let end = -1;
  for (const match of normalizeHangul(text).matchAll(runPattern)) {
    const { hangul, jamo } = match.groups ?? {};
    const kind = hangul ? "hangul" : jamo ? "jamo" : "word";
    runs.push({ kind, text: match[0].slice(0, longestToken), isAttached: match.index === end });
    end = match.index + match[0].length;
  }
  return runs;
}

/** The stem of one word of a script with letters and spaces: `Upgrading` and `upgrades` are `upgrad`. */
export function stemOf(word: string): string {
  const plain = normalize(word).replace(/['’]s?$|['’]/gu, "");
  const version = /^v?(\p{N}+(?:\.\p{N}+)*)$/u.exec(plain)?.[1];
  if (version !== undefined) return version;
  return /^[a-z]+$/.test(plain) ? stemmer(plain) : plain;
}

/** Pairs of syllables, one syllable when it stands alone: `서버리` is `서버 버리`. */
export function bigramsOf(hangul: string): string[] {
  const syllables = [...hangul];
  if (syllables.length < 2) return syllables;
  return syllables.slice(1).map((syllable, at) => `${syllables[at]}${syllable}`);
}

/**
 * What a text is found by, in its order: stems of words, and pairs of Hangul syllables. The pairs run
 * over spaces, so that compound and spaced writing find each other.
 */
export function streamOf(text: string): string[] {
  const stream: string[] = [];
  let hangul = "";
  const flush = () => {
    stream.push(...bigramsOf(hangul));
    hangul = "";
  };
  for (const line of text.split("\n")) {
    for (const run of runsOf(line)) {
      if (run.kind === "hangul") hangul += run.text;
      else {
        flush();
        stream.push(run.kind === "word" ? stemOf(run.text) : run.text);
      }
    }
    flush();
  }
  return stream;
}

/** What names are made of: `useActionState` has `use action state`, `19.2` has `19`. */
export function partsOf(text: string): string[] {
  const parts = new Set<string>();
  for (const { kind, text: word } of runsOf(text)) {
    if (kind !== "word") continue;
    const pieces = word.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}]+|\p{N}+/gu) ?? [];
    if (pieces.length > 1) for (const piece of pieces) if (piece.length > 1) parts.add(stemOf(piece));
  }
  return [...parts];
}

/** The words of a text in letters, each once: beginnings of words and words that are nearly meant are found by them. */
export function lettersOf(text: string): string[] {
  const words = new Set<string>();
  for (const { kind, text: word } of runsOf(text)) {
    if (kind === "hangul" && word.length > 1) words.add(decompose(word));
    if (kind === "word" && word.length > 1) words.add(normalize(word));
  }
  return [...words];
}

const longestInitials = 12;

/** Initial consonants from each syllable of a title on, over spaces: what `ㄹㅅ` finds `서버리스` by. */
export function initialSuffixesOf(text: string): string[] {
  const suffixes = new Set<string>();
  for (const line of text.split("\n")) {
    for (const [hangul] of normalizeHangul(line).matchAll(/[가-힣]+(?:\s+[가-힣]+)*/g)) {
      const letters = initialsOf(hangul);
      for (let at = 0; at < letters.length - 1; at++) suffixes.add(letters.slice(at, at + longestInitials));
    }
  }
  return [...suffixes];
}
