import type { Locale } from "@haru/core/locale";

interface SelectionMessages {
  readonly begin: string;
  readonly bar: string;
  select(title: string): string;
  count(count: number): string;
  readonly all: string;
  readonly complete: string;
  readonly reopen: string;
  readonly moveTo: string;
  readonly remove: string;
  readonly end: string;
}

const ko: SelectionMessages = {
  begin: "선택",
  bar: "선택한 할 일",
  select: (title) => `‘${title}’ 선택`,
  count: (count) => `${count}개 선택`,
  all: "모두 선택",
  complete: "완료하기",
  reopen: "다시 열기",
  moveTo: "다른 목록으로…",
  remove: "지우기",
  end: "그만",
};

const en: SelectionMessages = {
  begin: "Select",
  bar: "Selected todos",
  select: (title) => `Select “${title}”`,
  count: (count) => `${count} selected`,
  all: "Select all",
  complete: "Complete",
  reopen: "Reopen",
  moveTo: "Move to…",
  remove: "Delete",
  end: "Done",
};

export const selectionMessages: Readonly<Record<Locale, SelectionMessages>> = { ko, en };
