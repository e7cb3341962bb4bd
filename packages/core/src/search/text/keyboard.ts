import { compose, decompose } from "./hangul.ts";

/** The Korean standard keyboard (KS X 5002) beside the Latin one. Shift matters for seven keys only. */
const latinKeys = "rRseEfaqQtTdwWczxvgkoiOjpuPhynbml";
const hangulKeys = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ";

const hangulOf = new Map([...latinKeys].map((key, at) => [key, [...hangulKeys][at] ?? ""]));
const latinOf = new Map([...hangulKeys].map((letter, at) => [letter, latinKeys[at] ?? ""]));

/** What the same keys give on the Korean keyboard: `tjqjfltm` is `서버리스`. Other characters stay. */
export function asHangul(text: string): string {
  const letters = [...text].map((key) => hangulOf.get(key) ?? hangulOf.get(key.toLowerCase()) ?? key);
  return compose(letters.join(""));
}

/** What the same keys give on the Latin keyboard: `ㄱㄷㅁㅊㅅ` is `react`. Other characters stay. */
export function asLatin(text: string): string {
  return [...decompose(text)]
    .map((letter) => latinOf.get(letter) ?? letter)
    .join("")
    .toLowerCase();
}
