import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import type { ActorCore } from "../core.ts";
import { eraseDeletedLists } from "./erase-list.ts";
import { invite, join } from "./invitation.ts";
import { createTodo } from "./list-of-todos.ts";
import { createList, ownLists, removeList } from "./own-lists.ts";
import { push } from "./push.ts";
import { listChanges, listInvitations, listMembers, lists, todos } from "./todo.entity.ts";

const day = 24 * 60 * 60 * 1000;
const start = Date.parse("2026-11-22T00:00:00.000Z");
let engine: TestTable;
let owner: ActorCore;
let guest: ActorCore;
let now: Date;
beforeAll(async () => {
  engine = await startTable();
  now = new Date(start);
  const person = (displayName: string) => newPerson(engine.table, { displayName, now: () => now });
  [owner, guest] = await Promise.all([person("김하루"), person("이손님")]);
});
afterAll(() => engine.stop());

/** A list of two people with a todo, deleted at the beginning. */
async function deletedList() {
  now = new Date(start);
  const { listId } = await createList(owner, { name: "장보기" });
  await createTodo(owner, { listId, title: "사과" });
  const { token } = await invite(owner, { listId, role: "editor" });
  await join(guest, { listId, token });
  await invite(owner, { listId, role: "viewer" });
  await removeList(owner, { listId });
  return listId;
}

async function restore(listId: Awaited<ReturnType<typeof deletedList>>) {
  const mutation = { mutationId: owner.newId("mutation"), seen: 0, name: "list.restore", args: { listId } };
  const { outcomes } = await push(owner, { deviceId: owner.newId("device"), mutations: [mutation] });
  return outcomes[0];
}

test("a deleted list can be restored for 30 days, and is never erased once it was", async () => {
  const listId = await deletedList();
  now = new Date(start + 30 * day);
  expect(await restore(listId)).toMatchObject({ outcome: "accepted" });
  now = new Date(start + 90 * day);
  expect(await eraseDeletedLists(owner)).not.toContain(listId);
  expect((await ownLists(owner, {})).items).toMatchObject([{ listId }]);
});

test("a list that stayed deleted is gone with everything in it, for everybody", async () => {
  const listId = await deletedList();
  now = new Date(start + 30 * day + 1);
  expect(await restore(listId)).toMatchObject({ outcome: "refused", reason: "not_found" });
  expect(await eraseDeletedLists(owner)).not.toContain(listId);
  now = new Date(start + 32 * day);
  expect(await eraseDeletedLists(owner)).toContain(listId);
  const left = await Promise.all([
    todos(owner).query.byList({ listId }).go(),
    listChanges(owner).query.byList({ listId }).go(),
    listInvitations(owner).query.byList({ listId }).go(),
    listMembers(owner).query.byList({ listId }).go(),
  ]);
  expect(left.flatMap(({ data }): object[] => data)).toEqual([]);
  expect((await ownLists(guest, {})).items.map((list) => list.listId)).not.toContain(listId);
  expect((await lists(owner).get({ listId }).go()).data).toBeNull();
  expect(await eraseDeletedLists(owner)).not.toContain(listId);
});
