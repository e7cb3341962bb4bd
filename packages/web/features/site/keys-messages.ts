import type { Locale } from "@haru/core/locale";

interface KeysMessages {
  readonly title: string;
  /** Keys of which any leads there, and what they do. */
  readonly keys: readonly (readonly [keys: readonly string[], meaning: string])[];
  readonly choice: string;
  readonly close: string;
}

export const keysMessages: Readonly<Record<Locale, KeysMessages>> = {
  ko: {
    title: "키보드로 읽기",
    keys: [
      [["/", "Ctrl K"], "글 찾기"],
      [["n"], "다음 글"],
      [["p"], "이전 글"],
      [["c"], "댓글로"],
      [["h"], "첫 화면으로"],
      [["?"], "이 안내"],
    ],
    choice: "한 글자 단축키 쓰기",
    close: "닫기",
  },
  en: {
    title: "Reading by keyboard",
    keys: [
      [["/", "Ctrl K"], "Search"],
      [["n"], "Next post"],
      [["p"], "Previous post"],
      [["c"], "To the comments"],
      [["h"], "To the front page"],
      [["?"], "This sheet"],
    ],
    choice: "Use single keys",
    close: "Close",
  },
};
