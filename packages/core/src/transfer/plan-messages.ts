import type { Locale } from "../locale.ts";

/** Why a file does not become a post, for whoever wrote it. */
interface PlanMessages {
  readonly noFrontMatter: string;
  readonly openFrontMatter: string;
  readonly badYaml: (detail: string) => string;
  readonly notNames: string;
  readonly unreadable: (detail: string) => string;
  readonly unknownLanguage: (folders: readonly string[]) => string;
  readonly badDate: (text: string) => string;
  readonly taken: (path: string) => string;
  readonly noPostToChange: string;
}

export const planMessages: Readonly<Record<Locale, PlanMessages>> = {
  ko: {
    noFrontMatter: "머리말(front matter)이 없습니다.",
    openFrontMatter: "머리말을 닫는 하이픈 세 개의 줄이 없습니다.",
    badYaml: (detail) => `머리말이 올바른 YAML이 아닙니다: ${detail}`,
    notNames: "머리말이 이름과 값의 목록이 아닙니다.",
    unreadable: (detail) => `머리말을 읽을 수 없습니다: ${detail}`,
    unknownLanguage: (folders) =>
      `언어를 알 수 없습니다. ${folders.join("나 ")} 폴더에 넣거나 lang으로 적어 주세요.`,
    badDate: (text) => `date: "${text}"은(는) 2024-12-05나 2024-12-05T09:30+09:00 같은 날짜가 아닙니다.`,
    taken: (path) => `${path}의 언어와 주소가 이것과 같습니다.`,
    noPostToChange: "이 변경이 속한 글이 없습니다.",
  },
  en: {
    noFrontMatter: "It has no front matter.",
    openFrontMatter: "The front matter has no closing line of three hyphens.",
    badYaml: (detail) => `The front matter is not valid YAML: ${detail}`,
    notNames: "The front matter is not a list of names with values.",
    unreadable: (detail) => `The front matter cannot be read: ${detail}`,
    unknownLanguage: (folders) =>
      `Its language is unknown: put it into a folder ${folders.join(" or ")}, or name one of them as lang.`,
    badDate: (text) => `date: "${text}" is not a date such as 2024-12-05 or 2024-12-05T09:30+09:00.`,
    taken: (path) => `${path} has the same language and slug.`,
    noPostToChange: "There is no post that this is a change of.",
  },
};
