import type { Locale } from "@haru/core/locale";
import { grouped } from "../site/grouped.ts";

export interface SeriesMessages {
  readonly title: string;
  readonly lead: string;
  readonly loading: string;
  readonly failed: string;
  readonly again: string;
  readonly languages: Readonly<Record<Locale, string>>;
  readonly none: string;
  readonly count: (posts: number) => string;
  readonly arrange: string;
  readonly arrangeOf: (series: string) => string;
  readonly done: string;
  readonly up: (part: string) => string;
  readonly down: (part: string) => string;
  readonly moved: (part: string, place: number, count: number) => string;
  readonly saved: string;
}

const ko: SeriesMessages = {
  title: "연재",
  lead: "연재는 공개한 순서대로 읽힙니다. 끌어서 옮기거나, 제목을 고르고 Alt와 화살표를 누르면 순서가 바뀝니다.",
  loading: "연재를 불러오는 중…",
  failed: "연재를 불러오지 못했습니다.",
  again: "다시 시도",
  languages: { ko: "한국어", en: "영어" },
  none: "아직 연재가 없습니다. 글의 설정에서 연재 이름을 적고 공개하면 여기에 나옵니다.",
  count: (posts) => `글 ${grouped(posts)}편`,
  arrange: "순서 바꾸기",
  arrangeOf: (series) => `${series} 순서 바꾸기`,
  done: "닫기",
  up: (part) => `${part} 위로`,
  down: (part) => `${part} 아래로`,
  moved: (part, place, count) => `‘${part}’ 글을 ${count}편 가운데 ${place}번째로 옮겼습니다.`,
  saved: "저장했습니다.",
};

const en: SeriesMessages = {
  title: "Series",
  lead: "A series is read in the order in which it was published. Drag a part to move it, or press Alt and an arrow key on its title.",
  loading: "Reading the series",
  failed: "The series could not be read.",
  again: "Read again",
  languages: { ko: "Korean", en: "English" },
  none: "There is no series yet. Name one in a post’s settings and publish it, and it stands here.",
  count: (posts) => (posts === 1 ? "1 post" : `${grouped(posts)} posts`),
  arrange: "Change the order",
  arrangeOf: (series) => `Change the order of ${series}`,
  done: "Close",
  up: (part) => `Move ${part} up`,
  down: (part) => `Move ${part} down`,
  moved: (part, place, count) => `“${part}” is now number ${place} of ${count}.`,
  saved: "Saved.",
};

export const seriesMessages: Readonly<Record<Locale, SeriesMessages>> = { ko, en };
