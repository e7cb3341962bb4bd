import type { QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import type { ActorCore } from "../core.ts";
import type { ListId } from "../id.ts";
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

/** A list of two people with a todo, deleted so long after the beginning. */
async function deletedList(milliseconds = 0) {
  now = new Date(start + milliseconds);
  const { listId } = await createList(owner, { name: "장보기" });
  await createTodo(owner, { listId, title: "사과" });
  const { token } = await invite(owner, { listId, role: "editor" });
  await join(guest, { listId, token });
  await invite(owner, { listId, role: "viewer" });
  await removeList(owner, { listId });
  return listId;
}

async function erased(core = owner) {
  return (await eraseDeletedLists(core))
    .filter(({ outcome }) => outcome === "erased")
    .map(({ listId }) => listId);
}

/** A core whose table answers nothing about one list. */
function without(listId: ListId): ActorCore {
  const { client } = owner.table;
  const send = client.send.bind(client) as (command: object) => Promise<unknown>;
  const failing = Object.create(client, {
    send: {
      value: async (command: { readonly input: object }) => {
        const { ExpressionAttributeValues = {} } = command.input as QueryCommandInput;
        if (Object.values(ExpressionAttributeValues).some((value) => String(value).includes(listId)))
          throw new Error("The table is busy.");
        return send(command);
      },
    },
  }) as typeof client;
  return { ...owner, table: { ...owner.table, client: failing } };
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
  expect(await erased()).not.toContain(listId);
  expect((await ownLists(owner, {})).items).toMatchObject([{ listId }]);
});

test("a list that stayed deleted is gone with everything in it, for everybody", async () => {
  const listId = await deletedList();
  now = new Date(start + 30 * day + 1);
  expect(await restore(listId)).toMatchObject({ outcome: "refused", reason: "not_found" });
  expect(await erased()).not.toContain(listId);
  now = new Date(start + 32 * day);
  expect(await erased()).toContain(listId);
  const left = await Promise.all([
    todos(owner).query.byList({ listId }).go(),
    listChanges(owner).query.byList({ listId }).go(),
    listInvitations(owner).query.byList({ listId }).go(),
    listMembers(owner).query.byList({ listId }).go(),
  ]);
  expect(left.flatMap(({ data }): object[] => data)).toEqual([]);
  expect((await ownLists(guest, {})).items.map((list) => list.listId)).not.toContain(listId);
  expect((await lists(owner).get({ listId }).go()).data).toBeNull();
  expect(await erased()).not.toContain(listId);
});

test("a list that cannot be erased keeps none behind it, and goes when it can", async () => {
  const [stuck, next] = [await deletedList(), await deletedList(1)];
  now = new Date(start + 32 * day);
  const outcomes = await eraseDeletedLists(without(stuck));
  expect(outcomes).toMatchObject([
    { listId: stuck, outcome: "failed", error: { message: expect.stringContaining("The table is busy.") } },
    { listId: next, outcome: "erased" },
  ]);
  expect(await erased()).toEqual([stuck]);
});
