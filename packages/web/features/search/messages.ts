import type { Locale } from "@haru/core/locale";
import { grouped } from "../site/grouped.ts";

/** What searching says. */
export interface SearchMessages {
  readonly open: string;
  readonly title: string;
  readonly label: string;
  readonly placeholder: string;
  readonly submit: string;
  readonly close: string;
  readonly results: (total: number) => string;
  readonly corrected: (query: string) => string;
  readonly none: (query: string) => string;
  readonly noneHints: readonly string[];
  readonly elsewhere: (count: number) => string;
  readonly start: string;
  readonly titlesOnly: string;
  readonly failed: string;
  readonly tooMany: string;
  readonly more: string;
  readonly all: (query: string) => string;
  readonly recent: string;
  readonly forget: string;
  readonly everything: string;
  readonly facets: Readonly<Record<"lang" | "tag" | "author" | "year", string>>;
  readonly languages: Readonly<Record<Locale, string>>;
  readonly refine: string;
  readonly keys: string;
  readonly newest: string;
}

const ko: SearchMessages = {
  open: "검색",
  title: "검색",
  label: "찾을 말",
  placeholder: "제목, 본문, 초성으로 찾기",
  submit: "찾기",
  close: "닫기",
  results: (total) => `글 ${grouped(total)}편`,
  corrected: (query) => `‘${query}’(으)로 찾았습니다.`,
  none: (query) => `‘${query}’에 맞는 글이 없습니다`,
  noneHints: [
    "낱말을 줄이거나 더 짧게 써 보세요.",
    "초성만으로도 찾습니다: ㅅㅂㄹㅅ",
    '"따옴표"는 그대로, -낱말은 빼고, tag:태그와 after:2025로 좁힙니다.',
  ],
  elsewhere: (count) => `다른 언어로 쓴 글이 ${grouped(count)}편 있습니다`,
  start: "무엇이든 기억나는 말을 적어 보세요.",
  titlesOnly: "검색이 잠시 쉬고 있어 제목의 첫머리만 찾았습니다.",
  failed: "찾지 못했습니다. 잠시 뒤 다시 시도해 주세요.",
  tooMany: "요청이 너무 많습니다. 잠시 뒤 다시 시도해 주세요.",
  more: "더 보기",
  all: (query) => `‘${query}’ 결과 모두 보기`,
  recent: "최근에 찾은 말",
  forget: "지우기",
  everything: "모두",
  facets: { lang: "언어", tag: "태그", author: "글쓴이", year: "연도" },
  languages: { ko: "한국어", en: "영어" },
  refine: "좁혀 보기",
  keys: "↑↓ 고르기 · Enter 열기 · Esc 닫기",
  newest: "새 글 보러 가기",
};

const en: SearchMessages = {
  open: "Search",
  title: "Search",
  label: "Words to look for",
  placeholder: "Titles, text, tags",
  submit: "Search",
  close: "Close",
  results: (total) => (total === 1 ? "1 post" : `${grouped(total)} posts`),
  corrected: (query) => `Showing results for “${query}”.`,
  none: (query) => `Nothing fits “${query}”`,
  noneHints: [
    "Try fewer or shorter words.",
    "“Quotes” keep words together, -word leaves one out.",
    "Narrow down with tag:name, author:name, before:2026 and after:2025.",
  ],
  elsewhere: (count) =>
    count === 1
      ? "There is 1 post in another language"
      : `There are ${grouped(count)} posts in another language`,
  start: "Type whatever you remember of it.",
  titlesOnly: "Search is taking a break: only the beginnings of titles were looked up.",
  failed: "This did not work. Please try again in a moment.",
  tooMany: "Too many requests. Please try again in a moment.",
  more: "More results",
  all: (query) => `All results for “${query}”`,
  recent: "Recent searches",
  forget: "Clear",
  everything: "All",
  facets: { lang: "Language", tag: "Tag", author: "Author", year: "Year" },
  languages: { ko: "Korean", en: "English" },
  refine: "Narrow down",
  keys: "↑↓ choose · Enter open · Esc close",
  newest: "To the newest posts",
};

export const searchMessages: Readonly<Record<Locale, SearchMessages>> = { ko, en };
