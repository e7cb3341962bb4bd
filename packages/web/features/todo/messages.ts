import type { Locale } from "@haru/core/locale";
import type { Refusal } from "@haru/core/todo/sync.contract";
import type { Repeat } from "@haru/core/todo/todo.contract";
import type { SyncState } from "./store/snapshot.ts";

type DayView = "today" | "upcoming";
export const filters = ["all", "active", "completed", "archived"] as const;
export type Filter = (typeof filters)[number];

export interface TodoMessages {
  readonly title: string;
  readonly inbox: string;
  readonly newTodo: { readonly name: string; readonly placeholder: string };
  readonly list: string;
  readonly toggle: string;
  readonly toggleAll: string;
  readonly edit: string;
  readonly editHint: string;
  readonly moveUp: string;
  readonly moveDown: string;
  moved(title: string, place: number, count: number): string;
  readonly details: string;
  readonly fields: Readonly<
    Record<"day" | "time" | "repeat" | "priority" | "list" | "tags" | "notes", string>
  >;
  readonly steps: string;
  readonly addStep: string;
  readonly leaveSteps: string;
  stepsDone(done: number, all: number): string;
  readonly never: string;
  readonly repeats: Readonly<Record<Repeat["every"], string>>;
  /** By level: 0 is none, 1 the highest. */
  readonly priorities: readonly [string, string, string, string];
  readonly places: string;
  readonly today: string;
  readonly upcoming: string;
  readonly search: string;
  readonly searchField: string;
  readonly searchHint: { readonly title: string; readonly text: string };
  readonly noneFound: string;
  found(count: number): string;
  readonly newList: string;
  readonly listName: string;
  readonly noList: string;
  readonly shared: string;
  readonly viewerNote: string;
  readonly noneDue: Readonly<Record<DayView, { readonly title: string; readonly text: string }>>;
  readonly remove: string;
  left(count: number): string;
  readonly filters: Readonly<Record<Filter, string>>;
  readonly filterMenu: string;
  readonly clearCompleted: string;
  readonly archiveCompleted: string;
  readonly empty: { readonly title: string; readonly text: string };
  readonly noneHere: string;
  readonly loading: string;
  readonly newVersion: string;
  readonly reload: string;
  removed(count: number): string;
  archived(count: number): string;
  setDone(count: number, isDone: boolean): string;
  movedTo(count: number, list: string): string;
  listRemoved(name: string): string;
  readonly undo: string;
  readonly sync: Readonly<Record<SyncState, string>>;
  waiting(count: number): string;
  unsaved(count: number): string;
  readonly tryAgain: string;
  readonly signIn: string;
  refused(count: number): string;
  readonly reasons: Readonly<Record<Refusal, string>>;
  readonly dismiss: string;
  overwritten(count: number): string;
  was(text: string): string;
  readonly restore: string;
}

