import type { Locale } from "@haru/core/locale";
import type { PostState } from "@haru/core/post/post.contract";
import type { SaveState } from "./autosave.ts";
import { type SheetMessages, sheetMessages } from "./sheet-messages.ts";

/** A post's state as authors see it: also whether a published one has changes, and whether it is in lists. */
export type ShownState = PostState | "changed" | "withdrawn" | "unlisted";

export type BulkAction = "publish" | "unpublish" | "remove" | "restore";

/** What authors read while they write. */
export interface DraftMessages extends SheetMessages {
  readonly list: {
    readonly title: string;
    readonly write: string;
    readonly transfer: string;
    readonly empty: { readonly title: string; readonly text: string };
    readonly more: string;
    readonly failed: string;
    readonly again: string;
    readonly loading: string;
    readonly state: Readonly<Record<ShownState, string>>;
    readonly changed: (when: string) => string;
    readonly view: string;
    readonly search: string;
    readonly filter: string;
    readonly everything: string;
    readonly language: string;
    readonly everyLanguage: string;
    readonly none: string;
    readonly select: (title: string) => string;
    readonly selected: (count: number) => string;
    readonly actions: Readonly<Record<BulkAction, string>>;
    readonly done: (count: number) => string;
    readonly partly: (done: number, failed: number) => string;
  };
  readonly newTitle: string;
  readonly untitled: string;
  readonly back: string;
  readonly title: string;
  readonly titlePlaceholder: string;
  readonly description: string;
  readonly descriptionPlaceholder: string;
  readonly slug: string;
  readonly tags: string;
  readonly tagsPlaceholder: string;
  readonly removeTag: (tag: string) => string;
  readonly text: string;
  readonly textPlaceholder: string;
  readonly write: string;
  readonly preview: string;
  readonly previewEmpty: string;
  readonly previewFailed: string;
  readonly readingTime: (minutes: number) => string;
  readonly save: Readonly<Record<SaveState, string>>;
  readonly publish: string;
  readonly publishChanges: string;
  readonly publishing: string;
  readonly published: string;
  readonly isPublished: string;
  readonly view: string;
  readonly unpublish: string;
  readonly unpublished: string;
  readonly undo: string;
  readonly more: string;
  readonly translate: string;
  readonly failed: string;
  readonly publishUnsaved: string;
  readonly signedOut: { readonly text: string; readonly signIn: string; readonly again: string };
  readonly loading: string;
  readonly missing: { readonly title: string; readonly text: string };
  readonly languages: Readonly<Record<Locale, string>>;
  readonly close: string;
  readonly notices: string;
}

const ko: DraftMessages = {
  ...sheetMessages.ko,
  list: {
    title: "내 글",
    write: "새 글 쓰기",
    transfer: "가져오기와 내보내기",
    empty: { title: "아직 쓴 글이 없습니다", text: "첫 글을 시작해 보세요. 쓰는 동안 저절로 저장됩니다." },
    more: "더 보기",
    failed: "글을 불러오지 못했습니다.",
    again: "다시 시도",
    loading: "글을 불러오는 중…",
    state: {
      draft: "초안",
      scheduled: "예약됨",
      published: "공개됨",
      changed: "고친 내용 있음",
      unlisted: "목록에 없음",
      withdrawn: "비공개",
      deleted: "지움",
    },
    changed: (when) => `${when} 고침`,
    view: "글 보기",
    search: "내 글에서 찾기",
    filter: "상태",
    everything: "모든 글",
    language: "언어",
    everyLanguage: "모든 언어",
    none: "찾는 글이 없습니다.",
    select: (title) => `${title} 선택`,
    selected: (count) => `${count}편 선택`,
    actions: { publish: "공개하기", unpublish: "비공개로 돌리기", remove: "지우기", restore: "되살리기" },
    done: (count) => `글 ${count}편을 바꿨습니다.`,
    partly: (done, failed) => `${done}편을 바꾸고 ${failed}편은 바꾸지 못했습니다.`,
  },
  newTitle: "새 글",
  untitled: "제목 없는 글",
  back: "내 글",
  title: "제목",
  titlePlaceholder: "제목",
  description: "설명",
  descriptionPlaceholder: "한두 문장으로 소개해 주세요",
  slug: "주소",
  tags: "태그",
  tagsPlaceholder: "태그 더하기",
  removeTag: (tag) => `${tag} 태그 빼기`,
  text: "본문",
  textPlaceholder: "오늘 배운 것을 적어 보세요…",
  write: "쓰기",
  preview: "미리보기",
  previewEmpty: "쓰는 대로 여기에 보입니다.",
  previewFailed: "미리보기를 만들지 못했습니다. 계속 쓰면 다시 시도합니다.",
  readingTime: (minutes) => `${minutes}분 읽기`,
  save: {
    idle: "",
    changed: "저장하는 중…",
    saving: "저장하는 중…",
    saved: "저장됨",
    waiting: "서버에 닿지 않아 다시 시도하고 있습니다. 글은 이 기기에 그대로 있습니다.",
    refused: "저장하려면 고칠 곳이 있습니다",
    conflict: "다른 곳에서 저장되었습니다",
    signed_out: "로그인이 끝났습니다",
  },
  publish: "공개하기",
  publishChanges: "고친 내용 공개",
  publishing: "공개하는 중…",
  published: "공개했습니다.",
  isPublished: "공개됨",
  view: "글 보기",
  unpublish: "비공개로 돌리기",
  unpublished: "비공개로 돌렸습니다. 초안은 그대로 있습니다.",
  undo: "되돌리기",
  more: "글 메뉴",
  translate: "영어로 옮겨 쓰기",
  failed: "하지 못했습니다. 잠시 뒤 다시 시도해 주세요.",
  publishUnsaved: "저장되지 않은 내용이 있어 공개하지 않았습니다.",
  signedOut: {
    text: "로그인이 끝나 저장하지 못했습니다. 새 탭에서 로그인한 뒤 다시 저장해 주세요. 글은 이 화면에 그대로 있습니다.",
    signIn: "새 탭에서 로그인",
    again: "다시 저장",
  },
  loading: "글을 여는 중…",
  missing: { title: "이 글을 찾을 수 없습니다", text: "지워졌거나 다른 사람의 글입니다." },
  languages: { ko: "한국어", en: "English" },
  close: "닫기",
  notices: "알림",
};

