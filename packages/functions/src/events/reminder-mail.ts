import type { Core } from "@haru/core/core";
import { defaultLocale } from "@haru/core/locale";
import {
  claimReminder,
  letterOf,
  type Reminder,
  releaseReminder,
  reminderSchema,
} from "@haru/core/reminder/reminder";
import { writeReminder } from "@haru/core/reminder/reminder-mail";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { coreFor } from "../core.ts";
import { logger } from "../log.ts";
import { sendOnce, siteUrl } from "../send-once.ts";

/** Sends the reminders of the queue, each once. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const core = coreFor(defaultLocale);
  const batchItemFailures: SQSBatchResponse["batchItemFailures"] = [];
  for (const { body, messageId } of Records) {
    try {
      await remind(core, reminderSchema.parse(JSON.parse(body)));
    } catch (error) {
      logger.error("A reminder was not sent", { error, messageId });
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

async function remind(core: Core, reminder: Reminder): Promise<void> {
  const letter = await letterOf(core, reminder);
  if (!letter) return;
  await sendOnce(letter.email, writeReminder(letter, siteUrl()), {
    take: () => claimReminder(core, reminder),
    release: () => releaseReminder(core, reminder),
  });
}
