"use client";

import type { Locale } from "@haru/core/locale";
import type { Todo } from "@haru/core/todo/todo.contract";
import { memo } from "react";
import type { HistoryOf } from "./history.ts";
import type { Filter, TodoMessages } from "./messages.ts";
import { PlaceLink } from "./place-link.tsx";
import type { ViewedList } from "./store/view.ts";
import type { TodoActions } from "./todo-item.tsx";
import { TodoRows } from "./todo-rows.tsx";
import type { Place } from "./use-place.ts";

interface TodoListProps {
  readonly list: ViewedList | undefined;
  readonly place: Extract<Place, { readonly view: "list" }>;
  readonly historyOf: HistoryOf;
  readonly locale: Locale;
  readonly text: TodoMessages;
  readonly actions: TodoActions;
}

const filters: readonly Filter[] = ["all", "active", "completed"];
const noTodos: readonly Todo[] = [];

/** One list, all of it or what the filter lets through. */
export const TodoList = memo(function TodoList({
  list,
  place,
  historyOf,
  locale,
  text,
  actions,
}: TodoListProps) {
  const todos = list?.todos ?? noTodos;
  const active = todos.filter(({ isDone }) => !isDone);
  const completed = todos.filter(({ isDone }) => isDone);
  const shown = { all: todos, active, completed }[place.filter];
  if (todos.length === 0) {
    return (
      <div className="empty">
        <p className="empty-title">{text.empty.title}</p>
        <p>{text.empty.text}</p>
      </div>
    );
  }
  return (
    <>
      <TodoRows {...{ shown, historyOf, locale, text, actions }} isReadOnly={list?.role === "viewer"} />
      {shown.length === 0 && <p className="todo-none">{text.noneHere}</p>}
      <footer className="todo-foot">
        <span className="todo-count">{text.left(active.length)}</span>
        <nav className="todo-filters" aria-label={text.filterMenu}>
          {filters.map((filter) => (
            <PlaceLink
              key={filter}
              locale={locale}
              to={{ ...place, filter }}
              isCurrent={filter === place.filter}
            >
              {text.filters[filter]}
            </PlaceLink>
          ))}
        </nav>
        {completed.length > 0 && list?.role !== "viewer" && (
          <button type="button" className="link-button" onClick={() => actions.remove(...completed)}>
            {text.clearCompleted}
          </button>
        )}
      </footer>
    </>
  );
});
