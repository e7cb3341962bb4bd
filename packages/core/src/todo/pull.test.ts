import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import type { ActorCore } from "../core.ts";
import type { ListId } from "../id.ts";
import { createList } from "./own-lists.ts";
import { pull } from "./pull.ts";
import { emptyContent, todoLimits } from "./todo.contract.ts";
import { todos } from "./todo.entity.ts";

let engine: TestTable;
beforeAll(async () => {
  engine = await startTable();
});
afterAll(() => engine.stop());

const answerBytes = 6 * 1024 * 1024;
/** Almost as much as one part of a list may be. */
const todosPerList = 90;

async function newFullList(core: ActorCore): Promise<ListId> {
  const { listId } = await createList(core, { name: "목록" });
  const at = core.now().toISOString();
  const notes = "긴".repeat(Math.floor(todoLimits.notesBytes / Buffer.byteLength("긴")));
  const rows = Array.from({ length: todosPerList }, () => {
    const todoId = core.newId("todo");
    const stamps = { doneAt: null, createdAt: at, updatedAt: at, deletedAt: null, movedTo: null, seq: 1 };
    const todo = { ...emptyContent("할 일", "V"), notes, listId, todoId, ...stamps };
    return { listId, todoId, todo, stamps: {} };
  });
  await todos(core).put(rows).go();
  return listId;
}

test("no answer outgrows what Lambda may answer, whatever letters people write, and asked on all comes", async () => {
  const core = await newPerson(engine.table);
  const listIds: ListId[] = [];
  for (let index = 0; index < 8; index++) listIds.push(await newFullList(core));
  const found = new Map<ListId, number>();
  for (let hasMore = true; hasMore; ) {
    const lists = [...found.keys()].map((listId) => ({ listId, seq: 1 }));
    const answer = await pull(core, { lists });
    const payload = JSON.stringify({ statusCode: 200, body: JSON.stringify(answer) });
    expect(Buffer.byteLength(payload)).toBeLessThan(answerBytes);
    for (const delta of answer.deltas)
      if (delta.kind === "snapshot") found.set(delta.list.listId, delta.todos.length);
    hasMore = answer.hasMore;
  }
  expect([...found.keys()].sort()).toEqual(listIds.sort());
  expect(new Set(found.values())).toEqual(new Set([todosPerList]));
});
