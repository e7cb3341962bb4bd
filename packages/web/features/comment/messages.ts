import type { CommentQueue, CommentStanding, commentOrders } from "@haru/core/comment/comment.contract";
import type { Locale } from "@haru/core/locale";
import { grouped } from "../site/grouped.ts";

export interface CommentMessages {
  readonly title: string;
  readonly needsScripts: string;
  readonly empty: string;
  readonly label: string;
  readonly placeholder: string;
  readonly hint: string;
  readonly preview: string;
  /** Leads from the preview back to the text. */
  readonly write: string;
  readonly send: string;
  readonly sending: string;
  readonly sent: string;
  /** Said when a comment waits for a moderator. */
  readonly waits: string;
  /** Stands beside a comment that waits. */
  readonly waiting: string;
  readonly closed: string;
  readonly signInFirst: string;
  readonly signIn: string;
  /** On the button that turns the order around, by the order that is shown. */
  readonly turn: Readonly<Record<(typeof commentOrders)[number], string>>;
  readonly more: string;
  readonly loading: string;
  readonly loadFailed: string;
  readonly again: string;
  readonly author: string;
  readonly edited: string;
  readonly removed: string;
  readonly accountDeleted: string;
  readonly reply: string;
  readonly replyTo: (name: string) => string;
  readonly edit: string;
  readonly save: string;
  readonly editedNow: string;
  readonly remove: string;
  readonly reallyRemove: string;
  readonly removedNow: string;
  readonly report: string;
  readonly reportOf: (name: string) => string;
  readonly reported: string;
  readonly cancel: string;
  readonly emptyText: string;
  readonly sessionEnded: string;
  readonly sendFailed: string;
  readonly actionFailed: string;
}

const ko: CommentMessages = {
  title: "댓글",
  needsScripts: "댓글을 보려면 자바스크립트를 켜 주세요.",
  empty: "아직 댓글이 없습니다. 처음으로 생각을 남겨 보세요.",
  label: "댓글",
  placeholder: "생각을 남겨 주세요",
  hint: "마크다운을 쓸 수 있습니다.",
  preview: "미리보기",
  write: "이어 쓰기",
  send: "남기기",
  sending: "남기는 중…",
  sent: "댓글을 남겼습니다.",
  waits: "댓글을 받았습니다. 확인을 거친 뒤 모두에게 보입니다.",
  waiting: "확인 기다리는 중",
  closed: "이 글의 댓글은 닫혀 있습니다.",
  signInFirst: "로그인하면 댓글을 남길 수 있습니다.",
  signIn: "로그인",
  turn: { oldest: "새 댓글부터 보기", newest: "처음부터 보기" },
  more: "댓글 더 보기",
  loading: "댓글을 불러오는 중…",
  loadFailed: "댓글을 불러오지 못했습니다.",
  again: "다시 시도",
  author: "글쓴이",
  edited: "고침",
  removed: "지워진 댓글입니다.",
  accountDeleted: "탈퇴한 계정",
  reply: "답글",
  replyTo: (name) => `${name} 님에게 답글`,
  edit: "고치기",
  save: "저장",
  editedNow: "댓글을 고쳤습니다.",
  remove: "지우기",
  reallyRemove: "정말 지우기",
  removedNow: "댓글을 지웠습니다.",
  report: "신고",
  reportOf: (name) => `${name} 님의 댓글 신고`,
  reported: "신고했습니다. 운영자가 살펴봅니다.",
  cancel: "그만두기",
  emptyText: "내용을 적어 주세요.",
  sessionEnded: "로그인이 끝났습니다. 새 탭에서 로그인한 뒤 다시 남겨 주세요. 적은 글은 그대로 있습니다.",
  sendFailed: "댓글을 남기지 못했습니다. 적은 글은 그대로 있으니 다시 시도해 주세요.",
  actionFailed: "하지 못했습니다. 잠시 뒤 다시 시도해 주세요.",
};

const en: CommentMessages = {
  title: "Comments",
  needsScripts: "Please turn on JavaScript to see the comments.",
  empty: "No comments yet. Yours could be the first.",
  label: "Comment",
  placeholder: "What do you think?",
  hint: "You can use Markdown",
  preview: "Preview",
  write: "Back to writing",
  send: "Post",
  sending: "Posting…",
  sent: "Your comment was posted.",
  waits: "Your comment has arrived. Everybody sees it once it was looked at.",
  waiting: "Waiting for approval",
  closed: "Comments on this post are closed.",
  signInFirst: "Sign in to leave a comment.",
  signIn: "Sign in",
  turn: { oldest: "Newest first", newest: "Oldest first" },
  more: "More comments",
  loading: "Loading comments…",
  loadFailed: "The comments could not be loaded.",
  again: "Try again",
  author: "Author",
  edited: "Edited",
  removed: "This comment was removed.",
  accountDeleted: "Deleted account",
  reply: "Reply",
  replyTo: (name) => `Reply to ${name}`,
  edit: "Edit",
  save: "Save",
  editedNow: "Your comment was changed.",
  remove: "Delete",
  reallyRemove: "Really delete",
  removedNow: "Your comment was deleted.",
  report: "Report",
  reportOf: (name) => `Report the comment by ${name}`,
  reported: "The moderators were told.",
  cancel: "Cancel",
  emptyText: "Please write something.",
  sessionEnded: "Your session has ended. Sign in in a new tab, then post again. Your text is still here.",
  sendFailed: "Your comment could not be posted. Your text is still here: please try again.",
  actionFailed: "That did not work. Please try again in a moment.",
};

