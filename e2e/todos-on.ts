import type { Locale } from "@haru/core/locale";
import { expect, type Page } from "./fixtures.ts";

const words = {
  ko: {
    name: "새 할 일",
    placeholder: "무엇을 할까요?",
    list: "할 일 목록",
    toggle: "할 일 완료",
    toggleAll: "모두 완료로 표시",
    edit: "고치기",
    remove: "지우기",
    left: (count: number) => `${count}개 남음`,
    all: "전체",
    active: "할 일",
    completed: "완료",
    clear: "완료한 일 지우기",
    undo: "되돌리기",
    saved: "모두 저장됨",
  },
  en: {
    name: "New Todo",
    placeholder: "What needs to be done?",
    list: "Todo list",
    toggle: "Toggle Todo",
    toggleAll: "Mark all as complete",
    edit: "Edit",
    remove: "Delete",
    left: (count: number) => (count === 1 ? "1 item left" : `${count} items left`),
    all: "All",
    active: "Active",
    completed: "Completed",
    clear: "Clear completed",
    undo: "Undo",
    saved: "All saved",
  },
} as const;

/** The page of somebody's todos, in the words of a person who uses it. */
export function todosOn(page: Page, locale: Locale) {
  const text = words[locale];
  const list = page.getByRole("region", { name: text.list });
  const items = list.getByRole("listitem");
  return {
    text,
    list,
    items,
    field: page.getByRole("textbox", { name: text.name }),
    async add(...titles: string[]) {
      for (const title of titles) {
        await this.field.fill(title);
        await this.field.press("Enter");
      }
    },
    item: (title: string) => items.filter({ hasText: title }),
    titles: async () =>
      (await items.getByRole("button", { name: /.+/ }).allTextContents()).filter(
        (one) => !/^[×⋯]$/.test(one),
      ),
    async expectTitles(...titles: string[]) {
      await expect.poll(() => this.titles()).toEqual(titles);
    },
    saved: () => expect(page.getByText(text.saved)).toBeVisible(),
  };
}
