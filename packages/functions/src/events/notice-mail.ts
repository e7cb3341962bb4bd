import type { Core } from "@haru/core/core";
import { defaultLocale } from "@haru/core/locale";
import { claimNotice, letterOf, releaseNotice } from "@haru/core/notice/notice";
import { writeMail } from "@haru/core/notice/notice-mail";
import { type Notice, noticeSchema } from "@haru/core/notice/recipient";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { coreFor, siteOrigin } from "../core.ts";
import { eachMessage } from "../each-message.ts";
import { sendOnce } from "../send-once.ts";

/** Sends the mails of the queue, each once. */
export function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const core = coreFor(defaultLocale);
  return eachMessage(event, "A mail about a comment was not sent", (message) =>
    tell(core, noticeSchema.parse(message)),
  );
}

async function tell(core: Core, notice: Notice): Promise<void> {
  const letter = await letterOf(core, notice);
  if (!letter) return;
  await sendOnce(letter.email, writeMail(letter, siteOrigin()), {
    take: () => claimNotice(core, notice),
    release: () => releaseNotice(core, notice),
  });
}
