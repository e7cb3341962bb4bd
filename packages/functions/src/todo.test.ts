import type { Route } from "@haru/core/contract";
import { todoRoutes } from "@haru/core/todo/todo-routes.contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type Person } from "../test/call.ts";
import { newPerson, startLinkedTable } from "../test/services.ts";
import { handler } from "./todo.ts";

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
let owner: Person;
let guest: Person;
let stranger: Person;
let listId: string;
let todoId: string;
beforeAll(async () => {
  engine = await startLinkedTable();
  [owner, guest, stranger] = await Promise.all([
    newPerson("reader"),
    newPerson("reader"),
    newPerson("reader"),
  ]);
  listId = (await ask(todoRoutes.createList, owner, { name: "장보기" })).body.listId;
  todoId = (await ask(todoRoutes.createTodo, owner, { listId, title: "사과" })).body.todoId;
});
afterAll(() => engine.stop());

const ask = (route: Route, as: Person, input: object, headers: Record<string, string> = {}) =>
  call(handler, route, { as, input: { ...input }, headers });

const token = "0".repeat(22);
const deviceId = `dev_${"0".repeat(26)}`;
const inputs: Readonly<Record<keyof typeof todoRoutes, () => object>> = {
  push: () => ({ deviceId, mutations: [{ mutationId: `mut_${"0".repeat(26)}` }] }),
  pull: () => ({ lists: [] }),
  lists: () => ({}),
  createList: () => ({ name: "목록" }),
  readList: () => ({ listId }),
  changeList: () => ({ listId, name: "남의 것" }),
  removeList: () => ({ listId }),
  todos: () => ({ listId }),
  createTodo: () => ({ listId, title: "남의 것" }),
  readTodo: () => ({ listId, todoId }),
  changeTodo: () => ({ listId, todoId, title: "남의 것" }),
  moveTodo: () => ({ listId, todoId, toListId: `lst_${"0".repeat(26)}` }),
  removeTodo: () => ({ listId, todoId }),
  restoreTodo: () => ({ listId, todoId }),
  members: () => ({ listId }),
  changeRole: () => ({ listId, accountId: owner.accountId, role: "viewer" }),
  removeMember: () => ({ listId, accountId: owner.accountId }),
  invite: () => ({ listId, role: "viewer" }),
  invitations: () => ({ listId }),
  withdrawInvitation: () => ({ listId, token }),
  openInvitation: () => ({ listId, token }),
  join: () => ({ listId, token }),
};
const verbs = Object.keys(inputs) as (keyof typeof todoRoutes)[];
const ofOneList = verbs.filter((verb) => todoRoutes[verb].path.includes("{listId}"));

test.each(verbs)("%s asks for a token", async (verb) => {
  expect(await call(handler, todoRoutes[verb], { input: { ...inputs[verb]() } })).toMatchObject({
    status: 401,
  });
});

test.each(ofOneList)("%s answers somebody else's list as it answers a missing one", async (verb) => {
  const input = inputs[verb]();
  const none = { ...input, listId: `lst_${"1".repeat(26)}` };
  const answers = [await ask(todoRoutes[verb], stranger, input), await ask(todoRoutes[verb], stranger, none)];
  for (const { status, body } of answers)
    expect({ status, ...body.error, requestId: "" }).toMatchObject({ status: 404, code: "not_found" });
});

