import { createConversions } from "electrodb";
import * as z from "zod";
import { ifMatchSchema } from "../contract.ts";
import type { ActorCore } from "../core.ts";
import { readPage } from "../cursor.ts";
import { AppError } from "../errors.ts";
import { idSchema, type ListId, type TodoId } from "../id.ts";
import { withIdempotencyKey } from "../idempotency/idempotency.ts";
import { operation } from "../operation.ts";
import { listRoutes } from "./list-routes.contract.ts";
import { ownMembership } from "./member.ts";
import { keyedId, makeChange } from "./one-change.ts";
import { positionBetween } from "./position.contract.ts";
import { emptyContent, type Todo, type TodoContent } from "./todo.contract.ts";
import { lists, todos as todoRows } from "./todo.entity.ts";

const place = z.object({ todoId: idSchema("todo") });
const ifMatch = ifMatchSchema.optional();

export const todos = operation(listRoutes.todos.input, async (core: ActorCore, { listId, ...request }) => {
  await readableList(core, listId);
  const { toCursor } = createConversions(todoRows(core)).byAccessPattern.byList.fromComposite;
  const page = await readPage(core, request, place, async (after, limit) => {
    const cursor = after ? toCursor({ listId, ...after }) : null;
    const rows = await todoRows(core).query.byList({ listId }).go({ limit, cursor, consistent: true });
    return { ...rows, data: rows.data.map(({ todo }) => todo) };
  });
  return { ...page, items: page.items.filter(({ deletedAt }) => deletedAt === null) };
});

export const createTodo = operation(
  withIdempotencyKey(listRoutes.createTodo.input),
  async (core: ActorCore, { listId, idempotencyKey, ...content }) => {
    const { lastPosition } = await readableList(core, listId);
    const todoId = keyedId(core, "todo", { idempotencyKey });
    const empty = emptyContent(content.title, positionBetween(lastPosition, undefined));
    // What JSON carries is never undefined.
    const args = { listId, todoId, content: { ...empty, ...(content as TodoContent) } };
    await makeChange(core, { name: "todo.create", args }, { idempotencyKey });
    return existing(core, listId, todoId);
  },
);

export const readTodo = operation(listRoutes.readTodo.input, async (core: ActorCore, { listId, todoId }) => {
  await readableList(core, listId);
  const todo = await existing(core, listId, todoId);
  if (todo.deletedAt !== null) throw new AppError("not_found");
  return todo;
});

export const changeTodo = operation(
  listRoutes.changeTodo.input.extend({ ifMatch }),
  async (core: ActorCore, { listId, todoId, ifMatch, ...patch }) => {
    await makeChange(core, { name: "todo.update", args: { listId, todoId, patch } }, { ifMatch });
    return existing(core, listId, todoId);
  },
);

export const moveTodo = operation(
  withIdempotencyKey(listRoutes.moveTodo.input),
  async (core: ActorCore, { idempotencyKey, ...args }) => {
    const { lastPosition } = await readableList(core, args.toListId);
    const position = positionBetween(lastPosition, undefined);
    await makeChange(core, { name: "todo.move", args: { ...args, position } }, { idempotencyKey });
    return existing(core, args.toListId, args.todoId);
  },
);

export const removeTodo = operation(
  listRoutes.removeTodo.input.extend({ ifMatch }),
  async (core: ActorCore, { ifMatch, ...args }) => {
    await makeChange(core, { name: "todo.delete", args }, { ifMatch });
    return existing(core, args.listId, args.todoId);
  },
);

export const restoreTodo = operation(listRoutes.restoreTodo.input, async (core: ActorCore, args) => {
  await makeChange(core, { name: "todo.restore", args });
  return existing(core, args.listId, args.todoId);
});

/** @throws AppError `not_found` for a list that the actor does not see */
async function readableList(core: ActorCore, listId: ListId) {
  await ownMembership(core, listId);
  const { data: list } = await lists(core).get({ listId }).go({ consistent: true });
  if (!list || list.deletedAt) throw new AppError("not_found");
  return list;
}

async function existing(core: ActorCore, listId: ListId, todoId: TodoId): Promise<Todo> {
  const { data } = await todoRows(core).get({ listId, todoId }).go({ consistent: true });
  if (!data) throw new AppError("not_found");
  return data.todo;
}
