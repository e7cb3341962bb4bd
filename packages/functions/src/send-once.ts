import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import type { Mail } from "@haru/core/notice/notice-mail";
import { Resource } from "sst";
import { clientOptions } from "./core.ts";
import { wasNeverSent } from "./unavailable.ts";

let ses: SESv2Client | undefined;

/** Notes that a mail is being sent, and takes the note back. */
export interface Claim {
  /** False when it was sent before. */
  take(): Promise<boolean>;
  release(): Promise<void>;
}

/**
 * Sends a mail that must not come twice. The claim comes before the mail: a function that ends in between
 * leaves a mail unsent, which is better than one that comes twice. Only a mail that SES surely refused, or
 * never got, is tried again.
 */
export async function sendOnce(to: string, mail: Mail, claim: Claim): Promise<void> {
  if (!(await claim.take())) return;
  try {
    await send(to, mail);
  } catch (error) {
    if (wasRefused(error)) await claim.release();
    throw error;
  }
}

/** Without an answer to what was sent, or with one about a defect of SES, the mail may be on its way. */
function wasRefused(error: unknown): boolean {
  if (wasNeverSent(error)) return true;
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500;
}

async function send(to: string, { subject, text, html, stopUrl }: Mail): Promise<void> {
  // A second attempt of the client after a lost answer would be a second mail.
  ses ??= new SESv2Client({ ...clientOptions, maxAttempts: 1 });
  const part = (Data: string) => ({ Data, Charset: "UTF-8" });
  await ses.send(
    new SendEmailCommand({
      FromEmailAddress: Resource.Mail.sender,
      Destination: { ToAddresses: [to] },
      Content: {
        Simple: {
          Subject: part(subject),
          Body: { Text: part(text), Html: part(html) },
          Headers: [
            { Name: "List-Unsubscribe", Value: `<${stopUrl}>` },
            { Name: "List-Unsubscribe-Post", Value: "List-Unsubscribe=One-Click" },
          ],
        },
      },
    }),
  );
}
