import { newId } from "@haru/core/id";
import { readTodoFile, writeTodoFile } from "@haru/core/todo/exchange.contract";
import { byPosition } from "@haru/core/todo/position.contract";
import { emptyContent, type Todo } from "@haru/core/todo/todo.contract";
import { expect, test } from "vitest";
import { creationsOf, filedTodosOf } from "./filed.ts";

const at = "2026-11-22T00:00:00.000Z";
const listId = newId("list", new Date(at));
const stamps = { doneAt: null, createdAt: at, updatedAt: at, deletedAt: null, movedTo: null, seq: 1 };

function todoOf(title: string, position: string, parent?: Todo): Todo {
  const content = { ...emptyContent(title, position), parentId: parent?.todoId ?? null };
  return { ...content, listId, todoId: newId("todo", new Date(at)), ...stamps };
}

test("a list that goes out as a file and comes back has the same todos and steps, behind those there", () => {
  const trip = todoOf("여행", "V", undefined);
  const todos = [trip, todoOf("표 사기", "W", trip), todoOf("월세", "X"), todoOf("짐 싸기", "Y", trip)];
  const text = writeTodoFile([{ name: "집", color: "ink", todos: filedTodosOf(todos) }]);
  const [list] = readTodoFile(text) ?? [];

  const made = creationsOf(listId, "Z", list?.todos ?? []).flatMap((change): Todo[] =>
    change.name === "todo.create"
      ? [{ ...change.args.content, listId, todoId: change.args.todoId, ...stamps }]
      : [],
  );
  expect(made.every(({ position }) => position > "Z")).toBe(true);
  const back = filedTodosOf([...made].sort(byPosition));
  expect(back).toEqual(filedTodosOf(todos));
  expect(back.map(({ title, steps }) => [title, steps.map((step) => step.title)])).toEqual([
    ["여행", ["표 사기", "짐 싸기"]],
    ["월세", []],
  ]);
  expect(new Set([...made, ...todos].map(({ todoId }) => todoId)).size).toBe(8);
});
