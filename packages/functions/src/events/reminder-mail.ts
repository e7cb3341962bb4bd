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
import { coreFor, siteOrigin } from "../core.ts";
import { eachMessage } from "../each-message.ts";
import { sendOnce } from "../send-once.ts";

/** Sends the reminders of the queue, each once. */
export function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const core = coreFor(defaultLocale);
  return eachMessage(event, "A reminder was not sent", (message) =>
    remind(core, reminderSchema.parse(message)),
  );
}

async function remind(core: Core, reminder: Reminder): Promise<void> {
  const letter = await letterOf(core, reminder);
  if (!letter) return;
  await sendOnce(letter.email, writeReminder(letter, siteOrigin()), {
    take: () => claimReminder(core, reminder),
    release: () => releaseReminder(core, reminder),
  });
}
