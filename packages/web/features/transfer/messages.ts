import type { Locale } from "@haru/core/locale";
import type { ImportOutcome } from "@haru/core/transfer/transfer.contract";

export interface TransferMessages {
  readonly title: string;
  readonly importTitle: string;
  readonly importLead: string;
  readonly drop: string;
  readonly dropHint: string;
  readonly pick: string;
  readonly reading: string;
  readonly checking: (done: number, total: number) => string;
  readonly importing: (done: number, total: number) => string;
  readonly rehearsed: string;
  readonly done: string;
  readonly nothing: string;
  readonly counts: Readonly<Record<ImportOutcome | "failed" | "skipped", (count: number) => string>>;
  readonly problems: string;
  readonly line: (line: number) => string;
  readonly start: (count: number) => string;
  readonly startOver: string;
  readonly takeSettings: string;
  readonly toPosts: string;
  readonly failed: string;
  readonly refused: Readonly<Record<"too_large" | "unsafe_path", string>>;
  readonly archive: Readonly<Record<"too_many_files" | "too_large" | "broken", string>>;
  readonly unknownFile: string;
  readonly notText: string;
  readonly exportTitle: string;
  readonly exportLead: string;
  readonly export: string;
  readonly exporting: (posts: number) => string;
  readonly exportFailed: string;
  readonly exported: (posts: number) => string;
}

const ko: TransferMessages = {
  title: "가져오기와 내보내기",
  importTitle: "가져오기",
  importLead:
    "이 사이트에서 내보낸 zip, 마크다운 파일, 워드프레스(WXR)와 고스트(JSON)에서 내보낸 파일을 가져옵니다. 먼저 무엇이 바뀔지 보여 드립니다.",
  drop: "여기에 파일을 놓으세요",
  dropHint: "zip, md, xml, json",
  pick: "파일 고르기",
  reading: "파일을 읽고 있습니다…",
  checking: (done, total) => `무엇이 바뀔지 보고 있습니다 (${done}/${total})`,
  importing: (done, total) => `가져오고 있습니다 (${done}/${total})`,
  rehearsed: "아직 아무것도 바꾸지 않았습니다.",
  done: "가져왔습니다.",
  nothing: "가져올 글이 없습니다.",
  counts: {
    imported: (count) => `새 글 ${count}`,
    updated: (count) => `바뀔 글 ${count}`,
    unchanged: (count) => `그대로인 글 ${count}`,
    edited: (count) => `여기서 고쳐 그대로 두는 글 ${count}`,
    failed: (count) => `가져올 수 없는 파일 ${count}`,
    skipped: (count) => `건너뛴 파일 ${count}`,
  },
  problems: "가져올 수 없는 파일",
  line: (line) => `${line}번째 줄`,
  start: (count) => `글 ${count}편 가져오기`,
  startOver: "다른 파일 고르기",
  takeSettings: "사이트의 이름과 메뉴도 가져오기",
  toPosts: "내 글로",
  failed: "가져오다가 멈췄습니다. 같은 파일을 다시 놓으면 남은 글부터 이어 갑니다.",
  refused: { too_large: "너무 커서 뺐습니다.", unsafe_path: "압축 파일 밖을 가리키는 경로라서 뺐습니다." },
  archive: {
    too_many_files: "파일이 너무 많습니다. 2만 개까지 가져올 수 있습니다.",
    too_large: "압축을 풀면 너무 큽니다.",
    broken: "압축 파일이 깨졌습니다.",
  },
  unknownFile: "어디에서 내보낸 파일인지 알 수 없습니다.",
  notText: "UTF-8로 쓴 글이 아닙니다.",
  exportTitle: "내보내기",
  exportLead: "내 글을 마크다운으로, 쓰인 그림과 사이트 설정과 함께 zip 파일 하나에 담습니다.",
  export: "모두 내보내기",
  exporting: (posts) => `글 ${posts}편을 담았습니다…`,
  exportFailed: "내보내지 못했습니다. 잠시 뒤 다시 시도해 주세요.",
  exported: (posts) => `글 ${posts}편을 내보냈습니다.`,
};

const en: TransferMessages = {
  title: "Import and export",
  importTitle: "Import",
  importLead:
    "Takes a zip that this site exported, files of Markdown, and exports of WordPress (WXR) and Ghost (JSON). You see what would change before anything does.",
  drop: "Drop files here",
  dropHint: "zip, md, xml, json",
  pick: "Choose files",
  reading: "Reading the files…",
  checking: (done, total) => `Looking at what would change (${done} of ${total})`,
  importing: (done, total) => `Importing (${done} of ${total})`,
  rehearsed: "Nothing has changed yet.",
  done: "Imported.",
  nothing: "There is nothing to import.",
  counts: {
    imported: (count) => `${count} new`,
    updated: (count) => `${count} to update`,
    unchanged: (count) => `${count} as they are`,
    edited: (count) => `${count} edited here, left alone`,
    failed: (count) => `${count} that cannot be imported`,
    skipped: (count) => `${count} skipped`,
  },
  problems: "Files that cannot be imported",
  line: (line) => `line ${line}`,
  start: (count) => (count === 1 ? "Import 1 post" : `Import ${count} posts`),
  startOver: "Choose other files",
  takeSettings: "Take over the site's name and menu as well",
  toPosts: "To my posts",
  failed: "The import stopped. Drop the same files again and it goes on where it was.",
  refused: {
    too_large: "Left out: it is too large.",
    unsafe_path: "Left out: its path leads out of the archive.",
  },
  archive: {
    too_many_files: "There are too many files. The limit is 20,000.",
    too_large: "The archive becomes too large when it is unpacked.",
    broken: "The archive is broken.",
  },
  unknownFile: "It is not known where this file was exported.",
  notText: "This is no text in UTF-8.",
  exportTitle: "Export",
  exportLead: "Puts your posts as Markdown, with their pictures and the site's settings, into one zip file.",
  export: "Export everything",
  exporting: (posts) => `Packed ${posts} posts…`,
  exportFailed: "The export failed. Please try again in a moment.",
  exported: (posts) => `Exported ${posts} posts.`,
};

export const transferMessages: Readonly<Record<Locale, TransferMessages>> = { ko, en };
