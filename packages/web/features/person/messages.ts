import type { Role } from "@haru/core/account/account.contract";
import type { Locale } from "@haru/core/locale";
import type { AuditEntry } from "@haru/core/person/person.contract";

export interface PersonMessages {
  readonly title: string;
  readonly forbidden: { readonly title: string; readonly text: string };
  readonly find: {
    readonly label: string;
    readonly hint: string;
    readonly submit: string;
    readonly none: string;
  };
  readonly failed: string;
  readonly more: string;
  readonly since: (date: string) => string;
  readonly suspended: string;
  readonly roles: Readonly<Record<Role, string>>;
  readonly grant: (role: string) => string;
  readonly take: (role: string) => string;
  readonly suspend: string;
  readonly restore: string;
  readonly actionsFor: (name: string) => string;
  readonly reason: string;
  readonly reasonHint: string;
  readonly cancel: string;
  readonly trail: {
    readonly title: string;
    readonly lead: string;
    readonly empty: string;
    readonly goneAccount: string;
    readonly says: (entry: Said) => string;
    readonly from: (place: string) => string;
  };
}

/** An entry with names put in. */
interface Said {
  readonly action: AuditEntry["action"];
  readonly actor: string;
  readonly target: string;
  readonly role: string;
}

const ko: PersonMessages = {
  title: "사람들",
  forbidden: { title: "관리자만 들어올 수 있습니다", text: "이 계정으로는 사람들을 관리할 수 없습니다." },
  find: {
    label: "이메일",
    hint: "이메일의 앞부분만 적어도 됩니다.",
    submit: "찾기",
    none: "그렇게 시작하는 이메일이 없습니다.",
  },
  failed: "하지 못했습니다. 잠시 뒤 다시 시도해 주세요.",
  more: "더 보기",
  since: (date) => `${date} 가입`,
  suspended: "정지됨",
  roles: { reader: "독자", author: "글쓴이", admin: "관리자" },
  grant: (role) => `${role} 권한 주기`,
  take: (role) => `${role} 권한 거두기`,
  suspend: "정지",
  restore: "정지 풀기",
  actionsFor: (name) => `${name} 님에게 할 일`,
  reason: "까닭",
  reasonHint: "기록에만 남습니다.",
  cancel: "그만두기",
  trail: {
    title: "기록",
    lead: "관리자가 한 일입니다. 아무도 고치거나 지울 수 없습니다.",
    empty: "아직 기록이 없습니다.",
    goneAccount: "탈퇴한 계정",
    says: ({ action, actor, target, role }) =>
      ({
        role_granted: `${actor} 님이 ${target} 님에게 ${role} 권한을 주었습니다.`,
        role_taken: `${actor} 님이 ${target} 님의 ${role} 권한을 거두었습니다.`,
        suspended: `${actor} 님이 ${target} 님을 정지했습니다.`,
        restored: `${actor} 님이 ${target} 님의 정지를 풀었습니다.`,
        account_deleted: "계정이 지워졌습니다.",
      })[action],
    from: (place) => `${place}에서`,
  },
};

const en: PersonMessages = {
  title: "People",
  forbidden: { title: "This part is for administrators", text: "This account cannot look after people." },
  find: {
    label: "E-mail",
    hint: "The beginning of it is enough.",
    submit: "Find",
    none: "No e-mail begins like this.",
  },
  failed: "This did not work. Please try again in a moment.",
  more: "Show more",
  since: (date) => `since ${date}`,
  suspended: "Suspended",
  roles: { reader: "Reader", author: "Author", admin: "Administrator" },
  grant: (role) => `Make ${role.toLowerCase()}`,
  take: (role) => `Take ${role.toLowerCase()} role`,
  suspend: "Suspend",
  restore: "Restore",
  actionsFor: (name) => `What to do for ${name}`,
  reason: "Reason",
  reasonHint: "Kept in the record only.",
  cancel: "Cancel",
  trail: {
    title: "Record",
    lead: "What administrators did. Nobody can change or delete it.",
    empty: "Nothing was recorded yet.",
    goneAccount: "deleted account",
    says: ({ action, actor, target, role }) =>
      ({
        role_granted: `${actor} gave ${target} the role ${role.toLowerCase()}.`,
        role_taken: `${actor} took the role ${role.toLowerCase()} from ${target}.`,
        suspended: `${actor} suspended ${target}.`,
        restored: `${actor} restored ${target}.`,
        account_deleted: "An account was deleted.",
      })[action],
    from: (place) => `from ${place}`,
  },
};

export const personMessages: Readonly<Record<Locale, PersonMessages>> = { ko, en };
