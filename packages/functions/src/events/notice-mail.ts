import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import type { Core } from "@haru/core/core";
import { defaultLocale } from "@haru/core/locale";
import { claimNotice, letterOf, releaseNotice } from "@haru/core/notice/notice";
import { type Mail, writeMail } from "@haru/core/notice/notice-mail";
import { type Notice, noticeSchema } from "@haru/core/notice/recipient";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { Resource } from "sst";
import { clientOptions, coreFor } from "../core.ts";
import { logger } from "../log.ts";

let ses: SESv2Client | undefined;

/** Sends the mails of the queue, each once. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const core = coreFor(defaultLocale);
  const batchItemFailures: SQSBatchResponse["batchItemFailures"] = [];
  for (const { body, messageId } of Records) {
    try {
      await tell(core, noticeSchema.parse(JSON.parse(body)));
    } catch (error) {
      logger.error("A mail about a comment was not sent", { error, messageId });
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

/**
 * The claim comes before the mail: a function that ends in between leaves a mail unsent, which is
 * better than one that comes twice. Only a mail that SES surely refused is tried again.
 */
async function tell(core: Core, notice: Notice): Promise<void> {
  const letter = await letterOf(core, notice);
  if (!letter || !(await claimNotice(core, notice))) return;
  try {
    await send(letter.email, writeMail(letter, Resource.Router.url.replace(/\/$/, "")));
  } catch (error) {
    if (wasRefused(error)) await releaseNotice(core, notice);
    throw error;
  }
}

/** Without an answer, or with one about a defect of SES, the mail may be on its way. */
function wasRefused(error: unknown): boolean {
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
