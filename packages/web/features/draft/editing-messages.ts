import type { Locale } from "@haru/core/locale";
import type { CommandName } from "./editor-commands.ts";

/** What authors read on the tools of the text itself. */
export interface EditingMessages {
  readonly toolbar: string;
  readonly commands: Readonly<Record<CommandName, string>>;
  readonly length: (words: string, characters: string) => string;
  readonly outline: string;
  readonly outlineEmpty: string;
  readonly focus: string;
}

const ko: EditingMessages = {
  toolbar: "글 꾸미기",
  commands: {
    bold: "굵게",
    italic: "강조",
    strike: "취소선",
    code: "코드",
    link: "링크",
    heading2: "큰 제목",
    heading3: "작은 제목",
    list: "목록",
    ordered: "번호 목록",
    task: "할 일 목록",
    quote: "인용",
    codeBlock: "코드 상자",
    table: "표 (표 안에서는 칸 더하기)",
    postLink: "내 글 링크",
    callout: "알림 상자",
    footnote: "각주",
    rule: "가로줄",
  },
  length: (words, characters) => `${words}단어 · ${characters}자`,
  outline: "목차",
  outlineEmpty: "제목이 아직 없습니다.",
  focus: "집중해서 쓰기",
};

const en: EditingMessages = {
  toolbar: "Formatting",
  commands: {
    bold: "Bold",
    italic: "Emphasis",
    strike: "Strikethrough",
    code: "Code",
    link: "Link",
    heading2: "Heading",
    heading3: "Subheading",
    list: "List",
    ordered: "Numbered list",
    task: "Task list",
    quote: "Quote",
    codeBlock: "Code block",
    table: "Table (within one: another column)",
    postLink: "Link to a post",
    callout: "Callout",
    footnote: "Footnote",
    rule: "Line",
  },
  length: (words, characters) =>
    `${words} ${words === "1" ? "word" : "words"} · ${characters} ${characters === "1" ? "character" : "characters"}`,
  outline: "Outline",
  outlineEmpty: "There are no headings yet.",
  focus: "Focus",
};

export const editingMessages: Readonly<Record<Locale, EditingMessages>> = { ko, en };
