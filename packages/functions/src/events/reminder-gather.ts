import { defaultLocale } from "@haru/core/locale";
import { gatherReminders } from "@haru/core/reminder/gather";
import { Resource } from "sst";
import { coreFor } from "../core.ts";
import { logger } from "../log.ts";
import { sendMessages } from "../send-messages.ts";

/** Puts a message into the queue of mails for each person who is to be reminded of something by now. */
export async function handler(): Promise<void> {
  const count = await gatherReminders(coreFor(defaultLocale), (reminders) =>
    sendMessages(Resource.Reminders.url, reminders),
  );
  if (count > 0) logger.info("Reminders were queued", { count });
}