test("a list and its todos are made, read, changed and deleted one by one", async () => {
  const made = await ask(todoRoutes.createList, owner, { name: "여행" });
  expect(made).toMatchObject({ status: 201, body: { name: "여행", color: "ink", role: "owner" } });
  const list = { listId: made.body.listId };
  const first = await ask(todoRoutes.createTodo, owner, { ...list, title: "표" });
  const second = await ask(todoRoutes.createTodo, owner, { ...list, title: "짐", priority: 1 });
  expect(second).toMatchObject({ status: 201, headers: { etag: `"${second.body.seq}"` } });
  expect(second.body.position > first.body.position).toBe(true);
  const { body: page } = await ask(todoRoutes.todos, owner, { ...list, limit: 1 });
  expect(page.items).toMatchObject([{ title: "표" }]);
  const { body: next } = await ask(todoRoutes.todos, owner, { ...list, cursor: page.cursor });
  expect(next).toMatchObject({ items: [{ title: "짐" }] });
  const todo = { ...list, todoId: first.body.todoId };
  expect((await ask(todoRoutes.changeTodo, owner, { ...todo, isDone: true })).body.doneAt).not.toBeNull();
  expect((await ask(todoRoutes.removeTodo, owner, todo)).status).toBe(200);
  expect((await ask(todoRoutes.readTodo, owner, todo)).status).toBe(404);
  expect((await ask(todoRoutes.restoreTodo, owner, todo)).body).toMatchObject({
    deletedAt: null,
    title: "표",
  });
  const moved = await ask(todoRoutes.moveTodo, owner, { ...todo, toListId: listId });
  expect(moved.body).toMatchObject({ listId, title: "표" });
  await ask(todoRoutes.changeList, owner, { ...list, name: "겨울 여행" });
  expect((await ask(todoRoutes.readList, owner, list)).body).toMatchObject({ name: "겨울 여행" });
  await ask(todoRoutes.removeList, owner, list);
  const { body: all } = await ask(todoRoutes.lists, owner, {});
  expect(all.items).toMatchObject([{ listId, name: "장보기" }]);
});

test("a change that is meant for another state of the todo is refused, and one for this state is made", async () => {
  const { body } = await ask(todoRoutes.readTodo, owner, { listId, todoId });
  const change = (title: string, seq: number) =>
    ask(todoRoutes.changeTodo, owner, { listId, todoId, title }, { "if-match": `"${seq}"` });
  const changed = await change("배", body.seq);
  expect(changed).toMatchObject({ status: 200, body: { title: "배" } });
  expect(await change("감", body.seq)).toMatchObject({
    status: 412,
    body: { error: { code: "precondition_failed" } },
  });
  // As the front door calls the tag of an answer that it compressed.
  const weak = { "if-match": `W/"${changed.body.seq}"` };
  expect(await ask(todoRoutes.changeTodo, owner, { listId, todoId, title: "귤" }, weak)).toMatchObject({
    status: 200,
  });
  const removal = await ask(
    todoRoutes.removeTodo,
    owner,
    { listId, todoId },
    { "if-match": `"${body.seq}"` },
  );
  expect(removal.status).toBe(412);
});

test("a list is changed and deleted only as it was read, when that is asked for", async () => {
  const { body: made } = await ask(todoRoutes.createList, owner, { name: "겨울 짐" });
  const { listId } = made;
  const asRead = { "if-match": `"${made.seq}"` };
  const renamed = await ask(todoRoutes.changeList, owner, { listId, name: "봄 짐" }, asRead);
  expect(renamed).toMatchObject({ status: 200, body: { name: "봄 짐" } });
  const late = await ask(todoRoutes.changeList, owner, { listId, name: "여름 짐" }, asRead);
  expect(late).toMatchObject({ status: 412, body: { error: { code: "precondition_failed" } } });
  expect((await ask(todoRoutes.removeList, owner, { listId }, asRead)).status).toBe(412);
  const asItIs = { "if-match": `"${renamed.body.seq}"` };
  const removed = await ask(todoRoutes.removeList, owner, { listId }, asItIs);
  expect(removed.status).toBe(200);
  expect(removed.headers).not.toHaveProperty("etag");
});

test("what is made with a key is made once, however often it is sent", async () => {
  const headers = { "idempotency-key": "0123456789abcdef" };
  const make = () => ask(todoRoutes.createTodo, owner, { listId, title: "한 번" }, headers);
  const [one, two] = [await make(), await make()];
  expect([one.status, two.status, two.body.todoId]).toEqual([201, 201, one.body.todoId]);
  const { body } = await ask(todoRoutes.todos, owner, { listId });
  expect(body.items.filter(({ title }: { title: string }) => title === "한 번")).toHaveLength(1);
});

test("a viewer reads over HTTP and is told that they may not change", async () => {
  const { body } = await ask(todoRoutes.invite, owner, { listId, role: "viewer" });
  await ask(todoRoutes.join, guest, { listId, token: body.token });
  expect((await ask(todoRoutes.readTodo, guest, { listId, todoId })).status).toBe(200);
  for (const verb of ["changeTodo", "createTodo", "removeTodo", "changeList", "removeList"] as const)
    expect([verb, (await ask(todoRoutes[verb], guest, inputs[verb]())).status]).toEqual([verb, 403]);
});
