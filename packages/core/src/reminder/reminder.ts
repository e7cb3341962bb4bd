import * as z from "zod";
import { accounts } from "../account/account.entity.ts";
import type { Core } from "../core.ts";
import { idSchema } from "../id.ts";
import type { Locale } from "../locale.ts";
import { noticeChoices } from "../notice/notice.entity.ts";
import { stopTokenOf } from "../notice/stop-token.ts";
import { membersOf } from "../todo/member.ts";
import type { Due } from "../todo/todo.contract.ts";
import { listMembers, lists, type TodoRow, todos } from "../todo/todo.entity.ts";
import { commit, inTransaction } from "../transaction.ts";
import { reminderSweeps, sentReminders } from "./reminder.entity.ts";

const minuteMilliseconds = 60_000;
const hourMilliseconds = 60 * minuteMilliseconds;
/** An index shows a write late, and a todo may be written for this very minute. */
const overlapMilliseconds = 2 * minuteMilliseconds;
/** After a longer standstill older reminders are of no use to anybody. */
const longestMilliseconds = 24 * hourMilliseconds;
/** While nothing is due, the row is not written with every look. */
const idleMilliseconds = 10 * minuteMilliseconds;
const mostAtOnce = 100;
/** Beyond the longest standstill. */
const rememberSentSeconds = 3 * 24 * 60 * 60;

/** One mail to be: who is to be reminded of what. It travels through the queue. */
export const reminderSchema = z.strictObject({
  listId: idSchema("list"),
  todoId: idSchema("todo"),
  remindAt: z.string(),
  accountId: idSchema("account"),
});
export type Reminder = z.output<typeof reminderSchema>;

/** All that a mail says. */
export interface ReminderLetter {
  readonly email: string;
  readonly locale: Locale;
  readonly listId: string;
  readonly listName: string;
  readonly title: string;
  readonly notes: string;
  readonly due: Due;
  readonly stopToken: string;
}

/**
 * Hands on whom to remind of what has become due since the last call, page by page. It is safe to run late,
 * twice, or twice at once: a call that ends early is made up for by the next one, and who was reminded is
 * not reminded again.
 * @param send queues the reminders of a page
 */
export async function gatherReminders(
  core: Core,
  send: (reminders: readonly Reminder[]) => Promise<void>,
): Promise<number> {
  const now = core.now().getTime();
  const { data: sweep } = await reminderSweeps(core).get({}).go({ consistent: true });
  const through = sweep ? Date.parse(sweep.through) : now;
  const from = Math.max(through - overlapMilliseconds, now - longestMilliseconds);
  // Keys go on behind the time, so that what is due at this very millisecond stands before the next one.
  const nextMillisecond = new Date(now + 1);
  let count = 0;
  for (const hour of hoursBetween(from, now)) {
    for await (const rows of dueIn(core, hour, new Date(from), nextMillisecond)) {
      const people = await Promise.all(rows.map((row) => peopleOf(core, row)));
      await send(people.flat());
      count += people.flat().length;
    }
  }
  if (count > 0 || !sweep || now - through > idleMilliseconds)
    await reminderSweeps(core)
      .put({ through: new Date(now).toISOString() })
      .go();
  return count;
}

function hoursBetween(from: number, to: number): string[] {
  const hours: string[] = [];
  for (let at = Math.floor(from / hourMilliseconds) * hourMilliseconds; at <= to; at += hourMilliseconds)
    hours.push(new Date(at).toISOString().slice(0, 13));
  return hours;
}

async function* dueIn(core: Core, remindHour: string, from: Date, to: Date): AsyncGenerator<TodoRow[]> {
  let cursor: string | null = null;
  do {
    const page: { data: TodoRow[]; cursor: string | null } = await todos(core)
      .query.byReminder({ remindHour })
      .between({ remindAt: from.toISOString() }, { remindAt: to.toISOString() })
      .go({ limit: mostAtOnce, cursor });
    yield page.data;
    cursor = page.cursor;
  } while (cursor);
}

async function peopleOf(core: Core, { listId, todoId, remindAt = "" }: TodoRow): Promise<Reminder[]> {
  const members = await membersOf(core, listId);
  return members.map(({ accountId }) => ({ listId, todoId, remindAt, accountId }));
}

/**
 * What to write to somebody. Nothing when there is nothing to remind of any more: the todo is done, deleted,
 * put off or somewhere else, or the person left its list or does not want such mails.
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
  if (!account.data || account.data.suspendedAt || choice.data?.reminders === false) return undefined;
  const { title, notes, due } = row.data.todo;
  const { email, locale } = account.data;
  const stopToken = await stopTokenOf(core, accountId, choice.data, "reminders");
  return { email, locale, listId, listName: list.data.name, title, notes, due, stopToken };
}

/** Notes that somebody is being reminded. False when they were before. */
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