const ko: TodoMessages = {
  title: "할 일",
  inbox: "할 일",
  newTodo: { name: "새 할 일", placeholder: "무엇을 할까요?" },
  list: "할 일 목록",
  toggle: "할 일 완료",
  toggleAll: "모두 완료로 표시",
  edit: "고치기",
  editHint: "두 번 누르거나 Enter로 고치기, Alt와 위아래 화살표로 옮기기",
  moveUp: "위로 옮기기",
  moveDown: "아래로 옮기기",
  moved: (title, place, count) => `‘${title}’, ${count}개 가운데 ${place}번째로 옮겼습니다.`,
  details: "자세히",
  fields: {
    day: "날짜",
    time: "시각",
    repeat: "반복",
    priority: "중요도",
    list: "목록",
    tags: "태그",
    notes: "메모",
  },
  steps: "단계",
  addStep: "단계 더하기",
  leaveSteps: "따로 떼어 놓기",
  stepsDone: (done, all) => `${all}단계 가운데 ${done}개 완료`,
  never: "안 함",
  repeats: { day: "매일", week: "매주", month: "매달", year: "매년" },
  priorities: ["보통", "아주 중요", "중요", "조금 중요"],
  places: "할 일 메뉴",
  today: "오늘",
  upcoming: "다가오는 일",
  search: "찾기",
  searchField: "내 할 일에서 찾기",
  searchHint: {
    title: "무엇을 찾을까요?",
    text: "제목, 메모, #태그, 초성(ㅊㄱ)으로 찾습니다. 완료하거나 보관한 일도 나옵니다.",
  },
  noneFound: "찾은 할 일이 없습니다.",
  found: (count) => `${count}개 찾음`,
  newList: "새 목록",
  listName: "목록 이름",
  noList: "없거나 더는 볼 수 없는 목록입니다",
  shared: "함께 쓰는 목록",
  viewerNote: "볼 수만 있는 목록입니다.",
  noneDue: {
    today: {
      title: "오늘 할 일이 없습니다",
      text: "“치과 전화 #건강”처럼 적으면 오늘 할 일이 됩니다.",
    },
    upcoming: {
      title: "다가오는 일이 없습니다",
      text: "“금요일 보고서”나 “매주 화요일 분리수거”처럼 적어 보세요.",
    },
  },
  remove: "지우기",
  left: (count) => `${count}개 남음`,
  filters: { all: "전체", active: "할 일", completed: "완료", archived: "보관함" },
  filterMenu: "걸러 보기",
  clearCompleted: "완료한 일 지우기",
  archiveCompleted: "완료한 일 보관하기",
  empty: { title: "아직 할 일이 없습니다", text: "위에 적고 Enter를 누르세요. 인터넷이 없어도 됩니다." },
  noneHere: "여기에는 아무것도 없습니다.",
  loading: "할 일을 여는 중",
  newVersion: "새 버전이 있습니다.",
  reload: "새로 열기",
  removed: (count) => (count === 1 ? "할 일을 지웠습니다." : `할 일 ${count}개를 지웠습니다.`),
  archived: (count) => `완료한 일 ${count}개를 보관했습니다.`,
  setDone: (count, isDone) => `할 일 ${count}개를 ${isDone ? "완료했습니다" : "다시 열었습니다"}.`,
  movedTo: (count, list) => `할 일 ${count}개를 ‘${list}’ 목록으로 옮겼습니다.`,
  listRemoved: (name) => `‘${name}’ 목록을 지웠습니다.`,
  undo: "되돌리기",
  sync: {
    starting: "여는 중",
    offline: "오프라인",
    syncing: "맞추는 중",
    synced: "모두 저장됨",
    signed_out: "로그인이 필요합니다",
    trouble: "서버와 맞추지 못했습니다",
  },
  waiting: (count) => `이 기기에 저장됨 · ${count}개 보낼 예정`,
  unsaved: (count) =>
    `${count}개를 이 기기에 저장하지 못했습니다. 저장 공간을 확인하고, 그때까지 이 창을 닫지 마세요.`,
  tryAgain: "다시 저장",
  signIn: "로그인",
  refused: (count) => `${count}개의 변경이 받아들여지지 않았습니다.`,
  reasons: {
    invalid: "내용이 올바르지 않거나 너무 깁니다",
    not_found: "할 일이나 목록이 더는 없습니다",
    read_only: "이 목록은 볼 수만 있습니다",
    exists: "이미 있습니다",
    edited_elsewhere: "다른 기기에서 고친 할 일이라 지우지 않았습니다",
    moved: "다른 목록으로 옮겨졌습니다",
    full: "목록이 가득 찼습니다",
  },
  dismiss: "확인",
  overwritten: (count) =>
    `${count}개의 할 일이 두 기기에서 함께 바뀌었습니다. 나중에 도착한 쪽이 남았습니다.`,
  was: (text) => `이전: ${text}`,
  restore: "이전 것으로",
};

