import type { Locale } from "@haru/core/locale";
import { keptDays, type Takeout } from "@haru/core/takeout/takeout.contract";

export interface TakeoutMessages {
  readonly title: string;
  readonly lead: string;
  readonly request: string;
  readonly states: Readonly<Record<Takeout["state"], string>>;
  readonly progress: (done: number, total: number) => string;
  readonly download: (size: string) => string;
  readonly until: (day: string) => string;
}

const ko: TakeoutMessages = {
  title: "내 자료 내려받기",
  lead: `글, 댓글, 할 일, 그림, 계정 정보를 압축 파일 하나로 받습니다. 파일은 ${keptDays}일 동안 받을 수 있습니다.`,
  request: "압축 파일 만들기",
  states: {
    queued: "곧 만들기 시작합니다.",
    running: "만들고 있습니다.",
    ready: "다 만들었습니다.",
    failed: "만들지 못했습니다. 다시 시도해 주세요.",
  },
  progress: (done, total) => `${total}개 가운데 ${done}개를 담았습니다.`,
  download: (size) => `내려받기 (${size})`,
  until: (day) => `${day}까지 받을 수 있습니다.`,
};

const en: TakeoutMessages = {
  title: "Take your data along",
  lead: `Your posts, comments, todos, pictures and account in one zip. It can be fetched for ${keptDays} days.`,
  request: "Make a zip",
  states: {
    queued: "It is about to be made.",
    running: "It is being made.",
    ready: "It is ready.",
    failed: "It could not be made. Please try again.",
  },
  progress: (done, total) => `${done} of ${total} are in it.`,
  download: (size) => `Download (${size})`,
  until: (day) => `It can be fetched until ${day}.`,
};

export const takeoutMessages: Readonly<Record<Locale, TakeoutMessages>> = { ko, en };
