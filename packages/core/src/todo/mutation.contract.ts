import * as z from "zod";
import { idSchema, type ListId } from "../id.ts";
import {
  listContentSchema,
  positionSchema,
  type Todo,
  type TodoContent,
  type TodoField,
  type TodoPatch,
  todoContentSchema,
  todoPatchSchema,
} from "./todo.contract.ts";

/*
 * The changes that a device can make, and what each does to a todo. Server and devices run the
 * same functions: what a person sees at once is what the server will make of it, unless somebody
 * else's change came first.
 */

const listId = idSchema("list");
const todoId = idSchema("todo");
const place = { listId, todoId };

const mutationBody = {
  "list.create": z.strictObject({ listId, ...listContentSchema.shape }),
  "list.update": z.strictObject({ listId, patch: listContentSchema.partial() }),
  "list.delete": z.strictObject({ listId }),
  "list.restore": z.strictObject({ listId }),
  "todo.create": z.strictObject({ ...place, content: todoContentSchema }),
  "todo.update": z.strictObject({ ...place, patch: todoPatchSchema }),
  "todo.delete": z.strictObject(place),
  "todo.restore": z.strictObject(place),
  "todo.move": z.strictObject({ ...place, toListId: listId, position: positionSchema }),
};

export type MutationName = keyof typeof mutationBody;

const variant = <N extends MutationName>(name: N) =>
  z.strictObject({ name: z.literal(name), args: mutationBody[name] });

/** One change, as a person made it. */
export const changeSchema = z.discriminatedUnion("name", [
  variant("list.create"),
  variant("list.update"),
  variant("list.delete"),
  variant("list.restore"),
  variant("todo.create"),
  variant("todo.update"),
  variant("todo.delete"),
  variant("todo.restore"),
  variant("todo.move"),
]);
export type Change = z.output<typeof changeSchema>;
export type TodoChange = Extract<Change, { name: `todo.${string}` }>;

/** A change with what the protocol adds to it. */
export type Mutation = Change & {
  readonly mutationId: `mut_${string}`;
  /** The number up to which the device knew the todo's list when the person made the change. */
  readonly seen: number;
  /** The number that the todo, or the list, must still have; refused as `edited_elsewhere` when it has another. */
  readonly ifMatch?: number;
};

/** The lists that a change touches: two when it moves a todo. */
export function listsOf({ name, args }: Change): readonly ListId[] {
  return name === "todo.move" ? [args.listId, args.toListId] : [args.listId];
}

/**
 * What a change makes of the todo in the list that it names first. A deleted todo stays, marked;
 * a change of a todo that is not there makes nothing.
 * @param at ISO 8601; the device's clock until the server's takes its place
 */
export function changeTodo(todo: Todo | undefined, change: TodoChange, at: string): Todo | undefined {
  // It is somewhere else now, and is changed there.
  if (todo?.movedTo && change.name !== "todo.restore") return todo;
  switch (change.name) {
    case "todo.create":
      return todo ?? created(change.args, at);
    case "todo.update":
      // An edit beats a delete: whoever edits wants the todo.
      return todo && { ...patched(todo, change.args.patch, at), deletedAt: null, updatedAt: at };
    case "todo.delete":
      return todo && { ...todo, deletedAt: todo.deletedAt ?? at, updatedAt: at };
    case "todo.restore":
      return todo && { ...todo, deletedAt: null, movedTo: null, updatedAt: at };
    case "todo.move":
      return todo && { ...todo, deletedAt: at, movedTo: change.args.toListId, updatedAt: at };
  }
}

/** What a moved todo is in the list that it comes to. */
export function movedTodo(todo: Todo, change: Extract<Change, { name: "todo.move" }>, at: string): Todo {
  const { toListId, position } = change.args;
  const base = { ...todo, listId: toListId, position, parentId: null, updatedAt: at };
  return { ...base, deletedAt: null, movedTo: null };
}

function created(args: Extract<Change, { name: "todo.create" }>["args"], at: string): Todo {
  const { content, ...ids } = args;
  return {
    ...content,
    ...ids,
    doneAt: content.isDone ? at : null,
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
    movedTo: null,
    seq: 0,
  };
}

function patched(todo: Todo, patch: TodoPatch, at: string): Todo {
  const doneAt = patch.isDone === undefined ? todo.doneAt : patch.isDone ? (todo.doneAt ?? at) : null;
  // What JSON carries is never undefined.
  return { ...todo, ...(patch as Partial<TodoContent>), doneAt };
}

/** The fields that a change gives a value. */
export function fieldsOf(change: TodoChange): readonly TodoField[] {
  if (change.name === "todo.update") return Object.keys(change.args.patch) as TodoField[];
  return change.name === "todo.create" ? (Object.keys(change.args.content) as TodoField[]) : [];
}
