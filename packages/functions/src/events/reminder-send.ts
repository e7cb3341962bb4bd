import { createHash } from "node:crypto";
import type { Core } from "@haru/core/core";
import { defaultLocale } from "@haru/core/locale";
import { applicationServerKeys } from "@haru/core/push-subscription/application-server-key";
import { forget, type Subscription, subscriptionsOf } from "@haru/core/push-subscription/push-subscription";
import {
  claimPush,
  claimReminder,
  letterOf,
  type Reminder,
  type ReminderLetter,
  releasePush,
  releaseReminder,
  reminderSchema,
} from "@haru/core/reminder/reminder";
import { writeReminder } from "@haru/core/reminder/reminder-mail";
import { writePush } from "@haru/core/reminder/reminder-push";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { Resource } from "sst";
import { coreFor, siteOrigin } from "../core.ts";
import { eachMessage } from "../each-message.ts";
import { logger } from "../log.ts";
import { publicTransport, type Transport } from "../public-request.ts";
import { sendOnce } from "../send-once.ts";
import { PushRefusedError, sendPush } from "../send-push.ts";

/** Sends the reminders of the queue: each once by mail, and once to each browser of the person. */
export function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return sendReminders(event, publicTransport);
}

/** @param transport how push services are reached */
export function sendReminders(event: SQSEvent, transport: Transport): Promise<SQSBatchResponse> {
  const core = coreFor(defaultLocale);
  return eachMessage(event, "A reminder was not sent", (message) =>
    remind(core, reminderSchema.parse(message), transport),
  );
}

/** What fails on one way holds no other up; the next try finds what was sent and leaves it. */
async function remind(core: Core, reminder: Reminder, transport: Transport): Promise<void> {
  const letter = await letterOf(core, reminder);
  if (!letter) return;
  const subscriptions = await subscriptionsOf(core, reminder.accountId);
  const outcomes = await Promise.allSettled([
    mail(core, reminder, letter),
    ...subscriptions.map((subscription) => push(core, reminder, letter, subscription, transport)),
  ]);
  const failures = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  if (failures.length > 0) throw new AggregateError(failures);
}

async function mail(core: Core, reminder: Reminder, letter: ReminderLetter): Promise<void> {
  if (!letter.byMail) return;
  const { email, stopToken } = letter.byMail;
  await sendOnce(email, writeReminder(letter, stopToken, siteOrigin()), {
    take: () => claimReminder(core, reminder),
    release: () => releaseReminder(core, reminder),
  });
}

/** The note comes before the message, as with mails: only what surely was not taken is tried again. */
async function push(
  core: Core,
  reminder: Reminder,
  letter: ReminderLetter,
  subscription: Subscription,
  transport: Transport,
): Promise<void> {
  const { accountId, todoId, remindAt } = reminder;
  const { endpointHash } = subscription;
  if (!(await claimPush(core, reminder, endpointHash))) return;
  const topic = createHash("sha256").update(`${todoId} ${remindAt}`).digest("base64url").slice(0, 32);
  const sender = {
    subject: `mailto:${Resource.Mail.sender}`,
    ...applicationServerKeys(Resource.PushSecret.value),
  } as const;
  try {
    const outcome = await sendPush(subscription, writePush(letter), topic, sender, transport);
    if (outcome === "sent") return;
    await forget(core, { endpointHash, accountId });
    logger.info("A browser that is gone is not told any more");
  } catch (error) {
    if (error instanceof PushRefusedError) await releasePush(core, reminder, endpointHash);
    throw error;
  }
}
