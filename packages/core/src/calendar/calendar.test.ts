import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import { accounts } from "../account/account.entity.ts";
import type { ActorCore } from "../core.ts";
import { type ListId, newId } from "../id.ts";
import { invite, join } from "../todo/invitation.ts";
import { push } from "../todo/push.ts";
import { removeMember } from "../todo/sharing.ts";
import { emptyContent, type TodoContent } from "../todo/todo.contract.ts";
import { address, read, renew, withdraw } from "./calendar.ts";

const now = new Date("2026-11-21T00:00:00.000Z");
const deviceId = newId("device", now);
let engine: TestTable;
let me: ActorCore;
let other: ActorCore;
let listId: ListId;
beforeAll(async () => {
  engine = await startTable();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  [me, other] = await Promise.all([
    newPerson(engine.table, { now: () => now }),
    newPerson(engine.table, { now: () => now }),
  ]);
  listId = await newList(me);
});

async function newList(core: ActorCore): Promise<ListId> {
  const id = core.newId("list");
  await send(core, { name: "list.create", args: { listId: id, name: "목록", color: "ink" } });
  return id;
}

async function send(core: ActorCore, change: object): Promise<void> {
  const mutation = { mutationId: core.newId("mutation"), seen: 0, ...change };
  const { outcomes } = await push(core, { deviceId, mutations: [mutation] });
  expect(outcomes[0]?.outcome).toBe("accepted");
}

async function add(core: ActorCore, title: string, date: string | null, into = listId) {
  const due = date ? { date, time: null, timeZone: "Asia/Seoul" } : null;
  const args = { listId: into, todoId: core.newId("todo"), content: { ...emptyContent(title, "V"), due } };
  await send(core, { name: "todo.create", args });
  return async (patch: Partial<TodoContent> | "delete") =>
    patch === "delete"
      ? send(core, { name: "todo.delete", args: { listId: into, todoId: args.todoId } })
      : send(core, { name: "todo.update", args: { listId: into, todoId: args.todoId, patch } });
}

const made = async (core: ActorCore) => (await renew(core, { replaces: null })).token as string;
/** Anybody: calendars do not sign in. */
const titlesAt = async (token: string) => {
  const { actor: _, ...anybody } = me;
  const { calendar } = await read(anybody, { token });
  return [...calendar.matchAll(/^SUMMARY:(.*)\r$/gm)].map(([, title]) => title);
};
const missing = expect.objectContaining({ code: "not_found" });

test("the calendar holds what is to be done on some day, and follows each change", async () => {
  const token = await made(me);
  expect(await titlesAt(token)).toEqual([]);
  const later = await add(me, "나중", "2026-12-01");
  const soon = await add(me, "곧", "2026-11-22");
  await add(me, "언젠가", null);
  await add(me, "오래전", "2026-09-01");
  expect(await titlesAt(token)).toEqual(["곧", "나중"]);
  await later({ isDone: true });
  await soon({ title: "곧 할 일" });
  expect(await titlesAt(token)).toEqual(["곧 할 일"]);
  await later({ isDone: false });
  await soon("delete");
  expect(await titlesAt(token)).toEqual(["나중"]);
  await later({ due: null });
  expect(await titlesAt(token)).toEqual([]);
});

test("a new address ends the one before in the same moment, and asking twice makes one", async () => {
  const first = await made(me);
  expect(await address(me, {})).toEqual({ token: first });
  expect(await made(me)).toBe(first);
  const second = (await renew(me, { replaces: first })).token as string;
  expect(second).not.toBe(first);
  expect((await renew(me, { replaces: first })).token).toBe(second);
  await expect(titlesAt(first)).rejects.toEqual(missing);
  expect(await titlesAt(second)).toEqual([]);
});

test("a withdrawn address is none, and neither is a guessed one", async () => {
  const token = await made(me);
  await withdraw(me, {});
  await withdraw(me, {});
  expect(await address(me, {})).toEqual({ token: null });
  const others = await made(other);
  const mixed = `${me.actor.accountId}.${others.split(".")[1]}`;
  for (const wrong of [token, mixed, `${others}x`, others.slice(0, -1), "", ".", me.actor.accountId])
    await expect(titlesAt(wrong)).rejects.toEqual(missing);
});

test("lists of others come and go with one's place in them", async () => {
  const token = await made(other);
  await add(me, "함께", "2026-11-22");
  expect(await titlesAt(token)).toEqual([]);
  const { token: invitation } = await invite(me, { listId, role: "viewer" });
  await join(other, { listId, token: invitation });
  expect(await titlesAt(token)).toEqual(["함께"]);
  await removeMember(me, { listId, accountId: other.actor.accountId });
  expect(await titlesAt(token)).toEqual([]);
});

test("the calendar of a suspended person is closed", async () => {
  const token = await made(me);
  await accounts(me).patch({ accountId: me.actor.accountId }).set({ suspendedAt: now.toISOString() }).go();
  await expect(titlesAt(token)).rejects.toEqual(missing);
});
