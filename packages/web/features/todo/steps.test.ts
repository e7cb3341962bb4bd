import { newId, type TodoId } from "@haru/core/id";
import { emptyContent, type Todo } from "@haru/core/todo/todo.contract";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { progressIn, rowsOf, stepsOf } from "./steps.ts";

const at = "2026-11-22T00:00:00.000Z";
const listId = newId("list", new Date(at));
const ids = Array.from({ length: 6 }, () => newId("todo", new Date(at)));
const stamps = { doneAt: null, createdAt: at, updatedAt: at, deletedAt: null, movedTo: null, seq: 1 };

function todoOf(index: number, parent?: number, isDone = false): Todo {
  const parentId = parent === undefined ? null : (ids[parent] as TodoId);
  const content = { ...emptyContent(`${index}`, `${index}`), parentId, isDone };
  return { ...content, listId, todoId: ids[index] as TodoId, ...stamps };
}

const shape = (todos: readonly Todo[]) =>
  rowsOf(todos).map(({ todo, isStep }) => (isStep ? `- ${todo.title}` : todo.title));

test("steps stand below their todo, in their order", () => {
  expect(shape([todoOf(0), todoOf(1, 3), todoOf(2), todoOf(3), todoOf(4, 3)])).toEqual([
    "0",
    "2",
    "3",
    "- 1",
    "- 4",
  ]);
});

test("a step whose todo is not shown, or is a step itself, stands for itself", () => {
  expect(shape([todoOf(1, 0), todoOf(2)])).toEqual(["1", "2"]);
  expect(shape([todoOf(0), todoOf(1, 0), todoOf(2, 1)])).toEqual(["0", "- 1", "2"]);
});

test("whatever two devices made steps of each other, each todo is there once", () => {
  const parents = fc.array(fc.option(fc.nat(5), { nil: undefined }), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(parents, (of) => {
      const todos = of.map((parent, index) => todoOf(index, parent));
      expect(
        rowsOf(todos)
          .map(({ todo }) => todo.title)
          .sort(),
      ).toEqual(["0", "1", "2", "3", "4", "5"]);
    }),
  );
});

test("a todo tells how many of its steps are done, and none has itself as a step", () => {
  const todos = [todoOf(0), todoOf(1, 0, true), todoOf(2, 0), todoOf(3, 3)];
  expect([...progressIn(todos)]).toEqual([[ids[0], { done: 1, all: 2 }]]);
  expect(stepsOf(todos[0] as Todo, todos).map(({ title }) => title)).toEqual(["1", "2"]);
  expect(stepsOf(todos[3] as Todo, todos)).toEqual([]);
});
