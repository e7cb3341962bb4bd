import type { Locale } from "@haru/core/locale";
import { grouped } from "../site/grouped.ts";

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
  readonly sharedDraft: (until: string) => string;
  readonly comments: (count: number) => string;
  readonly contents: string;
  readonly edited: (when: string) => string;
  readonly readTranslation: string;
  readonly tags: string;
  readonly tagsText: string;
  readonly archive: string;
  readonly archiveText: string;
  readonly count: (posts: number) => string;
  readonly tagTitle: (tag: string) => string;
  readonly authorTitle: (name: string) => string;
  readonly allTags: string;
  readonly feed: string;
  readonly noTags: { readonly title: string; readonly text: string };
  readonly moreTags: string;
  readonly around: string;
  readonly newerPost: string;
  readonly olderPost: string;
  readonly related: string;
  readonly series: string;
  readonly seriesText: string;
  readonly noSeries: { readonly title: string; readonly text: string };
  readonly allSeries: string;
  readonly part: (part: number, count: number) => string;
  readonly nextPart: string;
  readonly previousPart: string;
  readonly pinned: string;
  readonly copyCode: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly share: string;
  readonly copyLink: string;
  readonly enlarge: string;
  readonly picture: string;
  readonly close: string;
}

const ko: PostMessages = {
  greeting: ["오늘 배운 것을", "내일의 나에게 적어 둡니다."],
  older: "이전 글 보기",
  olderTitle: "이전 글",
  newest: "가장 새로운 글로",
  empty: { title: "아직 글이 없습니다", text: "첫 글이 올라오면 이 자리에 날짜와 함께 놓입니다." },
  endOfList: "여기까지가 처음입니다.",
  readingTime: (minutes) => `${minutes}분 읽기`,
  sharedDraft: (until) => `아직 공개하지 않은 초안입니다. 이 주소는 ${until}까지 열립니다.`,
  comments: (count) => `댓글 ${grouped(count)}`,
  contents: "목차",
  edited: (when) => `${when} 고침`,
  readTranslation: "Read in English",
  tags: "태그",
  tagsText: "글을 이어 주는 말들입니다.",
  archive: "지난 글",
  archiveText: "첫 글부터 오늘까지, 달마다 모았습니다.",
  count: (posts) => `글 ${grouped(posts)}편`,
  tagTitle: (tag) => `#${tag}`,
  authorTitle: (name) => `${name}의 글`,
  allTags: "모든 태그",
  feed: "새 글 받아 보기(RSS)",
  noTags: { title: "아직 태그가 없습니다", text: "태그를 단 글이 올라오면 이 자리에 모입니다." },
  moreTags: "태그 더 보기",
  around: "이어 읽기",
  newerPost: "다음 글",
  olderPost: "이전 글",
  related: "함께 읽으면 좋은 글",
  series: "연재",
  seriesText: "순서대로 이어 읽는 글입니다.",
  noSeries: { title: "아직 연재가 없습니다", text: "이어 쓴 글이 올라오면 이 자리에 모입니다." },
  allSeries: "모든 연재",
  part: (part, count) => `전체 ${count}편 중 ${part}편`,
  nextPart: "다음 편",
  previousPart: "이전 편",
  pinned: "고정한 글",
  copyCode: "복사",
  copied: "복사됨",
  notCopied: "복사하지 못했습니다. 직접 선택해 주세요",
  share: "공유",
  copyLink: "링크 복사",
  enlarge: "크게 보기",
  picture: "그림",
  close: "닫기",
};

const en: PostMessages = {
  greeting: ["What today taught me,", "written down for tomorrow."],
  older: "Older posts",
  olderTitle: "Older posts",
  newest: "To the newest posts",
  empty: { title: "No posts yet", text: "The first one will stand here, beside its day." },
  endOfList: "This is where it began.",
  readingTime: (minutes) => `${minutes} min read`,
  sharedDraft: (until) => `This is a draft that is not published yet. The address is good until ${until}.`,
  comments: (count) => (count === 1 ? "1 comment" : `${grouped(count)} comments`),
  contents: "Contents",
  edited: (when) => `Edited ${when}`,
  readTranslation: "한국어로 읽기",
  tags: "Tags",
  tagsText: "The words that tie the posts together.",
  archive: "Archive",
  archiveText: "From the first post to today, month by month.",
  count: (posts) => (posts === 1 ? "1 post" : `${grouped(posts)} posts`),
  tagTitle: (tag) => `#${tag}`,
  authorTitle: (name) => `Posts by ${name}`,
  allTags: "All tags",
  feed: "Follow by RSS",
  noTags: { title: "No tags yet", text: "Tags gather here once a post has one." },
  moreTags: "More tags",
  around: "Read on",
  newerPost: "Next post",
  olderPost: "Previous post",
  related: "On the same matter",
  series: "Series",
  seriesText: "Posts to read one after another.",
  noSeries: { title: "No series yet", text: "Posts that belong together gather here." },
  allSeries: "All series",
  part: (part, count) => `Part ${part} of ${count}`,
  nextPart: "Next part",
  previousPart: "Previous part",
  pinned: "Pinned",
  copyCode: "Copy",
  copied: "Copied",
  notCopied: "Not copied: please select it",
  share: "Share",
  copyLink: "Copy link",
  enlarge: "enlarge",
  picture: "Picture",
  close: "Close",
};

export const postMessages: Readonly<Record<Locale, PostMessages>> = { ko, en };
