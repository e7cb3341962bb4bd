import type { Locale } from "@haru/core/locale";

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
  loading: "설정을 읽고 있습니다",
  failed: "설정을 읽지 못했습니다.",
  again: "다시 읽기",
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
  defaultLocaleHint: "브라우저가 한국어도 영어도 찾지 않을 때 씁니다.",
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
  save: "Save",
  saved: "Saved. Every page shows it in a moment.",
  changedElsewhere:
    "The settings were changed elsewhere in the meantime. Read the new ones, then save yours again.",
};

export const siteSettingsMessages: Readonly<Record<Locale, SiteSettingsMessages>> = { ko, en };