const en: TodoMessages = {
  title: "Todos",
  inbox: "Todos",
  newTodo: { name: "New Todo", placeholder: "What needs to be done?" },
  list: "Todo list",
  toggle: "Toggle Todo",
  toggleAll: "Mark all as complete",
  edit: "Edit",
  editHint: "Double-click or press Enter to edit, Alt with an arrow key to move it up or down",
  moveUp: "Move up",
  moveDown: "Move down",
  moved: (title, place, count) => `“${title}” is now number ${place} of ${count}.`,
  details: "Details",
  fields: {
    day: "Date",
    time: "Time",
    repeat: "Repeats",
    priority: "Priority",
    list: "List",
    tags: "Tags",
    notes: "Notes",
  },
  steps: "Steps",
  addStep: "Add a step",
  leaveSteps: "Make it a todo of its own",
  stepsDone: (done, all) => `${done} of ${all} ${all === 1 ? "step" : "steps"} done`,
  never: "Never",
  repeats: { day: "Every day", week: "Every week", month: "Every month", year: "Every year" },
  priorities: ["Normal", "Very important", "Important", "Somewhat important"],
  places: "Todo menu",
  today: "Today",
  upcoming: "Upcoming",
  search: "Find",
  searchField: "Search your todos",
  searchHint: {
    title: "What are you looking for?",
    text: "Titles, notes and #tags are searched, on this device, with what is completed or archived.",
  },
  noneFound: "No todo was found.",
  found: (count) => (count === 1 ? "1 todo found" : `${count} todos found`),
  newList: "New list",
  listName: "Name of the list",
  noList: "There is no such list, or it is no longer shared with you",
  shared: "Shared",
  viewerNote: "You can look at this list, and not change it.",
  noneDue: {
    today: {
      title: "Nothing to do today",
      text: "Write “call the dentist #health”, and it is something to do today.",
    },
    upcoming: {
      title: "Nothing is coming up",
      text: "Try “Friday report” or “every Tuesday recycling”.",
    },
  },
  remove: "Delete",
  left: (count) => (count === 1 ? "1 item left" : `${count} items left`),
  filters: { all: "All", active: "Active", completed: "Completed", archived: "Archive" },
  filterMenu: "Filter",
  clearCompleted: "Clear completed",
  archiveCompleted: "Archive completed",
  empty: {
    title: "Nothing to do yet",
    text: "Write it above and press Enter. It works without a network, too.",
  },
  noneHere: "There is nothing here.",
  loading: "Opening your todos",
  newVersion: "There is a new version.",
  reload: "Reload",
  removed: (count) => (count === 1 ? "The todo was deleted." : `${count} todos were deleted.`),
  archived: (count) => (count === 1 ? "The todo was archived." : `${count} todos were archived.`),
  setDone: (count, isDone) =>
    `${count} ${count === 1 ? "todo was" : "todos were"} ${isDone ? "completed" : "reopened"}.`,
  movedTo: (count, list) => `${count} ${count === 1 ? "todo was" : "todos were"} moved to “${list}”.`,
  listRemoved: (name) => `The list “${name}” was deleted.`,
  undo: "Undo",
  sync: {
    starting: "Opening",
    offline: "Offline",
    syncing: "Syncing",
    synced: "All saved",
    signed_out: "Please sign in",
    trouble: "The server could not be reached",
  },
  waiting: (count) => `Saved on this device · ${count} to send`,
  unsaved: (count) =>
    `${count} ${count === 1 ? "change is" : "changes are"} not saved on this device. Make room, and do not close this window until then.`,
  tryAgain: "Save again",
  signIn: "Sign in",
  refused: (count) => `${count} ${count === 1 ? "change was" : "changes were"} not accepted.`,
  reasons: {
    invalid: "it is malformed or too long",
    not_found: "the todo or its list is no longer there",
    read_only: "this list can only be read",
    exists: "it is there already",
    edited_elsewhere: "another device edited the todo, so it was not deleted",
    moved: "it was moved to another list",
    full: "the list is full",
  },
  dismiss: "OK",
  overwritten: (count) =>
    `${count} ${count === 1 ? "todo was" : "todos were"} changed on two devices at once. What arrived last stands.`,
  was: (text) => `Before: ${text}`,
  restore: "Take that one",
};

export const todoMessages: Readonly<Record<Locale, TodoMessages>> = { ko, en };
