import { graceDays } from "@haru/core/closure/closure.contract";
import type { Locale } from "@haru/core/locale";

export interface ClosureMessages {
  readonly title: string;
  readonly lead: string;
  readonly begin: string;
  readonly consequences: string;
  readonly currentPassword: string;
  readonly submit: string;
  readonly closesAt: (day: string) => string;
  readonly keep: string;
  readonly kept: string;
}

const ko: ClosureMessages = {
  title: "계정 지우기",
  lead: "떠나기 전에 내 자료를 내려받을 수 있습니다.",
  begin: "계정을 지우고 싶습니다",
  consequences: `글, 할 일, 그림, 이름이 모두 지워지고, 답이 달린 댓글은 자리만 남습니다. 지금 모든 기기에서 로그아웃되고, ${graceDays}일 안에 다시 로그인하면 되돌릴 수 있습니다.`,
  currentPassword: "지금 비밀번호",
  submit: "계정 지우기",
  closesAt: (day) => `이 계정은 ${day}에 지워집니다.`,
  keep: "계정 그대로 두기",
  kept: "계정을 그대로 둡니다.",
};

const en: ClosureMessages = {
  title: "Delete account",
  lead: "Before you go you can take your data along.",
  begin: "I want to delete my account",
  consequences: `Your posts, todos, pictures and name go; of comments that were answered only the place stays. You are signed out everywhere now, and can come back within ${graceDays} days by signing in.`,
  currentPassword: "Current password",
  submit: "Delete my account",
  closesAt: (day) => `This account will be deleted on ${day}.`,
  keep: "Keep my account",
  kept: "Your account stays.",
};

export const closureMessages: Readonly<Record<Locale, ClosureMessages>> = { ko, en };
