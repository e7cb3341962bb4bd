import type { Core } from "../core.ts";
import { membersOf } from "../todo/member.ts";
import { type TodoRow, todos } from "../todo/todo.entity.ts";
import { reminderSweeps } from "./reminder.entity.ts";
import type { Reminder } from "./reminder.ts";

const minuteMilliseconds = 60_000;
const hourMilliseconds = 60 * minuteMilliseconds;
/** An index shows a write late, and a todo may be written for this very minute. */
const overlapMilliseconds = 2 * minuteMilliseconds;
/** After a longer standstill older reminders are of no use to anybody. */
const longestMilliseconds = 24 * hourMilliseconds;
/** While nothing is due, the row is not written with every look. */
const idleMilliseconds = 10 * minuteMilliseconds;
const mostAtOnce = 100;

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
      const reminders = await remindersOf(core, rows);
      await send(reminders);
      count += reminders.length;
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

/** One for each todo and each person who sees its list. The people of a list are asked for once. */
async function remindersOf(core: Core, rows: readonly TodoRow[]): Promise<Reminder[]> {
  const listIds = [...new Set(rows.map(({ listId }) => listId))];
  const people = new Map(
    await Promise.all(listIds.map(async (listId) => [listId, await membersOf(core, listId)] as const)),
  );
  return rows.flatMap(({ listId, todoId, remindAt = "" }) =>
    (people.get(listId) ?? []).map(({ accountId }) => ({ listId, todoId, remindAt, accountId })),
  );
}
