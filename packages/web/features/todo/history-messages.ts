import type { Locale } from "@haru/core/locale";
import type { ToldField } from "./history.ts";

interface HistoryMessages {
  readonly title: string;
  /** Stands with a todo of whose history the person has not put everything aside. */
  readonly mark: string;
  readonly fields: Readonly<Record<ToldField, string>>;
  is(text: string): string;
  readonly nothing: string;
}

const ko: HistoryMessages = {
  title: "다른 기기와 엇갈린 변경",
  mark: "두 기기에서 바뀜",
  fields: {
    title: "제목",
    notes: "메모",
    isDone: "상태",
    due: "날짜",
    repeat: "반복",
    priority: "중요도",
    tags: "태그",
  },
  is: (text) => `이후: ${text}`,
  nothing: "없음",
};

const en: HistoryMessages = {
  title: "Changed on another device",
  mark: "Changed on two devices",
  fields: {
    title: "Title",
    notes: "Notes",
    isDone: "State",
    due: "Date",
    repeat: "Repeats",
    priority: "Priority",
    tags: "Tags",
  },
  is: (text) => `After: ${text}`,
  nothing: "none",
};

export const historyMessages: Readonly<Record<Locale, HistoryMessages>> = { ko, en };