const en: DraftMessages = {
  ...sheetMessages.en,
  list: {
    title: "My posts",
    write: "New post",
    transfer: "Import and export",
    empty: { title: "Nothing written yet", text: "Begin your first post. It saves itself while you write." },
    more: "Show more",
    failed: "Your posts could not be loaded.",
    again: "Try again",
    loading: "Loading posts…",
    state: {
      draft: "Draft",
      scheduled: "Scheduled",
      published: "Published",
      changed: "Has changes",
      unlisted: "Unlisted",
      withdrawn: "Unpublished",
      deleted: "Deleted",
    },
    changed: (when) => `Changed ${when}`,
    view: "View post",
    search: "Search your posts",
    filter: "State",
    everything: "All posts",
    language: "Language",
    everyLanguage: "All languages",
    none: "No post is like that.",
    select: (title) => `Select ${title}`,
    selected: (count) => `${count} selected`,
    actions: { publish: "Publish", unpublish: "Unpublish", remove: "Delete", restore: "Restore" },
    done: (count) => (count === 1 ? "Changed one post." : `Changed ${count} posts.`),
    partly: (done, failed) => `Changed ${done}; ${failed} could not be changed.`,
  },
  newTitle: "New post",
  untitled: "Untitled",
  back: "My posts",
  title: "Title",
  titlePlaceholder: "Title",
  description: "Description",
  descriptionPlaceholder: "Introduce it in a sentence or two",
  slug: "Address",
  tags: "Tags",
  tagsPlaceholder: "Add a tag",
  removeTag: (tag) => `Remove the tag ${tag}`,
  text: "Text",
  textPlaceholder: "What did today teach you?",
  write: "Write",
  preview: "Preview",
  previewEmpty: "What you write appears here.",
  previewFailed: "The preview could not be made. Keep writing and it will be tried again.",
  readingTime: (minutes) => `${minutes} min read`,
  save: {
    idle: "",
    changed: "Saving…",
    saving: "Saving…",
    saved: "Saved",
    waiting: "The server cannot be reached; trying again. Your text is safe on this device.",
    refused: "Something needs to be mended before this can be saved",
    conflict: "Saved elsewhere",
    signed_out: "Your session has ended",
  },
  publish: "Publish",
  publishChanges: "Publish changes",
  publishing: "Publishing…",
  published: "Published.",
  isPublished: "Published",
  view: "View post",
  unpublish: "Unpublish",
  unpublished: "Taken off the site. The draft is still here.",
  undo: "Undo",
  more: "Post menu",
  translate: "Write it in Korean",
  failed: "That did not work. Please try again in a moment.",
  publishUnsaved: "Not published, because something is not saved yet.",
  signedOut: {
    text: "Your session has ended, so nothing can be saved. Sign in in a new tab, then save again. Your text is safe on this screen.",
    signIn: "Sign in in a new tab",
    again: "Save again",
  },
  loading: "Opening the post…",
  missing: { title: "This post cannot be found", text: "It was deleted, or it belongs to somebody else." },
  languages: { ko: "한국어", en: "English" },
  close: "Close",
  notices: "Notices",
};

export const draftMessages: Readonly<Record<Locale, DraftMessages>> = { ko, en };
