import type { Locale } from "@haru/core/locale";

/** What pages about posts say to readers. */
export interface PostMessages {
  /** Two lines at most; a line break stands where the breath is. */
  readonly greeting: readonly string[];
  readonly older: string;
  readonly olderTitle: string;
  readonly newest: string;
  readonly empty: { readonly title: string; readonly text: string };
  readonly endOfList: string;
  readonly readingTime: (minutes: number) => string;
  readonly comments: (count: number) => string;
  readonly contents: string;
  readonly edited: (when: string) => string;
  readonly readTranslation: string;
  readonly tags: string;
  readonly copyCode: string;
  readonly copied: string;
}

const ko: PostMessages = {
  greeting: ["오늘 배운 것을", "내일의 나에게 적어 둡니다."],
  older: "이전 글 보기",
  olderTitle: "이전 글",
  newest: "가장 새로운 글로",
  empty: { title: "아직 글이 없습니다", text: "첫 글이 올라오면 이 자리에 날짜와 함께 놓입니다." },
  endOfList: "여기까지가 처음입니다.",
  readingTime: (minutes) => `${minutes}분 읽기`,
  comments: (count) => `댓글 ${count}`,
  contents: "목차",
  edited: (when) => `${when} 고침`,
  readTranslation: "Read in English",
  tags: "태그",
  copyCode: "복사",
  copied: "복사됨",
};

const en: PostMessages = {
  greeting: ["What today taught me,", "written down for tomorrow."],
  older: "Older posts",
  olderTitle: "Older posts",
  newest: "To the newest posts",
  empty: { title: "No posts yet", text: "The first one will stand here, beside its day." },
  endOfList: "This is where it began.",
  readingTime: (minutes) => `${minutes} min read`,
  comments: (count) => (count === 1 ? "1 comment" : `${count} comments`),
  contents: "Contents",
  edited: (when) => `Edited ${when}`,
  readTranslation: "한국어로 읽기",
  tags: "Tags",
  copyCode: "Copy",
  copied: "Copied",
};

export const postMessages: Readonly<Record<Locale, PostMessages>> = { ko, en };