export const commentMessages: Readonly<Record<Locale, CommentMessages>> = { ko, en };

/** What the page of the moderators says; no reader's script holds it. */
export interface ModerationMessages {
  readonly title: string;
  readonly queues: Readonly<Record<CommentStanding, string>>;
  readonly everything: string;
  /** What comments are looked for by. */
  readonly label: string;
  readonly placeholder: string;
  readonly submit: string;
  /** Leads from what was found to the queues. */
  readonly back: string;
  readonly found: (count: number, isMore: boolean) => string;
  readonly corrected: (query: string) => string;
  readonly none: (query: string) => string;
  readonly searchFailed: string;
  readonly empty: Readonly<Record<CommentQueue, string>>;
  readonly approve: string;
  readonly hide: string;
  readonly approveOf: (name: string) => string;
  readonly hideOf: (name: string) => string;
  readonly ban: string;
  readonly unban: string;
  readonly banOf: (name: string) => string;
  readonly unbanOf: (name: string) => string;
  readonly choose: (name: string) => string;
  readonly chosen: (count: number) => string;
  readonly reports: (count: number) => string;
  readonly failed: string;
  readonly again: string;
  readonly more: string;
  readonly loading: string;
  readonly done: (count: number) => string;
}

export const moderationMessages: Readonly<Record<Locale, ModerationMessages>> = {
  ko: {
    title: "댓글 살피기",
    queues: {
      waiting: "기다리는 댓글",
      reported: "신고된 댓글",
      hidden: "가린 댓글",
      none: "보이는 댓글",
    },
    everything: "모든 댓글",
    label: "찾을 말",
    placeholder: "댓글 내용이나 쓴 사람 이름",
    submit: "찾기",
    back: "찾기 그만두기",
    found: (count, isMore) => `댓글 ${grouped(count)}개${isMore ? " 이상" : ""}`,
    corrected: (query) => `‘${query}’(으)로 찾았습니다.`,
    none: (query) => `‘${query}’에 맞는 댓글이 없습니다.`,
    searchFailed: "지금은 댓글을 찾을 수 없습니다. 잠시 뒤 다시 시도해 주세요. 목록은 그대로 쓸 수 있습니다.",
    empty: {
      waiting: "기다리는 댓글이 없습니다.",
      reported: "신고된 댓글이 없습니다.",
      hidden: "가린 댓글이 없습니다.",
    },
    approve: "보이기",
    hide: "가리기",
    approveOf: (name) => `${name} 님의 댓글 보이기`,
    hideOf: (name) => `${name} 님의 댓글 가리기`,
    ban: "댓글 막기",
    unban: "막기 풀기",
    banOf: (name) => `${name} 님이 댓글을 못 쓰게 막기`,
    unbanOf: (name) => `${name} 님이 다시 댓글을 쓰게 풀기`,
    choose: (name) => `${name} 님의 댓글 선택`,
    chosen: (count) => `${count}개 선택`,
    reports: (count) => `신고 ${count}건`,
    failed: "하지 못했습니다. 잠시 뒤 다시 시도해 주세요.",
    again: "다시 시도",
    more: "더 보기",
    loading: "불러오는 중…",
    done: (count) => `댓글 ${count}개를 살폈습니다.`,
  },
  en: {
    title: "Moderation",
    queues: { waiting: "Waiting", reported: "Reported", hidden: "Hidden", none: "Shown" },
    everything: "All comments",
    label: "Words to look for",
    placeholder: "What a comment says, or who wrote it",
    submit: "Search",
    back: "Back to the queues",
    found: (count, isMore) => {
      if (isMore) return `${grouped(count)} comments or more`;
      return count === 1 ? "1 comment" : `${grouped(count)} comments`;
    },
    corrected: (query) => `Showing results for “${query}”.`,
    none: (query) => `No comment fits “${query}”.`,
    searchFailed:
      "Comments cannot be searched right now. Please try again in a moment. The queues work as usual.",
    empty: {
      waiting: "No comment is waiting.",
      reported: "No comment was reported.",
      hidden: "No comment is hidden.",
    },
    approve: "Show",
    hide: "Hide",
    approveOf: (name) => `Show the comment by ${name}`,
    hideOf: (name) => `Hide the comment by ${name}`,
    ban: "Ban",
    unban: "Unban",
    banOf: (name) => `Let ${name} write no more comments`,
    unbanOf: (name) => `Let ${name} write comments again`,
    choose: (name) => `Choose the comment by ${name}`,
    chosen: (count) => `${count} chosen`,
    reports: (count) => (count === 1 ? "1 report" : `${count} reports`),
    failed: "That did not work. Please try again in a moment.",
    again: "Try again",
    more: "More",
    loading: "Loading…",
    done: (count) => (count === 1 ? "1 comment was moderated." : `${count} comments were moderated.`),
  },
};
