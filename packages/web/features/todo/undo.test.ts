import { newId } from "@haru/core/id";
import { changeTodo, movedTodo, type TodoChange } from "@haru/core/todo/mutation.contract";
import { emptyContent, type Todo } from "@haru/core/todo/todo.contract";
import { expect, test } from "vitest";
import { backOf } from "./undo.ts";

const at = "2026-11-22T00:00:00.000Z";
const [listId, otherId] = [newId("list", new Date(at)), newId("list", new Date(at))];
const [todoId, parentId] = [newId("todo", new Date(at)), newId("todo", new Date(at))];
const stamps = { doneAt: null, createdAt: at, updatedAt: at, deletedAt: null, movedTo: null, seq: 1 };
const todo: Todo = { ...emptyContent("tea", "V"), parentId, listId, todoId, ...stamps };
const place = { listId, todoId };

test("what is taken back is as it was: an edit, an archival, a deletion", () => {
  const changes: readonly TodoChange[] = [
    { name: "todo.update", args: { ...place, patch: { title: "coffee", due: null } } },
    { name: "todo.update", args: { ...place, patch: { isDone: true, isArchived: true } } },
    { name: "todo.delete", args: place },
  ];
  for (const change of changes) {
    const back = backOf(todo, change) as readonly TodoChange[];
    const after = back.reduce<Todo | undefined>(
      (one, next) => changeTodo(one, next, at),
      changeTodo(todo, change, at),
    );
    expect({ ...after, isArchived: after?.isArchived || undefined }).toEqual({
      ...todo,
      isArchived: undefined,
    });
  }
});

test("a todo that was moved comes back to its place, as the step that it was", () => {
  const move = { name: "todo.move", args: { ...place, toListId: otherId, position: "W" } } as const;
  const [back, join] = backOf(todo, move) as [typeof move, TodoChange];
  expect(back.args).toEqual({ listId: otherId, todoId, toListId: listId, position: "V" });
  const returned = movedTodo(movedTodo(todo, move, at), back, at);
  expect(changeTodo(returned, join, at)).toEqual(todo);
});
