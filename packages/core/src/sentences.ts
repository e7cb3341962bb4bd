import type * as z from "zod";
import { en, ko } from "zod/locales";
import type { Locale } from "./locale.ts";

/** What Zod knows about a value that it refuses. */
type Issue = z.core.$ZodRawIssue;
type SizeSentence = (limit: number | bigint) => string;

/** Rules of our own: those of a schema, named by `rule` in a refinement's `params`, and those of the table, a service or the transport. */
export type Rule =
  | "admin_closes"
  | "code"
  | "code_refused"
  | "comment_changed"
  | "comment_banned"
  | "comments_closed"
  | "content_type"
  | "control_characters"
  | "credentials"
  | "current_password"
  | "cursor"
  | "endpoint"
  | "handle"
  | "handle_length"
  | "handle_reserved"
  | "handle_taken"
  | "json"
  | "language_taken"
  | "media_used"
  | "hub"
  | "one_list"
  | "last_admin"
  | "list_full"
  | "list_full_of_todos"
  | "many_invitations"
  | "many_lists"
  | "parent"
  | "parts_missing"
  | "past"
  | "password"
  | "password_common"
  | "password_digit"
  | "password_lowercase"
  | "password_uppercase"
  | "quota"
  | "recovery_code"
  | "slug"
  | "slug_taken"
  | "tag"
  | "too_many_bytes"
  | "totp_refused"
  | "twice"
  | "unknown";

interface Sentences {
  required: string;
  wrongType: Record<string, string>;
  tooSmall: Record<string, SizeSentence>;
  tooBig: Record<string, SizeSentence>;
  format: Record<string, string> & { regex: string };
  oneOf(values: string): string;
  rules: Record<Rule, (params: Record<string, unknown>) => string>;
  /** Zod's own words, for what no schema of ours can say yet. */
  otherwise: z.core.$ZodErrorMap;
}

const kilobytes = (bytes: unknown) => Math.floor(Number(bytes) / 1000);

