import { type ListId, newId } from "@haru/core/id";
import { type FiledStep, type FiledTodo, withSteps } from "@haru/core/todo/exchange.contract";
import type { Change } from "@haru/core/todo/mutation.contract";
import { positionBetween } from "@haru/core/todo/position.contract";
import { emptyContent, type Todo } from "@haru/core/todo/todo.contract";
import { rowsOf } from "./steps.ts";

/** The todos of a list as a file holds them, in the order and with the steps that the page shows. */
export function filedTodosOf(todos: readonly Todo[]): readonly FiledTodo[] {
  return withSteps(rowsOf(todos).map(({ todo, isStep }) => ({ content: contentOf(todo), isStep })));
}

function contentOf(todo: Todo): FiledStep {
  const { title, notes, isDone, due, repeat, priority, tags, isArchived, remindMinutesBefore } = todo;
  return { title, notes, isDone, due, repeat, priority, tags, isArchived, remindMinutesBefore };
}

/**
 * What makes the todos of a file again, behind those of a list.
 * @param last position of the list's last todo, if it has one
 */
export function creationsOf(
  listId: ListId,
  last: string | undefined,
  filed: readonly FiledTodo[],
): readonly Change[] {
  let before = last;
  function creation(todo: FiledStep, parentId: Todo["parentId"]) {
    const position = positionBetween(before, undefined);
    before = position;
    const content = { ...emptyContent(todo.title, position), ...todo, parentId };
    return { name: "todo.create" as const, args: { listId, todoId: newId("todo", new Date()), content } };
  }
  return filed.flatMap(({ steps, ...todo }) => {
    const made = creation(todo, null);
    return [made, ...steps.map((step) => creation(step, made.args.todoId))];
  });
}
