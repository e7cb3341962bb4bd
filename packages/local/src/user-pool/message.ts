import type { Engine } from "./engine.ts";
import { CognitoError } from "./error.ts";
import type { Client, MessageTemplate, Pool } from "./pool.ts";
import { clientIdOrNone, runTrigger } from "./trigger.ts";
import { allAttributes, type User } from "./user.ts";

/** Why a mail is sent, in the words of the `CustomMessage` trigger. */
export type MessageSource =
  | "CustomMessage_SignUp"
  | "CustomMessage_ResendCode"
  | "CustomMessage_ForgotPassword"
  | "CustomMessage_UpdateUserAttribute"
  | "CustomMessage_VerifyUserAttribute"
  | "CustomMessage_AdminCreateUser";

/** Where a code went, as much as everybody may know. */
export interface CodeDeliveryDetails {
  readonly AttributeName: string;
  readonly DeliveryMedium: "EMAIL";
  readonly Destination: string;
}

const VERIFICATION: MessageTemplate = {
  subject: "Your verification code",
  message: "Your verification code is {####}",
};
const RESET: MessageTemplate = {
  subject: "Your password reset code",
  message: "Your password reset code is {####}",
};
const INVITATION: MessageTemplate = {
  subject: "Your temporary password",
  message: "Your username is {username} and temporary password is {####}",
};

/**
 * Sends a code or a temporary password, in the pool's words or in those of its
 * `CustomMessage` function.
 * @param to where the mail goes; the address on file may be another while a change waits for its code
 * @throws CodeDeliveryFailureException when the mail cannot be sent
 */
export async function sendSecret(
  engine: Engine,
  message: {
    readonly pool: Pool;
    readonly client: Client | undefined;
    readonly user: User;
    readonly to: string;
    readonly source: MessageSource;
    readonly secret: string;
    /** How the person is greeted; the user name when absent. */
    readonly shownName?: string;
    readonly clientMetadata: Readonly<Record<string, string>>;
  },
): Promise<CodeDeliveryDetails> {
  const { pool, user, source } = message;
  const template = await customise(engine, message, templateFor(pool, source));
  const fill = (text: string) =>
    text.replaceAll("{####}", message.secret).replaceAll("{username}", message.shownName ?? user.username);
  const body = fill(template.message);
  try {
    await engine.sendMail({
      from: pool.mail.from,
      to: message.to,
      subject: fill(template.subject),
      ...asTextAndHtml(body),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    engine.log({ level: "error", source: "user-pool", message: `A mail was not sent: ${reason}` });
    throw new CognitoError("CodeDeliveryFailureException", "The code could not be delivered.");
  }
  return deliveryDetails(message.to);
}

export function deliveryDetails(address: string): CodeDeliveryDetails {
  return { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: maskAddress(address) };
}

/** `kim@example.com` as `k***@e***`. */
export function maskAddress(address: string): string {
  const [local = "", domain = ""] = address.split("@");
  return `${local.slice(0, 1)}***@${domain.slice(0, 1)}***`;
}

function templateFor(pool: Pool, source: MessageSource): MessageTemplate {
  if (source === "CustomMessage_AdminCreateUser") return pool.mail.invitation ?? INVITATION;
  return pool.mail.verification ?? (source === "CustomMessage_ForgotPassword" ? RESET : VERIFICATION);
}

async function customise(
  engine: Engine,
  message: Parameters<typeof sendSecret>[1],
  template: MessageTemplate,
): Promise<MessageTemplate> {
  const invited = message.source === "CustomMessage_AdminCreateUser";
  const answer = await runTrigger(engine, {
    pool: message.pool,
    trigger: "customMessage",
    source: message.source,
    clientId: clientIdOrNone(message.client),
    username: message.user.username,
    attributes: { ...allAttributes(message.user), "cognito:user_status": message.user.status },
    request: { codeParameter: "{####}", ...(invited ? { usernameParameter: "{username}" } : {}) },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
    clientMetadata: message.clientMetadata,
  });
  const text = (name: string) => {
    const value = answer?.[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  return {
    subject: text("emailSubject") ?? template.subject,
    message: text("emailMessage") ?? template.message,
  };
}

/** Templates may be HTML. The text that goes beside it is the same without its tags. */
function asTextAndHtml(body: string): { text: string; html?: string } {
  if (!/<[a-z!/]/i.test(body)) return { text: body };
  const text = body
    .replace(/<(style|script)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<br\b[^>]*>|<\/(p|div|h[1-6]|li|tr)>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/[ \t]*\n\s*/g, "\n")
    .trim();
  return { text, html: body };
}