const sentences: Record<Locale, Sentences> = {
  ko: {
    required: "꼭 필요한 항목입니다.",
    wrongType: {
      string: "글자로 보내 주세요.",
      number: "숫자로 보내 주세요.",
      int: "정수로 보내 주세요.",
      boolean: "참이나 거짓(true, false)으로 보내 주세요.",
      array: "목록으로 보내 주세요.",
      object: "항목과 값의 묶음으로 보내 주세요.",
    },
    tooSmall: {
      string: (limit) => (limit === 1 ? "비워 둘 수 없습니다." : `${limit}자 이상이어야 합니다.`),
      number: (limit) => `${limit} 이상이어야 합니다.`,
      array: (limit) => `${limit}개 이상이어야 합니다.`,
    },
    tooBig: {
      string: (limit) => `${limit}자까지 쓸 수 있습니다.`,
      number: (limit) => `${limit} 이하여야 합니다.`,
      array: (limit) => `${limit}개까지 넣을 수 있습니다.`,
    },
    format: {
      email: "이메일 주소를 확인해 주세요.",
      datetime: "ISO 8601 형식의 시각이어야 합니다.",
      url: "여기에 쓸 수 있는 https 주소가 아닙니다.",
      regex: "형식이 올바르지 않습니다.",
    },
    oneOf: (values) => `다음 중 하나여야 합니다: ${values}.`,
    rules: {
      admin_closes: () => "관리자 계정입니다. 먼저 다른 관리자에게 관리자 권한을 거두어 달라고 해 주세요.",
      code: () => "메일로 받은 숫자 여섯 자리를 넣어 주세요.",
      code_refused: () => "코드가 맞지 않거나 기한이 지났습니다. 새 코드를 받아 주세요.",
      comment_changed: () => "그 사이 댓글이 바뀌었습니다. 다시 살펴봐 주세요.",
      comment_banned: () => "운영자가 이 계정의 댓글 쓰기를 막았습니다.",
      comments_closed: () => "이 글의 댓글은 닫혀 있습니다.",
      content_type: () => "본문은 application/json이어야 합니다.",
      control_characters: () => "보이지 않는 제어 문자나 깨진 글자가 있습니다.",
      credentials: () => "이메일이나 비밀번호가 맞지 않습니다.",
      current_password: () => "지금 쓰는 비밀번호가 아닙니다.",
      cursor: () => "목록의 위치가 올바르지 않습니다. 처음부터 다시 읽어 주세요.",
      endpoint: () => "알림을 보낼 수 있는 주소가 아닙니다.",
      handle: () => "한글, 영어 소문자, 숫자를 쓰고 사이는 하이픈(-) 하나로 이어 주세요.",
      handle_length: () => "3자 이상 30자 이하로 정해 주세요. 한글이 있으면 2자부터 됩니다.",
      handle_reserved: () => "이 핸들은 쓸 수 없습니다.",
      handle_taken: () => "다른 사람이 쓰고 있는 핸들입니다.",
      json: () => "본문이 올바른 JSON 객체가 아닙니다.",
      language_taken: () => "이 글에는 이 언어로 쓴 글이 이미 있습니다.",
      media_used: () => "글에서 쓰고 있는 그림입니다. 그래도 지우려면 한 번 더 확인해 주세요.",
      one_list: () => "태그, 글쓴이, 달 가운데 하나를 언어와 함께 골라 주세요.",
      list_full: () => "이 목록에는 사람이 더 들어올 수 없습니다.",
      list_full_of_todos: () => "목록이 가득 찼습니다. 끝난 일을 지우거나 다른 목록을 쓰세요.",
      many_invitations: () => "초대 링크가 너무 많습니다. 쓰지 않는 것을 먼저 끝내 주세요.",
      many_lists: () => "목록이 너무 많습니다. 쓰지 않는 것을 먼저 지우거나 나가 주세요.",
      last_admin: () => "마지막 관리자입니다. 먼저 다른 사람을 관리자로 정해 주세요.",
      parent: () => "이 댓글에는 답글을 달 수 없습니다.",
      parts_missing: () => "아직 덜 보낸 파일입니다. 빠진 부분을 마저 보내 주세요.",
      past: () => "지난 시각입니다. 앞으로 올 시각을 골라 주세요.",
      password: () => "더 안전한 비밀번호를 써 주세요.",
      password_common: () => "누구나 먼저 떠올리는 비밀번호입니다. 다른 것을 써 주세요.",
      password_digit: () => "숫자가 하나 이상 필요합니다.",
      password_lowercase: () => "소문자가 하나 이상 필요합니다.",
      password_uppercase: () => "대문자가 하나 이상 필요합니다.",
      quota: () => "저장 공간이 가득 찼습니다. 쓰지 않는 그림을 지운 뒤 다시 올려 주세요.",
      recovery_code: () => "복구 코드가 맞지 않습니다. 아직 쓰지 않은 것을 넣어 주세요.",
      hub: () => "https://로 시작하는 허브의 주소를 적어 주세요.",
      slug: () => "한글, 소문자, 숫자를 쓰고 사이는 하이픈(-) 하나로 이어 주세요.",
      slug_taken: () => "이미 쓰고 있는 주소입니다.",
      tag: () => "태그가 올바르지 않습니다.",
      too_many_bytes: ({ maxBytes }) => `너무 깁니다. ${kilobytes(maxBytes)}kB까지 쓸 수 있습니다.`,
      totp_refused: () => "코드가 맞지 않습니다. 앱에 지금 보이는 코드를 넣어 주세요.",
      twice: () => "같은 항목이 두 번 있습니다.",
      unknown: () => "알 수 없는 항목입니다.",
    },
    otherwise: ko().localeError,
  },
  en: {
    required: "This is required.",
    wrongType: {
      string: "Send this as text.",
      number: "Send this as a number.",
      int: "Send this as a whole number.",
      boolean: "Send this as true or false.",
      array: "Send this as a list.",
      object: "Send this as an object.",
    },
    tooSmall: {
      string: (limit) => (limit === 1 ? "This cannot be empty." : `Use at least ${limit} characters.`),
      number: (limit) => `This must be at least ${limit}.`,
      array: (limit) => `Give at least ${limit}.`,
    },
    tooBig: {
      string: (limit) => `Use at most ${limit} characters.`,
      number: (limit) => `This must be at most ${limit}.`,
      array: (limit) => `Give at most ${limit}.`,
    },
    format: {
      email: "Please check the e-mail address.",
      datetime: "This must be an ISO 8601 time.",
      url: "This is not an https address that can be used here.",
      regex: "This does not have the right form.",
    },
    oneOf: (values) => `This must be one of: ${values}.`,
    rules: {
      admin_closes: () => "This is an administrator. Have another one take the role from you first.",
      code: () => "Enter the six digits from the mail.",
      code_refused: () => "This code is wrong or too old. Ask for a new one.",
      comment_changed: () => "The comment has changed in the meantime. Please look again.",
      comment_banned: () => "A moderator has closed comments to this account.",
      comments_closed: () => "Comments on this post are closed.",
      content_type: () => "The body must be application/json.",
      control_characters: () => "This contains invisible control characters or broken letters.",
      credentials: () => "The e-mail or the password is not right.",
      current_password: () => "This is not your current password.",
      cursor: () => "This is no place in the list. Read it from the start.",
      endpoint: () => "This is no address that notifications can be sent to.",
      handle: () => "Use Hangul, lowercase letters and digits, joined by single hyphens (-).",
      handle_length: () => "Use 3 to 30 characters, or from 2 on with Hangul.",
      handle_reserved: () => "This name cannot be used.",
      handle_taken: () => "Somebody else has this name.",
      json: () => "The body is no valid JSON object.",
      language_taken: () => "This work already has a post in this language.",
      media_used: () => "Posts show this picture. Confirm once more to delete it all the same.",
      one_list: () => "Choose one of tag, author and month, together with a language.",
      list_full: () => "This list cannot take more people.",
      list_full_of_todos: () => "The list is full. Delete what is done, or use another list.",
      many_invitations: () => "There are too many invitations. End those that are not needed first.",
      many_lists: () => "You have too many lists. Delete or leave those that you do not need first.",
      last_admin: () => "This is the last administrator. Make somebody else one first.",
      parent: () => "This comment cannot be answered.",
      parts_missing: () => "Parts of the file have not arrived yet. Send them, then try again.",
      past: () => "This time has passed. Choose one that is still to come.",
      password: () => "Please use a stronger password.",
      password_common: () => "This password is among the first that others guess. Use another one.",
      password_digit: () => "Use at least one digit.",
      password_lowercase: () => "Use at least one lowercase letter.",
      password_uppercase: () => "Use at least one uppercase letter.",
      quota: () => "Your storage is full. Delete pictures that you do not use, then upload again.",
      recovery_code: () => "This is none of your recovery codes. Enter one that you kept.",
      hub: () => "Write the address of a hub, beginning with https://.",
      slug: () => "Use lowercase letters and digits, joined by single hyphens (-).",
      slug_taken: () => "This address is already in use.",
      tag: () => "This is no tag.",
      too_many_bytes: ({ maxBytes }) => `This is too long. The limit is ${kilobytes(maxBytes)} kB.`,
      totp_refused: () => "This code is not right. Enter the one that your app shows now.",
      twice: () => "This field comes twice.",
      unknown: () => "This field is not known.",
    },
    otherwise: en().localeError,
  },
};

/** The sentence for a rule that no schema judges. */
export function ruleSentence(rule: Rule, locale: Locale): string {
  return sentences[locale].rules[rule]({});
}

/** A sentence about one refused value, which the person who typed it can act on. */
export function sentenceFor(issue: Issue, locale: Locale): string {
  const own = sentences[locale];
  const sentence = ownSentence(issue, own);
  if (sentence !== undefined) return sentence;
  const words = own.otherwise(issue);
  return (typeof words === "string" ? words : words?.message) ?? own.format.regex;
}

function ownSentence(issue: Issue, own: Sentences): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? own.required : own.wrongType[issue.expected];
    case "invalid_value":
      return issue.input === undefined ? own.required : own.oneOf(issue.values.map(String).join(", "));
    case "too_small":
      return own.tooSmall[issue.origin]?.(issue.minimum);
    case "too_big":
      return own.tooBig[issue.origin]?.(issue.maximum);
    case "invalid_format":
      return own.format[issue.format];
    case "invalid_union":
      return issue.input === undefined ? own.required : own.format.regex;
    case "unrecognized_keys":
      return own.rules.unknown({});
    case "custom":
      return own.rules[issue.params?.rule as Rule]?.(issue.params ?? {});
    default:
      return undefined;
  }
}
