import type { Locale } from "@haru/core/locale";

interface NoticeMessages {
  readonly title: string;
  readonly lead: string;
  readonly comments: string;
  readonly commentsHint: string;
  readonly reminders: string;
  readonly remindersHint: string;
  readonly unsubscribe: {
    readonly title: string;
    readonly lead: string;
    readonly submit: string;
    readonly done: string;
  };
}

export const noticeMessages: Readonly<Record<Locale, NoticeMessages>> = {
  ko: {
    title: "메일 알림",
    lead: "무엇을 메일로 받을지 정합니다. 계정을 지키는 데 필요한 메일은 언제나 갑니다.",
    comments: "댓글 알림",
    reminders: "할 일 알림",
    remindersHint: "할 일에 알림을 걸어 두었으면 그때 알려 드립니다. 함께 쓰는 목록도 그렇습니다.",
    commentsHint: "내 글에 댓글이 달리거나 누군가 내 댓글에 답하면 알려 드립니다.",
    unsubscribe: {
      title: "알림 메일을 그만 받을까요?",
      lead: "계정 설정에서 언제든 다시 켤 수 있습니다.",
      submit: "그만 받기",
      done: "이제 그런 알림 메일을 보내지 않습니다",
    },
  },
  en: {
    title: "Mails",
    lead: "What you are told by mail. Mails that protect your account always come.",
    comments: "New comments",
    reminders: "Reminders of todos",
    remindersHint: "When a todo with a reminder comes up, also in lists that you share.",
    commentsHint: "When somebody comments on your post or answers your comment.",
    unsubscribe: {
      title: "Stop these mails?",
      lead: "You can turn them on again in your settings at any time.",
      submit: "Stop these mails",
      done: "These mails have stopped",
    },
  },
};
