/**
 * Hangul below the syllable. Letters are the compatibility jamo that keyboards make (U+3131 to
 * U+3163); compound vowels and finals count as the two letters that are typed for them, so that
 * what is typed so far is always a prefix of what is meant.
 */

const initials = [..."ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"];
const vowels = [..."ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"];
const finals = ["", ..."ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"];

const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;

/** Letters that a keyboard makes of two keys. */
const compounds: Readonly<Record<string, string>> = {
  ㅘ: "ㅗㅏ",
  ㅙ: "ㅗㅐ",
  ㅚ: "ㅗㅣ",
  ㅝ: "ㅜㅓ",
  ㅞ: "ㅜㅔ",
  ㅟ: "ㅜㅣ",
  ㅢ: "ㅡㅣ",
  ㄳ: "ㄱㅅ",
  ㄵ: "ㄴㅈ",
  ㄶ: "ㄴㅎ",
  ㄺ: "ㄹㄱ",
  ㄻ: "ㄹㅁ",
  ㄼ: "ㄹㅂ",
  ㄽ: "ㄹㅅ",
  ㄾ: "ㄹㅌ",
  ㄿ: "ㄹㅍ",
  ㅀ: "ㄹㅎ",
  ㅄ: "ㅂㅅ",
};
const compoundOf = new Map(Object.entries(compounds).map(([compound, pair]) => [pair, compound]));

function partsOf(syllable: string): [initial: string, vowel: string, final: string] | undefined {
  const code = syllable.charCodeAt(0);
  if (code < firstSyllable || code > lastSyllable) return undefined;
  const index = code - firstSyllable;
  return [
    initials[Math.floor(index / (21 * 28))] ?? "",
    vowels[Math.floor(index / 28) % 21] ?? "",
    finals[index % 28] ?? "",
  ];
}

/**
 * NFKC, which joins decomposed Hangul and narrows wide letters, but for single letters of Hangul:
 * it would make something of them that no keyboard types, and does the reverse here.
 */
export function normalizeHangul(text: string): string {
  return text
    .replace(/[^ㄱ-ㅣ]+/gu, (part) => part.normalize("NFKC"))
    .replace(/[\u1100-\u1112]/g, (initial) => initials[initial.charCodeAt(0) - 0x1100] ?? "")
    .replace(/[\u1161-\u1175]/g, (vowel) => vowels[vowel.charCodeAt(0) - 0x1161] ?? "");
}

/** `값` is `ㄱㅏㅂㅅ`. Everything but Hangul stays as it is. */
export function decompose(text: string): string {
  let letters = "";
  for (const character of text) {
    for (const letter of partsOf(character) ?? [character]) letters += compounds[letter] ?? letter;
  }
  return letters;
}

/** What a keyboard shows for these letters: `ㄱㅏㅂㅅㅣ` is `갑시`. */
export function compose(letters: string): string {
  const left = [...letters];
  const isVowel = (at: number) => vowels.includes(left[at] ?? " ");
  let text = "";
  for (let at = 0; at < left.length; ) {
    const initial = initials.indexOf(left[at] ?? "");
    if (initial < 0 || !isVowel(at + 1)) {
      const pair = compoundOf.get(`${left[at]}${left[at + 1]}`);
      const isPair = pair !== undefined && isVowel(at);
      text += isPair ? pair : left[at];
      at += isPair ? 2 : 1;
      continue;
    }
    at++;
    let vowel = left[at++] ?? "";
    const compoundVowel = compoundOf.get(`${vowel}${left[at]}`);
    if (compoundVowel && vowels.includes(compoundVowel)) {
      vowel = compoundVowel;
      at++;
    }
    // A consonant before a vowel begins the next syllable.
    let final = finals.includes(left[at] ?? " ") && !isVowel(at + 1) ? (left[at++] ?? "") : "";
    const compoundFinal = compoundOf.get(`${final}${left[at]}`);
    if (final && compoundFinal && !isVowel(at + 1)) {
      final = compoundFinal;
      at++;
    }
    text += String.fromCharCode(
      firstSyllable + (initial * 21 + vowels.indexOf(vowel)) * 28 + finals.indexOf(final),
    );
  }
  return text;
}

/** Doubled consonants need the shift key, which nobody presses for a few initials. */
const single: Readonly<Record<string, string>> = { ㄲ: "ㄱ", ㄸ: "ㄷ", ㅃ: "ㅂ", ㅆ: "ㅅ", ㅉ: "ㅈ" };

/**
 * The initial consonants of Hangul, doubled ones as single: `빠른 서버` is `ㅂㄹㅅㅂ`. Consonants that
 * stand alone are their own; everything else is left out.
 */
export function initialsOf(text: string): string {
  let letters = "";
  for (const character of text) {
    const initial = partsOf(character)?.[0] ?? (isInitials(character) ? character : "");
    letters += single[initial] ?? initial;
  }
  return letters;
}

/** True for a text of initial consonants and nothing else. */
export function isInitials(text: string): boolean {
  return text !== "" && [...text].every((letter) => initials.includes(letter));
}

/** True when every character is a whole syllable. */
export function isWholeSyllables(text: string): boolean {
  return /^[가-힣]+$/.test(text);
}

/** The whole syllables that are certain while the last one is being typed: `서벌` is `서버`, `서버ㄹ` too. */
export function withoutOpenEnd(text: string): string {
  const last = text.at(-1) ?? "";
  const parts = partsOf(last);
  if (!parts) return /[ㄱ-ㅣ]/.test(last) ? text.slice(0, -1) : text;
  const [initial, vowel, final] = parts;
  if (final === "") return text;
  return text.slice(0, -1) + compose(initial + (compounds[vowel] ?? vowel));
}
