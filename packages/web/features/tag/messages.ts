import type { Locale } from "@haru/core/locale";
import { grouped } from "../site/grouped.ts";

export interface TagMessages {
  readonly title: string;
  readonly lead: string;
  readonly forbidden: { readonly title: string; readonly text: string };
  readonly loading: string;
  readonly failed: string;
  readonly again: string;
  readonly languages: Readonly<Record<Locale, string>>;
  readonly none: string;
  readonly count: (posts: number) => string;
  readonly change: string;
  readonly changeOf: (tag: string) => string;
  readonly cancel: string;
  readonly name: string;
  readonly nameHint: string;
  readonly merges: (tag: string, posts: number) => string;
  readonly description: string;
  readonly descriptionHint: string;
  readonly save: string;
  readonly moving: (to: string, posts: number) => string;
  readonly stuck: string;
  readonly moveAgain: string;
  readonly more: string;
}

const ko: TagMessages = {
  title: "태그",
  lead: "이름을 바꾸면 그 태그의 글이 모두 따라가고, 옛 주소는 새 주소로 이어집니다.",
  forbidden: { title: "관리자만 볼 수 있습니다", text: "태그는 모든 글쓴이의 글에 걸쳐 있습니다." },
  loading: "태그를 불러오는 중…",
  failed: "태그를 불러오지 못했습니다.",
  again: "다시 시도",
  languages: { ko: "한국어", en: "영어" },
  none: "공개한 글에 붙은 태그가 아직 없습니다.",
  count: (posts) => `글 ${grouped(posts)}편`,
  change: "고치기",
  changeOf: (tag) => `${tag} 고치기`,
  cancel: "그만두기",
  name: "이름",
  nameHint: "이미 있는 태그의 이름을 쓰면 둘이 합쳐집니다.",
  merges: (tag, posts) => `글 ${posts}편이 있는 ‘${tag}’ 태그와 합쳐집니다.`,
  description: "소개",
  descriptionHint: "태그 페이지와 피드, 검색 결과에 보입니다.",
  save: "저장",
  moving: (to, posts) => `글 ${posts}편을 ‘${to}’ 태그로 옮기고 있습니다.`,
  stuck: "한동안 옮겨진 글이 없습니다. 남은 글은 옛 태그에 그대로 있고, 옛 주소도 열립니다.",
  moveAgain: "다시 옮기기",
  more: "더 보기",
};

const en: TagMessages = {
  title: "Tags",
  lead: "All posts of a tag follow its new name, and the old address leads to the new one.",
  forbidden: { title: "For administrators only", text: "Tags reach across the posts of all authors." },
  loading: "Reading the tags",
  failed: "The tags could not be read.",
  again: "Read again",
  languages: { ko: "Korean", en: "English" },
  none: "No published post has a tag yet.",
  count: (posts) => (posts === 1 ? "1 post" : `${grouped(posts)} posts`),
  change: "Change",
  changeOf: (tag) => `Change ${tag}`,
  cancel: "Cancel",
  name: "Name",
  nameHint: "With the name of another tag, the two become one.",
  merges: (tag, posts) =>
    `Becomes one with “${tag}”, which has ${posts === 1 ? "1 post" : `${grouped(posts)} posts`}.`,
  description: "Description",
  descriptionHint: "Shown on the tag’s page, in its feed and in search results.",
  save: "Save",
  moving: (to, posts) => `${posts === 1 ? "1 post is" : `${posts} posts are`} on the way to “${to}”.`,
  stuck:
    "No post has moved for a while. Those that are left keep their old tag, and its address still works.",
  moveAgain: "Move them again",
  more: "Show more",
};

export const tagMessages: Readonly<Record<Locale, TagMessages>> = { ko, en };
