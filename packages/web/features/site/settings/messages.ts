import type { Locale } from "@haru/core/locale";
import type { CommentPolicy } from "@haru/core/site/site.contract";

export interface SiteSettingsMessages {
  readonly title: string;
  readonly forbidden: { readonly title: string; readonly text: string };
  readonly loading: string;
  readonly failed: string;
  readonly again: string;
  readonly language: Readonly<Record<Locale, string>>;
  readonly languageLead: Readonly<Record<Locale, string>>;
  readonly name: string;
  readonly description: string;
  readonly descriptionHint: string;
  readonly navigation: string;
  readonly socialLinks: string;
  readonly everywhere: string;
  readonly everywhereLead: string;
  readonly label: string;
  readonly href: string;
  readonly linkNumber: (kind: string, number: number) => string;
  readonly addLink: (kind: string) => string;
  readonly removeLink: string;
  readonly defaultLocale: string;
  readonly defaultLocaleHint: string;
  readonly feedHub: string;
  readonly feedHubHint: string;
  readonly comments: string;
  readonly commentsLead: string;
  readonly approval: string;
  readonly approvals: Readonly<Record<CommentPolicy["approval"], string>>;
  readonly closeAfterDays: string;
  readonly closeAfterDaysHint: string;
  readonly save: string;
  readonly saved: string;
  readonly changedElsewhere: string;
}

const ko: SiteSettingsMessages = {
  title: "사이트 설정",
  forbidden: {
    title: "관리자만 볼 수 있습니다",
    text: "사이트의 이름과 메뉴는 관리자가 정합니다.",
  },
  loading: "설정을 불러오는 중…",
  failed: "설정을 불러오지 못했습니다.",
  again: "다시 시도",
  language: { ko: "한국어", en: "영어" },
  languageLead: {
    ko: "한국어 페이지에 보이는 이름과 메뉴입니다.",
    en: "영어 페이지에 보이는 이름과 메뉴입니다.",
  },
  name: "이름",
  description: "소개",
  descriptionHint: "첫 화면과 검색 결과, 피드에 보입니다.",
  navigation: "메뉴",
  socialLinks: "다른 곳의 나",
  everywhere: "모든 언어",
  everywhereLead: "페이지 아래에 놓이는 링크와, 처음 온 사람에게 보여 줄 언어입니다.",
  label: "이름",
  href: "주소",
  linkNumber: (kind, number) => `${kind} ${number}`,
  addLink: (kind) => `${kind} 더하기`,
  removeLink: "빼기",
  defaultLocale: "기본 언어",
  defaultLocaleHint: "브라우저의 언어가 한국어도 영어도 아닐 때 씁니다.",
  feedHub: "피드 허브 (WebSub)",
  feedHubHint:
    "새 글이 나오면 이 허브에 알리고, 허브가 구독하는 곳에 바로 전합니다. 비워 두면 알리지 않습니다.",
  comments: "댓글",
  commentsLead: "누구의 댓글을 먼저 살펴볼지, 언제까지 받을지 정합니다.",
  approval: "먼저 살펴볼 댓글",
  approvals: {
    none: "링크가 많은 댓글만",
    first: "처음 쓰는 사람의 댓글",
    all: "모든 댓글",
  },
  closeAfterDays: "댓글을 받는 날수",
  closeAfterDaysHint: "공개한 지 이만큼 지난 글은 새 댓글을 받지 않습니다. 0은 언제나 받는다는 뜻입니다.",
  save: "저장",
  saved: "저장했습니다. 모든 페이지에 곧 보입니다.",
  changedElsewhere: "그 사이 다른 곳에서 설정이 바뀌었습니다. 새 설정을 읽은 뒤 다시 저장해 주세요.",
};

const en: SiteSettingsMessages = {
  title: "Site settings",
  forbidden: {
    title: "For administrators only",
    text: "Administrators decide on the site's name and its menu.",
  },
  loading: "Reading the settings",
  failed: "The settings could not be read.",
  again: "Read again",
  language: { ko: "Korean", en: "English" },
  languageLead: {
    ko: "The name and the menu of Korean pages.",
    en: "The name and the menu of English pages.",
  },
  name: "Name",
  description: "Description",
  descriptionHint: "Shown on the front page, in search results and in feeds.",
  navigation: "Menu",
  socialLinks: "Elsewhere",
  everywhere: "All languages",
  everywhereLead: "Links at the foot of every page, and the language for people who come for the first time.",
  label: "Name",
  href: "Address",
  linkNumber: (kind, number) => `${kind} ${number}`,
  addLink: (kind) => `Add to ${kind.toLowerCase()}`,
  removeLink: "Remove",
  defaultLocale: "Default language",
  defaultLocaleHint: "For browsers that ask for neither Korean nor English.",
  feedHub: "Feed hub (WebSub)",
  feedHubHint: "It is told of new posts and tells subscribers at once. Leave it empty to tell nobody.",
  comments: "Comments",
  commentsLead: "Whose comments you look at first, and for how long posts take them.",
  approval: "Comments to look at first",
  approvals: {
    none: "Only those with many links",
    first: "The first of each person",
    all: "All of them",
  },
  closeAfterDays: "Days that a post takes comments",
  closeAfterDaysHint: "Posts published longer ago take no new comments. 0 means that they always do.",
  save: "Save",
  saved: "Saved. Every page shows it in a moment.",
  changedElsewhere:
    "The settings were changed elsewhere in the meantime. Read the new ones, then save yours again.",
};

export const siteSettingsMessages: Readonly<Record<Locale, SiteSettingsMessages>> = { ko, en };
