import type { TodoId } from "@haru/core/id";
import type { Todo } from "@haru/core/todo/todo.contract";

/** A todo on the page: steps stand below the todo that they belong to. */
export interface Row {
  readonly todo: Todo;
  readonly isStep: boolean;
}

/**
 * Puts steps below their todos. One whose todo is not there, or is a step itself because another device
 * made it one, stands for itself.
 */
export function rowsOf(todos: readonly Todo[]): readonly Row[] {
  const steps = stepsIn(todos);
  const own = new Set([...steps.values()].flat());
  return todos.flatMap((todo) => {
    if (own.has(todo)) return [];
    const below = steps.get(todo.todoId) ?? [];
    return [{ todo, isStep: false }, ...below.map((step) => ({ todo: step, isStep: true }))];
  });
}

/** The steps of a todo among those of its list. */
export function stepsOf(todo: Todo, todos: readonly Todo[]): readonly Todo[] {
  return todo.parentId === todo.todoId ? [] : todos.filter(({ parentId }) => parentId === todo.todoId);
}

/** How far the steps of a todo are. */
export interface Progress {
  readonly done: number;
  readonly all: number;
}

export function progressIn(todos: readonly Todo[]): ReadonlyMap<TodoId, Progress> {
  const counted = [...stepsIn(todos)].map(([todoId, steps]): [TodoId, Progress] => {
    return [todoId, { done: steps.filter(({ isDone }) => isDone).length, all: steps.length }];
  });
  return new Map(counted);
}

function stepsIn(todos: readonly Todo[]): ReadonlyMap<TodoId, readonly Todo[]> {
  const children = todos.filter(({ parentId }) => parentId);
  if (children.length === 0) return new Map();
  const byId = new Map(todos.map((todo) => [todo.todoId, todo]));
  const parentOf = ({ parentId }: Todo) => (parentId ? byId.get(parentId) : undefined);
  const steps = children.filter((todo) => {
    const parent = parentOf(todo);
    return parent && !parentOf(parent);
  });
  return Map.groupBy(steps, ({ parentId }) => parentId as TodoId);
}
