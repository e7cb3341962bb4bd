import type { Locale } from "@haru/core/locale";
import type { ListColor, ListRole } from "@haru/core/todo/todo.contract";

interface ShareMessages {
  readonly open: string;
  readonly title: string;
  readonly close: string;
  readonly name: string;
  readonly color: string;
  readonly colors: Readonly<Record<ListColor, string>>;
  readonly people: string;
  readonly alone: string;
  readonly you: string;
  readonly roles: Readonly<Record<ListRole, string>>;
  roleOf(name: string): string;
  remove(name: string): string;
  readonly removeShort: string;
  readonly invitations: string;
  readonly invitationsText: string;
  readonly newRole: string;
  readonly make: string;
  readonly copy: string;
  readonly mail: string;
  mailSubject(list: string): string;
  mailBody(list: string, address: string): string;
  readonly withdraw: string;
  until(day: string): string;
  readonly leave: string;
  readonly leaveText: string;
  readonly deleteList: string;
  readonly files: string;
  readonly importFile: string;
  imported(count: number): string;
  readonly noTodoFile: string;
  readonly needsNetwork: string;
  readonly opening: string;
  invitedTo(owner: string, list: string): string;
  readonly asRole: Readonly<Record<Exclude<ListRole, "owner">, string>>;
  readonly join: string;
  readonly openList: string;
  readonly invitationOver: string;
  readonly invitationOverText: string;
  readonly toTodos: string;
}

const ko: ShareMessages = {
  open: "목록 설정과 함께 쓰기",
  title: "목록",
  close: "닫기",
  name: "이름",
  color: "색",
  colors: { ink: "먹", dawn: "새벽", leaf: "잎", sea: "바다", dusk: "노을" },
  people: "함께 쓰는 사람",
  alone: "아직 혼자 쓰는 목록입니다.",
  you: "나",
  roles: { owner: "만든 사람", editor: "고칠 수 있음", viewer: "볼 수만 있음" },
  roleOf: (name) => `${name} 님이 할 수 있는 일`,
  remove: (name) => `${name} 님 내보내기`,
  removeShort: "내보내기",
  invitations: "초대 링크",
  invitationsText: "링크를 아는 사람은 7일 동안 이 목록에 들어올 수 있습니다.",
  newRole: "들어온 사람은",
  make: "링크 만들기",
  copy: "복사",
  mail: "메일로 보내기",
  mailSubject: (list) => `‘${list}’ 목록을 함께 써요`,
  mailBody: (list, address) => `하루에서 ‘${list}’ 목록을 함께 쓰려면 아래 주소를 여세요.\n\n${address}\n`,
  withdraw: "끝내기",
  until: (day) => `${day}까지`,
  leave: "이 목록에서 나가기",
  leaveText: "나가면 이 기기에서도 목록이 지워집니다.",
  deleteList: "목록 지우기",
  files: "파일로 저장하고 불러오기",
  importFile: "파일에서 불러오기 (JSON, todo.txt, Todoist CSV)",
  imported: (count) => `할 일 ${count}개를 불러왔습니다.`,
  noTodoFile: "할 일을 찾을 수 없는 파일입니다.",
  needsNetwork: "지금은 서버에 연결할 수 없습니다. 잠시 뒤 다시 열어 주세요.",
  opening: "초대를 여는 중",
  invitedTo: (owner, list) => `${owner} 님이 ‘${list}’ 목록에 초대했습니다`,
  asRole: { editor: "할 일을 더하고 고칠 수 있습니다.", viewer: "할 일을 볼 수 있습니다." },
  join: "함께하기",
  openList: "목록 열기",
  invitationOver: "쓸 수 없는 초대입니다",
  invitationOverText: "날짜가 지났거나 만든 사람이 끝낸 초대입니다. 새 링크를 부탁해 보세요.",
  toTodos: "내 할 일로",
};

const en: ShareMessages = {
  open: "List settings and sharing",
  title: "List",
  close: "Close",
  name: "Name",
  color: "Color",
  colors: { ink: "Ink", dawn: "Dawn", leaf: "Leaf", sea: "Sea", dusk: "Dusk" },
  people: "People",
  alone: "So far, this list is yours alone.",
  you: "you",
  roles: { owner: "Owner", editor: "Can edit", viewer: "Can look" },
  roleOf: (name) => `What ${name} can do`,
  remove: (name) => `Remove ${name}`,
  removeShort: "Remove",
  invitations: "Invitation links",
  invitationsText: "Whoever has a link can join this list for 7 days.",
  newRole: "Whoever joins",
  make: "Make a link",
  copy: "Copy",
  mail: "Send by mail",
  mailSubject: (list) => `Join my list “${list}”`,
  mailBody: (list, address) => `Open this address to share the list “${list}” on Haru.\n\n${address}\n`,
  withdraw: "End",
  until: (day) => `until ${day}`,
  leave: "Leave this list",
  leaveText: "It goes from this device, too.",
  deleteList: "Delete the list",
  files: "Files",
  importFile: "Read from a file (JSON, todo.txt, Todoist CSV)",
  imported: (count) => `${count} ${count === 1 ? "todo was" : "todos were"} read.`,
  noTodoFile: "There are no todos in this file.",
  needsNetwork: "The server cannot be reached now. Please open this again in a moment.",
  opening: "Opening the invitation",
  invitedTo: (owner, list) => `${owner} invites you to the list “${list}”`,
  asRole: { editor: "You can add and change todos.", viewer: "You can look at its todos." },
  join: "Join",
  openList: "Open the list",
  invitationOver: "This invitation cannot be used",
  invitationOverText: "Its time is over, or its owner ended it. Ask for a new link.",
  toTodos: "To my todos",
};

export const shareMessages: Readonly<Record<Locale, ShareMessages>> = { ko, en };
