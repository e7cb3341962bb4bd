import type { Locale } from "@haru/core/locale";
import { productName } from "@haru/core/product-name";

/** What every page says around its content. */
export interface SiteMessages {
  readonly name: string;
  readonly tagline: string;
  readonly skip: string;
  readonly mainMenu: string;
  readonly posts: string;
  readonly myPosts: string;
  readonly pictures: string;
  readonly moderation: string;
  readonly todos: string;
  readonly signIn: string;
  readonly signOut: string;
  readonly signOutFailed: string;
  readonly unsentTodos: string;
  readonly account: string;
  readonly settings: string;
  readonly people: string;
  readonly siteSettings: string;
  readonly theme: string;
  readonly themes: Readonly<Record<"system" | "light" | "dark", string>>;
  /** The other language, in that language. */
  readonly otherLanguage: string;
  readonly noTranslation: string;
  readonly moreMenu: string;
  readonly archive: string;
  readonly tags: string;
  readonly series: string;
  readonly colophon: string;
  readonly keys: string;
  readonly notFound: { readonly title: string; readonly text: string };
  readonly gone: { readonly title: string; readonly text: string };
  /** A post that there is in the other language alone. */
  readonly untranslated: { readonly title: string; readonly text: string };
  readonly failed: { readonly title: string; readonly text: string; readonly again: string };
  readonly toHome: string;
}

const ko: SiteMessages = {
  name: productName.ko,
  tagline: "서버리스와 웹, 그리고 매일 조금씩 나아지는 일에 대한 기록.",
  skip: "본문으로 건너뛰기",
  mainMenu: "주 메뉴",
  posts: "글",
  myPosts: "내 글",
  pictures: "그림",
  moderation: "댓글 살피기",
  todos: "할 일",
  signIn: "로그인",
  signOut: "로그아웃",
  unsentTodos: "할 일에 아직 보내지 못한 변경이 있습니다. 로그아웃하면 사라집니다. 그래도 로그아웃할까요?",
  signOutFailed: "로그아웃하지 못했습니다. 잠시 뒤 다시 시도해 주세요.",
  account: "계정",
  settings: "계정 설정",
  people: "사람들",
  siteSettings: "사이트 설정",
  theme: "밝기",
  themes: { system: "시스템 설정", light: "밝게", dark: "어둡게" },
  otherLanguage: "English",
  noTranslation: "영어로 옮긴 글이 아직 없어 영어 첫 화면으로 갑니다",
  moreMenu: "더 둘러보기",
  archive: "지난 글",
  tags: "태그",
  series: "연재",
  colophon: "서버 없이 굴러가는 하루",
  keys: "단축키",
  notFound: {
    title: "이 주소에는 글이 없습니다",
    text: "주소가 바뀌었거나, 아직 공개되지 않은 글일 수 있습니다.",
  },
  gone: { title: "지워진 글입니다", text: "글쓴이가 이 글을 지웠습니다." },
  untranslated: {
    title: "아직 한국어로 옮기지 않은 글입니다",
    text: "영어로 쓴 원래 글은 읽으실 수 있습니다.",
  },
  failed: {
    title: "페이지를 열지 못했습니다",
    text: "저희 쪽 문제입니다. 잠시 뒤 다시 시도해 주세요.",
    again: "다시 시도",
  },
  toHome: "첫 화면으로",
};

const en: SiteMessages = {
  name: productName.en,
  tagline: "Notes on serverless, the web, and getting a little better every day.",
  skip: "Skip to content",
  mainMenu: "Main menu",
  posts: "Posts",
  myPosts: "My posts",
  pictures: "Pictures",
  moderation: "Moderation",
  todos: "Todos",
  signIn: "Sign in",
  signOut: "Sign out",
  unsentTodos: "Some changes of your todos were not sent yet. Signing out loses them. Sign out all the same?",
  signOutFailed: "You could not be signed out. Please try again in a moment.",
  account: "Account",
  settings: "Settings",
  people: "People",
  siteSettings: "Site settings",
  theme: "Appearance",
  themes: { system: "System", light: "Light", dark: "Dark" },
  otherLanguage: "한국어",
  noTranslation: "Not translated into Korean yet: leads to the Korean front page",
  moreMenu: "More",
  archive: "Archive",
  tags: "Tags",
  series: "Series",
  colophon: "a day that runs without servers",
  keys: "Keyboard",
  notFound: {
    title: "There is nothing at this address",
    text: "The address may have changed, or the post is not published yet.",
  },
  gone: { title: "This post was deleted", text: "Its author took it down." },
  untranslated: {
    title: "This post is not in English yet",
    text: "It can be read as it was written, in Korean.",
  },
  failed: {
    title: "This page could not be opened",
    text: "The problem is on our side. Please try again in a moment.",
    again: "Try again",
  },
  toHome: "To the front page",
};

export const siteMessages: Readonly<Record<Locale, SiteMessages>> = { ko, en };
