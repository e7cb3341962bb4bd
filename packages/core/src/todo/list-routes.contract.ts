import * as z from "zod";
import { defineContract, pageInput, pageOf } from "../contract.ts";
import { idSchema } from "../id.ts";
import {
  listContentSchema,
  listRoleSchema,
  listSchema,
  todoContentSchema,
  todoSchema,
} from "./todo.contract.ts";

/** A list with what one may do in it. */
const ownListSchema = listSchema.extend({ role: listRoleSchema }).meta({ id: "OwnList" });
export type OwnList = z.output<typeof ownListSchema>;

const listId = idSchema("list");
const todoId = idSchema("todo");
const { title, ...optional } = todoContentSchema.shape;
const contentInput = z.strictObject({ title }).extend(z.strictObject(optional).partial().shape);

/**
 * Lists and todos one by one, for clients that keep no copy. What changes something is one mutation of
 * the sync protocol, so that devices which do keep a copy hear of it as of any other.
 */
export const listRoutes = defineContract({
  lists: {
    method: "GET",
    path: "/todo-lists",
    auth: "reader",
    summary: "The lists that one sees, one's own and those that others share.",
    input: z.strictObject(pageInput),
    output: pageOf(ownListSchema),
    errors: [],
  },
  createList: {
    method: "POST",
    path: "/todo-lists",
    auth: "reader",
    summary: "Makes a list.",
    input: listContentSchema.extend({ color: listContentSchema.shape.color.default("ink") }),
    output: ownListSchema,
    status: 201,
    errors: ["unprocessable"],
    idempotent: true,
    versioned: true,
  },
  readList: {
    method: "GET",
    path: "/todo-lists/{listId}",
    auth: "reader",
    summary: "One list.",
    input: z.strictObject({ listId }),
    output: ownListSchema,
    errors: ["not_found"],
    versioned: true,
  },
  changeList: {
    method: "PATCH",
    path: "/todo-lists/{listId}",
    auth: "reader",
    summary:
      "Renames a list or gives it another colour, with `If-Match` only while nothing in it is other than it was read.",
    input: z.strictObject({ listId, ...listContentSchema.partial().shape }),
    output: ownListSchema,
    errors: ["not_found", "unprocessable", "precondition_failed"],
    versioned: true,
  },
  removeList: {
    method: "DELETE",
    path: "/todo-lists/{listId}",
    auth: "reader",
    summary:
      "Deletes one's list, for everybody in it, with `If-Match` only while nothing in it is other than it was read.",
    input: z.strictObject({ listId }),
    output: z.strictObject({ listId }),
    errors: ["not_found", "precondition_failed"],
    versioned: true,
  },
  todos: {
    method: "GET",
    path: "/todo-lists/{listId}/todos",
    auth: "reader",
    summary: "The todos of a list in the order in which they were made; `position` says how they stand.",
    input: z.strictObject({
      listId,
      cursor: pageInput.cursor,
      limit: z.coerce.number<number | string>().int().min(1).max(200).default(100),
    }),
    output: pageOf(todoSchema),
    errors: ["not_found"],
  },
  createTodo: {
    method: "POST",
    path: "/todo-lists/{listId}/todos",
    auth: "reader",
    summary: "Makes a todo, at the end of its list unless a position is named.",
    input: contentInput.extend({ listId }),
    output: todoSchema,
    status: 201,
    errors: ["not_found", "unprocessable"],
    idempotent: true,
    versioned: true,
  },
  readTodo: {
    method: "GET",
    path: "/todo-lists/{listId}/todos/{todoId}",
    auth: "reader",
    summary: "One todo.",
    input: z.strictObject({ listId, todoId }),
    output: todoSchema,
    errors: ["not_found"],
    versioned: true,
  },
  changeTodo: {
    method: "PATCH",
    path: "/todo-lists/{listId}/todos/{todoId}",
    auth: "reader",
    summary: "Changes the fields that it names, with `If-Match` only while the todo is as it was read.",
    input: todoContentSchema.partial().extend({ listId, todoId }),
    output: todoSchema,
    errors: ["not_found", "unprocessable", "precondition_failed"],
    versioned: true,
  },
  moveTodo: {
    method: "POST",
    path: "/todo-lists/{listId}/todos/{todoId}/move",
    auth: "reader",
    summary: "Moves a todo to the end of another list.",
    input: z.strictObject({ listId, todoId, toListId: listId }),
    output: todoSchema,
    errors: ["not_found", "unprocessable"],
    idempotent: true,
    versioned: true,
  },
  removeTodo: {
    method: "DELETE",
    path: "/todo-lists/{listId}/todos/{todoId}",
    auth: "reader",
    summary: "Deletes a todo, which can be restored for 30 days. One that is deleted already is no error.",
    input: z.strictObject({ listId, todoId }),
    output: todoSchema,
    errors: ["not_found", "precondition_failed"],
    versioned: true,
  },
  restoreTodo: {
    method: "POST",
    path: "/todo-lists/{listId}/todos/{todoId}/restore",
    auth: "reader",
    summary: "Brings a deleted todo back.",
    input: z.strictObject({ listId, todoId }),
    output: todoSchema,
    errors: ["not_found", "unprocessable"],
    versioned: true,
  },
});
