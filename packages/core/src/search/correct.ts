import { type Need, readQuery, replaceWords } from "./query.ts";
import type { FindRequest, SearchIndex } from "./search-index.ts";
import { compose, decompose, isWholeSyllables } from "./text/hangul.ts";
import { asHangul, asLatin } from "./text/keyboard.ts";
import { stemsOf } from "./text/particle.ts";
import { normalize } from "./text/tokens.ts";

/** Each costs the index a few small queries. */
const mostCorrected = 4;
const fewestLatin = 3;

/**
 * What a query was probably meant to be, when some of its words find nothing: typed on the other
 * keyboard layout, or misspelt. A word is offered only when the same person would find something by it.
 */
export async function correct(
  index: SearchIndex,
  request: FindRequest,
  typed: string,
): Promise<string | undefined> {
  const finds = async (word: string) => {
    const query = { ...readQuery(word), excluded: [] };
    if (query.needs.length === 0) return false;
    const alone = { ...request, query, needsAll: true, limit: 1, wantsFacets: false };
    return (await index.find(alone)).total > 0;
  };
  const replacements = new Map<string, string>();
  const words = request.query.needs.filter(({ isPhrase }) => !isPhrase).slice(0, mostCorrected);
  for (const { word } of words) {
    if (await finds(word)) continue;
    for await (const meant of candidatesOf(index, word)) {
      if (!(await finds(meant))) continue;
      replacements.set(word, meant);
      break;
    }
  }
  return replacements.size > 0 ? replaceWords(typed, replacements) : undefined;
}

async function* candidatesOf(index: SearchIndex, word: Need["word"]): AsyncGenerator<string> {
  if (/^[a-z]+$/i.test(word)) {
    const hangul = asHangul(word);
    if (hangul.length > 1 && isWholeSyllables(hangul)) yield hangul;
  } else if (/^[가-힣ㄱ-ㅣ]+$/.test(word)) {
    const latin = asLatin(word);
    if (latin.length >= fewestLatin && /^[a-z]+$/.test(latin)) yield latin;
  }
  for (const reading of [word, ...stemsOf(word)]) {
    for (const letters of await index.similarWords(decompose(normalize(reading)))) yield compose(letters);
  }
}
