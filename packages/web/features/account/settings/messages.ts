import type { Locale } from "@haru/core/locale";

export interface SettingsMessages {
  readonly title: string;
  readonly loading: string;
  readonly failed: string;
  readonly again: string;
  readonly save: string;
  readonly saved: string;
  readonly signedOut: string;
  readonly profile: {
    readonly title: string;
    readonly lead: string;
    readonly name: string;
    readonly bio: string;
    readonly bioHint: string;
    readonly language: string;
    readonly languages: Readonly<Record<Locale, string>>;
    readonly theme: string;
    readonly themes: Readonly<Record<"system" | "light" | "dark", string>>;
  };
  readonly handle: {
    readonly title: string;
    readonly lead: string;
    readonly label: string;
    readonly hint: string;
    readonly submit: string;
  };
  readonly email: {
    readonly title: string;
    readonly lead: (email: string) => string;
    readonly label: string;
    readonly submit: string;
    readonly sent: (email: string) => string;
    readonly code: string;
    readonly confirm: string;
    readonly changed: string;
  };
  readonly password: {
    readonly title: string;
    readonly lead: string;
    readonly current: string;
    readonly next: string;
    readonly submit: string;
    readonly changed: string;
  };
  readonly sessions: {
    readonly title: string;
    readonly lead: string;
    readonly here: string;
    readonly unknownDevice: string;
    readonly lastUsed: (ago: string) => string;
    readonly end: string;
    readonly endNamed: (device: string) => string;
    readonly endAll: string;
  };
}

const ko: SettingsMessages = {
  title: "계정 설정",
  loading: "계정을 불러오는 중…",
  failed: "계정을 불러오지 못했습니다. 잠시 뒤 다시 시도해 주세요.",
  again: "다시 시도",
  save: "저장",
  saved: "저장했습니다.",
  signedOut: "로그인이 끝났습니다. 새 탭에서 로그인한 뒤 다시 저장해 주세요. 쓴 내용은 그대로 있습니다.",
  profile: {
    title: "프로필",
    lead: "글과 댓글 옆에 보입니다.",
    name: "이름",
    bio: "소개",
    bioHint: "글쓴이 페이지에 보입니다.",
    language: "언어",
    languages: { ko: "한국어", en: "English" },
    theme: "밝기",
    themes: { system: "시스템 설정", light: "밝게", dark: "어둡게" },
  },
  handle: {
    title: "핸들",
    lead: "글쓴이 페이지의 주소가 됩니다. 바꾸어도 예전 주소는 새 주소로 이어집니다.",
    label: "핸들",
    hint: "한글, 영어 소문자, 숫자, 하이픈(-)",
    submit: "핸들 정하기",
  },
  email: {
    title: "이메일",
    lead: (email) => `지금은 ${email} 주소로 로그인합니다.`,
    label: "새 이메일",
    submit: "확인 코드 받기",
    sent: (email) => `${email} 주소로 코드를 보냈습니다. 코드를 넣을 때까지는 지금 이메일이 그대로 쓰입니다.`,
    code: "확인 코드",
    confirm: "이메일 바꾸기",
    changed: "이메일을 바꿨습니다.",
  },
  password: {
    title: "비밀번호",
    lead: "바꾸면 다른 기기에서는 로그아웃됩니다.",
    current: "지금 비밀번호",
    next: "새 비밀번호",
    submit: "비밀번호 바꾸기",
    changed: "비밀번호를 바꿨습니다.",
  },
  sessions: {
    title: "로그인한 기기",
    lead: "모르는 기기가 있다면 로그아웃하고 비밀번호를 바꾸세요.",
    here: "이 기기",
    unknownDevice: "알 수 없는 기기",
    lastUsed: (ago) => `마지막 사용: ${ago}`,
    end: "로그아웃",
    endNamed: (device) => `${device} 로그아웃`,
    endAll: "모든 기기에서 로그아웃",
  },
};

const en: SettingsMessages = {
  title: "Settings",
  loading: "Reading your account",
  failed: "Your account could not be read. Please try again in a moment.",
  again: "Try again",
  save: "Save",
  saved: "Saved.",
  signedOut:
    "Your session is over. Sign in in a new tab, then save again here: what you wrote is still in place.",
  profile: {
    title: "Profile",
    lead: "Shown beside your posts and comments.",
    name: "Name",
    bio: "About you",
    bioHint: "Shown on your author page.",
    language: "Language",
    languages: { ko: "한국어", en: "English" },
    theme: "Appearance",
    themes: { system: "System", light: "Light", dark: "Dark" },
  },
  handle: {
    title: "Handle",
    lead: "The address of your author page. After a change the old address leads to the new one.",
    label: "Handle",
    hint: "Lowercase letters, digits, hyphens (-), or Hangul",
    submit: "Take this handle",
  },
  email: {
    title: "E-mail",
    lead: (email) => `You sign in with ${email}.`,
    label: "New e-mail",
    submit: "Send a code",
    sent: (email) => `A code is on its way to ${email}. Your e-mail stays as it is until you enter it.`,
    code: "Code",
    confirm: "Change e-mail",
    changed: "Your e-mail was changed.",
  },
  password: {
    title: "Password",
    lead: "A change signs your other devices out.",
    current: "Current password",
    next: "New password",
    submit: "Change password",
    changed: "Your password was changed.",
  },
  sessions: {
    title: "Devices",
    lead: "If you do not know one of them, sign it out and change your password.",
    here: "This device",
    unknownDevice: "Unknown device",
    lastUsed: (ago) => `Last used ${ago}`,
    end: "Sign out",
    endNamed: (device) => `Sign out ${device}`,
    endAll: "Sign out everywhere",
  },
};

export const settingsMessages: Readonly<Record<Locale, SettingsMessages>> = { ko, en };
