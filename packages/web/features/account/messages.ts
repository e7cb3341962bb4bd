import type { Locale } from "@haru/core/locale";

export interface AccountMessages {
  readonly signUp: string;
  readonly signUpLead: string;
  readonly signIn: string;
  readonly confirm: string;
  readonly confirmLead: (email: string) => string;
  readonly confirmLeadUnknown: string;
  readonly email: string;
  readonly password: string;
  readonly showPassword: string;
  readonly displayName: string;
  readonly displayNameHint: string;
  readonly code: string;
  readonly codeHint: string;
  readonly submitSignUp: string;
  readonly submitSignIn: string;
  readonly submitConfirm: string;
  readonly working: string;
  readonly resend: string;
  readonly resent: string;
  readonly forgot: string;
  readonly forgotLead: string;
  readonly forgotSent: (email: string) => string;
  readonly taken: (email: string) => string;
  readonly newPassword: string;
  readonly submitForgot: string;
  readonly submitReset: string;
  readonly wasReset: string;
  readonly appCode: string;
  readonly appCodeHint: string;
  readonly recoveryCode: string;
  readonly recoveryCodeHint: string;
  readonly useRecoveryCode: string;
  readonly useAppCode: string;
  readonly haveAccount: string;
  readonly noAccount: string;
  readonly confirmed: string;
  readonly rules: Readonly<Record<"length" | "lowercase" | "uppercase" | "digit", string>>;
  readonly rulesLabel: string;
  readonly errors: {
    readonly email: string;
    readonly password: string;
    readonly passwordMissing: string;
    readonly displayName: string;
    readonly code: string;
    readonly appCode: string;
    readonly recoveryCode: string;
    readonly wrong: string;
    readonly tooManyTries: string;
    readonly unavailable: string;
  };
  readonly forbidden: { readonly title: string; readonly text: string };
}

const ko: AccountMessages = {
  signUp: "회원 가입",
  signUpLead: "댓글을 남기고, 글을 쓰고, 할 일을 적으려면 계정이 필요합니다.",
  signIn: "로그인",
  confirm: "이메일 확인",
  confirmLead: (email) => `${email} 주소로 여섯 자리 코드를 보냈습니다. 메일함을 열어 보세요.`,
  confirmLeadUnknown: "가입할 때 쓴 이메일과 메일로 받은 코드를 적어 주세요.",
  email: "이메일",
  password: "비밀번호",
  showPassword: "비밀번호 보기",
  displayName: "이름",
  displayNameHint: "글과 댓글 옆에 보입니다.",
  code: "확인 코드",
  codeHint: "숫자 여섯 자리",
  submitSignUp: "가입하기",
  submitSignIn: "로그인",
  submitConfirm: "확인",
  working: "잠시만요…",
  resend: "코드 다시 받기",
  resent: "새 코드를 보냈습니다.",
  forgot: "비밀번호를 잊었나요?",
  forgotLead: "가입한 이메일을 적어 주세요. 새 비밀번호를 정할 코드를 보내 드립니다.",
  forgotSent: (email) => `${email}에 계정이 있다면 여섯 자리 코드를 보냈습니다. 메일함을 열어 보세요.`,
  taken: (email) =>
    `${email} 주소를 확인했습니다. 이 주소로 먼저 가입하면서 정한 다른 비밀번호가 남아 있어, 새로 정할 코드를 메일로 보냈습니다.`,
  newPassword: "새 비밀번호",
  submitForgot: "코드 받기",
  submitReset: "새 비밀번호로 바꾸기",
  wasReset: "비밀번호를 바꿨습니다. 이제 로그인해 주세요.",
  appCode: "인증 앱 코드",
  appCodeHint: "인증 앱에 지금 보이는 숫자 여섯 자리",
  recoveryCode: "복구 코드",
  recoveryCodeHint: "보관해 둔 복구 코드 하나. 쓰고 나면 2단계 인증이 꺼집니다.",
  useRecoveryCode: "앱을 잃어버렸다면 복구 코드 쓰기",
  useAppCode: "인증 앱 코드 쓰기",
  haveAccount: "이미 계정이 있나요?",
  noAccount: "계정이 없나요?",
  confirmed: "확인했습니다. 이제 로그인해 주세요.",
  rules: { length: "8자 이상", lowercase: "소문자", uppercase: "대문자", digit: "숫자" },
  rulesLabel: "비밀번호에 들어갈 것",
  errors: {
    email: "이메일 주소를 확인해 주세요.",
    password: "비밀번호에 아직 빠진 것이 있습니다.",
    passwordMissing: "비밀번호를 적어 주세요.",
    displayName: "이름을 1자 이상 50자 이하로 적어 주세요.",
    code: "숫자 여섯 자리를 적어 주세요.",
    appCode: "코드가 맞지 않습니다. 앱에 지금 보이는 코드를 넣어 주세요.",
    recoveryCode: "복구 코드가 맞지 않습니다. 아직 쓰지 않은 것을 넣어 주세요.",
    wrong: "이메일이나 비밀번호가 맞지 않습니다.",
    tooManyTries: "여러 번 틀려서 잠시 멈췄습니다. 조금 뒤에 다시 시도해 주세요.",
    unavailable: "지금은 로그인할 수 없습니다. 잠시 뒤 다시 시도해 주세요.",
  },
  forbidden: {
    title: "글쓴이만 들어올 수 있습니다",
    text: "이 계정으로는 글을 쓸 수 없습니다. 관리자에게 글쓴이 권한을 부탁해 주세요.",
  },
};

