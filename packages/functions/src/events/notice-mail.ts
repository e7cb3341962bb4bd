import type { Core } from "@haru/core/core";
import { defaultLocale } from "@haru/core/locale";
import { claimNotice, letterOf, releaseNotice } from "@haru/core/notice/notice";
import { writeMail } from "@haru/core/notice/notice-mail";
import { type Notice, noticeSchema } from "@haru/core/notice/recipient";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { coreFor } from "../core.ts";
import { logger } from "../log.ts";
import { sendOnce, siteUrl } from "../send-once.ts";

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

async function tell(core: Core, notice: Notice): Promise<void> {
  const letter = await letterOf(core, notice);
  if (!letter) return;
  await sendOnce(letter.email, writeMail(letter, siteUrl()), {
    take: () => claimNotice(core, notice),
    release: () => releaseNotice(core, notice),
  });
}
