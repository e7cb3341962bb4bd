import * as z from "zod";
import { accounts } from "../account/account.entity.ts";
import type { Core } from "../core.ts";
import { idSchema } from "../id.ts";
import type { Locale } from "../locale.ts";
import { noticeChoices } from "../notice/notice.entity.ts";
import { stopTokenOf } from "../notice/stop-token.ts";
import type { Due } from "../todo/todo.contract.ts";
import { listMembers, lists, todos } from "../todo/todo.entity.ts";
import { commit, inTransaction } from "../transaction.ts";
import { pushedReminders, sentReminders } from "./reminder.entity.ts";

/** Beyond the longest standstill. */
const rememberSentSeconds = 3 * 24 * 60 * 60;

/** One person to tell: who is to be reminded of what. It travels through the queue. */
export const reminderSchema = z.strictObject({
  listId: idSchema("list"),
  todoId: idSchema("todo"),
  remindAt: z.string(),
  accountId: idSchema("account"),
});
export type Reminder = z.output<typeof reminderSchema>;

/** All that a reminder says. */
export interface ReminderLetter {
  readonly locale: Locale;
  readonly listId: string;
  readonly todoId: string;
  readonly listName: string;
  readonly title: string;
  readonly notes: string;
  readonly due: Due;
  /** Absent for somebody who wants no such mails. */
  readonly byMail?: { readonly email: string; readonly stopToken: string };
}

/**
 * What to tell somebody. Nothing when there is nothing to remind of any more: the todo is done, deleted,
 * put off or somewhere else, or the person left its list.
 */
export async function letterOf(core: Core, reminder: Reminder): Promise<ReminderLetter | undefined> {
  const { listId, todoId, accountId } = reminder;
  const [row, list, member, account, choice] = await Promise.all([
    todos(core).get({ listId, todoId }).go({ consistent: true }),
    lists(core).get({ listId }).go({ consistent: true }),
    listMembers(core).get({ accountId, listId }).go({ consistent: true }),
    accounts(core).get({ accountId }).go(),
    noticeChoices(core).get({ accountId }).go({ consistent: true }),
  ]);
  if (row.data?.remindAt !== reminder.remindAt || !row.data.todo.due) return undefined;
  if (!list.data || list.data.deletedAt || !member.data) return undefined;
  if (!account.data || account.data.suspendedAt) return undefined;
  const { title, notes, due } = row.data.todo;
  const { email, locale } = account.data;
  const letter = { locale, listId, todoId, listName: list.data.name, title, notes, due };
  if (choice.data?.reminders === false) return letter;
  return {
    ...letter,
    byMail: { email, stopToken: await stopTokenOf(core, accountId, choice.data, "reminders") },
  };
}

/** Notes that somebody is being reminded by mail. False when they were before. */
export async function claimReminder(core: Core, reminder: Reminder): Promise<boolean> {
  const { accountId, todoId, remindAt } = reminder;
  const expireAt = Math.floor(core.now().getTime() / 1000) + rememberSentSeconds;
  const { written } = await commit(core, [
    inTransaction(sentReminders(core)).create({ accountId, todoId, remindAt, expireAt }).commit(),
  ]);
  return written;
}

/** Takes the note back: the mail was refused, and may be tried again. */
export async function releaseReminder(core: Core, reminder: Reminder): Promise<void> {
  const { accountId, todoId, remindAt } = reminder;
  await sentReminders(core).delete({ accountId, todoId, remindAt }).go();
}

/** Notes that a browser is being told. False when it was before. */
export async function claimPush(core: Core, reminder: Reminder, endpointHash: string): Promise<boolean> {
  const { accountId, todoId, remindAt } = reminder;
  const expireAt = Math.floor(core.now().getTime() / 1000) + rememberSentSeconds;
  const { written } = await commit(core, [
    inTransaction(pushedReminders(core))
      .create({ accountId, todoId, remindAt, endpointHash, expireAt })
      .commit(),
  ]);
  return written;
}

/** Takes the note back: the push service did not take the message, and may be tried again. */
export async function releasePush(core: Core, reminder: Reminder, endpointHash: string): Promise<void> {
  const { accountId, todoId, remindAt } = reminder;
  await pushedReminders(core).delete({ accountId, todoId, remindAt, endpointHash }).go();
}