const en: AccountMessages = {
  signUp: "Sign up",
  signUpLead: "You need an account to comment, to write and to keep todos.",
  signIn: "Sign in",
  confirm: "Confirm your e-mail",
  confirmLead: (email) => `We sent a code of six digits to ${email}. Have a look at your mail.`,
  confirmLeadUnknown: "Enter the e-mail that you signed up with and the code from our mail.",
  email: "E-mail",
  password: "Password",
  showPassword: "Show password",
  displayName: "Name",
  displayNameHint: "Shown beside your posts and comments.",
  code: "Code",
  codeHint: "Six digits",
  submitSignUp: "Sign up",
  submitSignIn: "Sign in",
  submitConfirm: "Confirm",
  working: "One moment…",
  resend: "Send a new code",
  resent: "A new code is on its way.",
  forgot: "Forgot your password?",
  forgotLead: "Enter the e-mail of your account. We send a code that lets you set a new password.",
  forgotSent: (email) =>
    `If ${email} has an account, a code of six digits is on its way. Have a look at your mail.`,
  taken: (email) =>
    `${email} is confirmed. Somebody had signed up with it before, with another password, so we have sent a code that lets you set a new one.`,
  newPassword: "New password",
  submitForgot: "Send a code",
  submitReset: "Set the new password",
  wasReset: "Your password was changed. Please sign in now.",
  appCode: "Code of your app",
  appCodeHint: "The six digits that your authenticator app shows now",
  recoveryCode: "Recovery code",
  recoveryCodeHint: "One of those that you kept. Using it turns the second factor off.",
  useRecoveryCode: "Lost your app? Use a recovery code",
  useAppCode: "Use the code of your app",
  haveAccount: "Have an account?",
  noAccount: "No account yet?",
  confirmed: "Confirmed. Please sign in now.",
  rules: {
    length: "8 characters",
    lowercase: "a small letter",
    uppercase: "a capital letter",
    digit: "a digit",
  },
  rulesLabel: "Your password needs",
  errors: {
    email: "Please check the e-mail address.",
    password: "Something is still missing from the password.",
    passwordMissing: "Please enter your password.",
    displayName: "Please enter a name of 1 to 50 characters.",
    code: "Please enter the six digits.",
    appCode: "This code is not right. Enter the one that your app shows now.",
    recoveryCode: "This is none of your recovery codes. Enter one that you kept.",
    wrong: "The e-mail or the password is not right.",
    tooManyTries: "Too many tries. Please wait a little and try again.",
    unavailable: "Signing in is not possible right now. Please try again in a moment.",
  },
  forbidden: {
    title: "This part is for authors",
    text: "This account cannot write posts. Please ask an administrator to make you an author.",
  },
};

export const accountMessages: Readonly<Record<Locale, AccountMessages>> = { ko, en };
