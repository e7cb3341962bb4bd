import { isInArchive, type Todo } from "@haru/core/todo/todo.contract";
import { dueAfter, dueBy, today } from "./days.ts";
import type { Filter } from "./messages.ts";
import { rowsOf } from "./steps.ts";
import type { ViewedList } from "./store/view.ts";
import type { Place } from "./use-place.ts";

const passes: Readonly<Record<Filter, (todo: Todo) => boolean>> = {
  all: (todo) => !isInArchive(todo),
  active: ({ isDone }) => !isDone,
  completed: (todo) => todo.isDone && !isInArchive(todo),
  archived: isInArchive,
};

/** What a filter lets through: what is archived only when it is asked for. */
export function shownBy(filter: Filter, todos: readonly Todo[]): readonly Todo[] {
  return todos.filter(passes[filter]);
}

/** The todos of a page in their order. A search shows what it finds by itself. */
export function shownAt(
  place: Place,
  list: ViewedList | undefined,
  lists: readonly ViewedList[],
): readonly Todo[] {
  if (place.view === "list") {
    return rowsOf(shownBy(place.filter, list?.todos ?? [])).map(({ todo }) => todo);
  }
  const todos = lists.filter(({ role }) => role !== "viewer").flatMap((one) => one.todos);
  if (place.view === "today") return dueBy(todos, today());
  return place.view === "upcoming" ? [...dueAfter(todos, today()).values()].flat() : [];
}
