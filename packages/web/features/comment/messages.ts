import type { Locale } from "@haru/core/locale";

export interface CommentMessages {
  readonly title: string;
  readonly needsScripts: string;
  readonly empty: string;
  readonly label: string;
  readonly placeholder: string;
  readonly hint: string;
  readonly send: string;
  readonly sending: string;
  readonly sent: string;
  readonly signInFirst: string;
  readonly signIn: string;
  readonly more: string;
  readonly loading: string;
  readonly loadFailed: string;
  readonly again: string;
  readonly author: string;
  readonly reply: string;
  readonly replyTo: (name: string) => string;
  readonly cancel: string;
  readonly emptyText: string;
  readonly sessionEnded: string;
  readonly sendFailed: string;
}

const ko: CommentMessages = {
  title: "댓글",
  needsScripts: "댓글을 보려면 자바스크립트를 켜 주세요.",
  empty: "아직 댓글이 없습니다. 처음으로 생각을 남겨 보세요.",
  label: "댓글",
  placeholder: "생각을 남겨 주세요",
  hint: "마크다운을 쓸 수 있어요",
  send: "남기기",
  sending: "남기는 중…",
  sent: "댓글을 남겼습니다.",
  signInFirst: "로그인하면 댓글을 남길 수 있습니다.",
  signIn: "로그인",
  more: "댓글 더 보기",
  loading: "댓글을 불러오는 중…",
  loadFailed: "댓글을 불러오지 못했습니다.",
  again: "다시 시도",
  author: "글쓴이",
  reply: "답글",
  replyTo: (name) => `${name} 님에게 답글`,
  cancel: "그만두기",
  emptyText: "내용을 적어 주세요.",
  sessionEnded: "로그인이 끝났습니다. 새 탭에서 로그인한 뒤 다시 남겨 주세요. 적은 글은 그대로 있습니다.",
  sendFailed: "댓글을 남기지 못했습니다. 적은 글은 그대로 있으니 다시 시도해 주세요.",
};

const en: CommentMessages = {
  title: "Comments",
  needsScripts: "Please turn on JavaScript to see the comments.",
  empty: "No comments yet. Yours could be the first.",
  label: "Comment",
  placeholder: "What do you think?",
  hint: "You can use Markdown",
  send: "Post",
  sending: "Posting…",
  sent: "Your comment was posted.",
  signInFirst: "Sign in to leave a comment.",
  signIn: "Sign in",
  more: "More comments",
  loading: "Loading comments…",
  loadFailed: "The comments could not be loaded.",
  again: "Try again",
  author: "Author",
  reply: "Reply",
  replyTo: (name) => `Reply to ${name}`,
  cancel: "Cancel",
  emptyText: "Please write something.",
  sessionEnded: "Your session has ended. Sign in in a new tab, then post again. Your text is still here.",
  sendFailed: "Your comment could not be posted. Your text is still here: please try again.",
};

export const commentMessages: Readonly<Record<Locale, CommentMessages>> = { ko, en };
