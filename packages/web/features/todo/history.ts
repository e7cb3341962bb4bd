import type { Todo, TodoContent } from "@haru/core/todo/todo.contract";
import type { Overwriting } from "./store/database.ts";

/** What changes of two devices at once replaced in a todo, the newest last; undefined when nothing was. */
export type HistoryOf = (todo: Todo) => readonly Overwriting[] | undefined;

/** The fields of a todo that a person can compare. */
const toldFields = ["title", "notes", "isDone", "due", "repeat", "priority", "tags"] as const;
export type ToldField = (typeof toldFields)[number];

/** What a change replaced, field by field, with what came in its place. */
export interface Replacement {
  readonly field: ToldField;
  readonly before: Partial<TodoContent>;
  readonly after: TodoContent;
}

export function replacementsOf({ change }: Overwriting): readonly Replacement[] {
  const { todo: after, overwritten = {} } = change;
  if (!after) return [];
  const before = overwritten as Partial<TodoContent>;
  return toldFields.flatMap((field) => (before[field] === undefined ? [] : [{ field, before, after }]));
}

export function historyBy(overwritings: readonly Overwriting[]): HistoryOf {
  const byTodo = Map.groupBy(overwritings, ({ listId, change }) => `${listId}/${change.todo?.todoId}`);
  return ({ listId, todoId }) => byTodo.get(`${listId}/${todoId}`);
}
