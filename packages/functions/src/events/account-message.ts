import { defaultLocale, type Locale, localeSchema } from "@haru/core/locale";
import type { CustomMessageTriggerEvent } from "aws-lambda";

interface Mail {
  readonly subject: string;
  /** HTML. `code` is the pool's placeholder. */
  body(code: string): string;
}

type Purpose = "confirm" | "reset" | "change";

const codeIn = (before: string, code: string, after: string) =>
  `<p>${before}</p><p style="font-size:28px;letter-spacing:4px"><strong>${code}</strong></p><p>${after}</p>`;

const mails: Record<Locale, Record<Purpose, Mail>> = {
  ko: {
    confirm: {
      subject: "하루: 이메일 확인 코드",
      body: (code) =>
        codeIn("아래 코드를 입력하면 가입이 끝납니다.", code, "가입한 적이 없다면 이 메일을 지워 주세요."),
    },
    reset: {
      subject: "하루: 비밀번호 재설정 코드",
      body: (code) =>
        codeIn(
          "아래 코드로 새 비밀번호를 정할 수 있습니다.",
          code,
          "요청한 적이 없다면 이 메일을 지워 주세요.",
        ),
    },
    change: {
      subject: "하루: 새 이메일 확인 코드",
      body: (code) =>
        codeIn(
          "아래 코드를 입력하면 이 주소로 로그인하게 됩니다.",
          code,
          "요청한 적이 없다면 이 메일을 지워 주세요.",
        ),
    },
  },
  en: {
    confirm: {
      subject: "Haru: your confirmation code",
      body: (code) =>
        codeIn(
          "Enter this code to finish signing up.",
          code,
          "If you did not sign up, please delete this mail.",
        ),
    },
    reset: {
      subject: "Haru: your code for a new password",
      body: (code) =>
        codeIn(
          "This code lets you set a new password.",
          code,
          "If you did not ask for it, please delete this mail.",
        ),
    },
    change: {
      subject: "Haru: confirm your new e-mail",
      body: (code) =>
        codeIn(
          "Enter this code, and this address is the one that you sign in with.",
          code,
          "If you did not ask for it, please delete this mail.",
        ),
    },
  },
};

/** Writes the pool's mails in the person's language. Nothing that a person typed goes into them. */
export async function handler(event: CustomMessageTriggerEvent): Promise<CustomMessageTriggerEvent> {
  const language = localeSchema.catch(defaultLocale).parse(event.request.userAttributes.locale);
  const mail = mails[language][purposeOf(event)];
  event.response.emailSubject = mail.subject;
  event.response.emailMessage = mail.body(event.request.codeParameter);
  return event;
}

function purposeOf({ triggerSource }: CustomMessageTriggerEvent): Purpose {
  switch (triggerSource) {
    case "CustomMessage_ForgotPassword":
      return "reset";
    case "CustomMessage_UpdateUserAttribute":
    case "CustomMessage_VerifyUserAttribute":
      return "change";
    default:
      return "confirm";
  }
}
