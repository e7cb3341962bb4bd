import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { defaultLocale } from "@haru/core/locale";
import { gatherReminders } from "@haru/core/reminder/gather";
import type { Reminder } from "@haru/core/reminder/reminder";
import { Resource } from "sst";
import { clientOptions, coreFor } from "../core.ts";
import { logger } from "../log.ts";

/** SQS takes so many messages in one call. */
const mostInCall = 10;

let queue: SQSClient | undefined;

/** Puts a message into the queue of mails for each person who is to be reminded of something by now. */
export async function handler(): Promise<void> {
  const count = await gatherReminders(coreFor(defaultLocale), sendAll);
  if (count > 0) logger.info("Reminders were queued", { count });
}

async function sendAll(reminders: readonly Reminder[]): Promise<void> {
  queue ??= new SQSClient(clientOptions);
  for (let at = 0; at < reminders.length; at += mostInCall) {
    const part = reminders.slice(at, at + mostInCall);
    const { Failed } = await queue.send(
      new SendMessageBatchCommand({
        QueueUrl: Resource.Reminders.url,
        Entries: part.map((one, index) => ({ Id: String(index), MessageBody: JSON.stringify(one) })),
      }),
    );
    if (Failed?.length) throw new Error(`The queue refused ${Failed.length} messages: ${Failed[0]?.Message}`);
  }
}
