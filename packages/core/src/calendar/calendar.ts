import { randomBytes, timingSafeEqual } from "node:crypto";
import { accounts } from "../account/account.entity.ts";
import type { ActorCore, Core } from "../core.ts";
import { AppError } from "../errors.ts";
import { type AccountId, idSchema, type ListId } from "../id.ts";
import { operation } from "../operation.ts";
import { productName } from "../product-name.ts";
import { membershipsOf } from "../todo/member.ts";
import { readLists } from "../todo/pull.ts";
import { mostListsInPull } from "../todo/sync.contract.ts";
import type { Todo } from "../todo/todo.contract.ts";
import { todos } from "../todo/todo.entity.ts";
import { commit, inTransaction } from "../transaction.ts";
import { type CalendarAddress, calendarContract } from "./calendar.contract.ts";
import { calendarKeys } from "./calendar.entity.ts";
import { writeCalendar } from "./icalendar.ts";

/** What is late stays in the calendar for so long. */
const lateDays = 30;
const dayMilliseconds = 86_400_000;
/** Todos of one list, and of all: those that are due first. */
const mostOfList = 500;
const mostTodos = 1_000;

export const address = operation(calendarContract.address.input, (core: ActorCore) => addressOf(core));

export const renew = operation(calendarContract.renew.input, async (core: ActorCore, { replaces }) => {
  const { accountId } = core.actor;
  const row = {
    accountId,
    secret: randomBytes(16).toString("base64url"),
    createdAt: core.now().toISOString(),
  };
  const before = replaces?.slice(replaces.indexOf(".") + 1);
  const put = inTransaction(calendarKeys(core))
    .put(row)
    .where(({ secret }, { eq, notExists }) =>
      before === undefined ? notExists(secret) : eq(secret, before),
    );
  // Not written: it was sent before, or another device was faster. The answer is what stands.
  await commit(core, [put.commit()]);
  return addressOf(core);
});

export const withdraw = operation(
  calendarContract.withdraw.input,
  async (core: ActorCore): Promise<CalendarAddress> => {
    await calendarKeys(core).delete({ accountId: core.actor.accountId }).go();
    return { token: null };
  },
);

/**
 * Whoever has the address may read, so that nobody is asked who they are; what the owner of the
 * address may not see any more is not in it.
 */
export const read = operation(calendarContract.read.input, async (core: Core, { token }) => {
  const accountId = await ownerOf(core, token);
  const { data: account } = await accounts(core).get({ accountId }).go({ consistent: true });
  if (!account || account.suspendedAt !== undefined) throw new AppError("not_found");
  const due = await dueTodos(core, accountId);
  return { calendar: writeCalendar(productName[account.locale], due, core.now()) };
});

async function ownerOf(core: Core, token: string): Promise<AccountId> {
  const [id, secret] = token.split(".");
  const accountId = idSchema("account").safeParse(id).data;
  if (!accountId || !secret) throw new AppError("not_found");
  const { data } = await calendarKeys(core).get({ accountId }).go({ consistent: true });
  if (!data || !isSame(data.secret, secret)) throw new AppError("not_found");
  return accountId;
}

/** How long it takes tells nothing of where two secrets differ. */
function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

async function dueTodos(core: Core, accountId: AccountId): Promise<readonly Todo[]> {
  const memberships = await membershipsOf(core, accountId, mostListsInPull);
  if (memberships.length === 0) return [];
  const lists = await readLists(core, memberships);
  const from = new Date(core.now().getTime() - lateDays * dayMilliseconds).toISOString().slice(0, 10);
  const open = lists.filter(({ deletedAt, todoCount }) => !deletedAt && todoCount > 0);
  const due = await Promise.all(open.map(({ listId }) => dueInList(core, listId, from)));
  return due.flat().sort(byDay).slice(0, mostTodos);
}

async function dueInList(core: Core, listId: ListId, from: string): Promise<Todo[]> {
  const { data } = await todos(core)
    .query.byDueDay({ listId })
    .gte({ dueDay: from })
    .go({ limit: mostOfList });
  return data.map(({ todo }) => todo);
}

function byDay(a: Todo, b: Todo): number {
  return (a.due?.date ?? "") < (b.due?.date ?? "") ? -1 : 1;
}

async function addressOf(core: ActorCore): Promise<CalendarAddress> {
  const { accountId } = core.actor;
  const { data } = await calendarKeys(core).get({ accountId }).go({ consistent: true });
  return { token: data ? `${accountId}.${data.secret}` : null };
}
