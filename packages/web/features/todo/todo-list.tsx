"use client";

import type { Locale } from "@haru/core/locale";
import type { Todo } from "@haru/core/todo/todo.contract";
import { memo } from "react";
import type { HistoryOf } from "./history.ts";
import { filters, type TodoMessages } from "./messages.ts";
import { PlaceLink } from "./place-link.tsx";
import { shownBy } from "./shown.ts";
import type { ViewedList } from "./store/view.ts";
import { TodoRows } from "./todo-rows.tsx";
import type { TodoActions } from "./use-actions.ts";
import type { Place } from "./use-place.ts";
import type { Selection } from "./use-selection.ts";

interface TodoListProps {
  readonly list: ViewedList | undefined;
  /** What the filter lets through. */
  readonly shown: readonly Todo[];
  readonly selection: Selection;
  readonly place: Extract<Place, { readonly view: "list" }>;
  readonly historyOf: HistoryOf;
  readonly locale: Locale;
  readonly text: TodoMessages;
  readonly actions: TodoActions;
}

const noTodos: readonly Todo[] = [];

/** One list, all of it or what the filter lets through. */
export const TodoList = memo(function TodoList({
  list,
  shown,
  selection,
  place,
  historyOf,
  locale,
  text,
  actions,
}: TodoListProps) {
  const todos = list?.todos ?? noTodos;
  const [active, completed, archived] = (["active", "completed", "archived"] as const).map((filter) =>
    shownBy(filter, todos),
  ) as [readonly Todo[], readonly Todo[], readonly Todo[]];
  const offered = filters.filter((one) => one !== "archived" || archived.length > 0 || place.filter === one);
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
      <TodoRows
        {...{ todos, shown, selection, historyOf, locale, text, actions }}
        isReadOnly={list?.role === "viewer"}
      />
      {shown.length === 0 && <p className="todo-none">{text.noneHere}</p>}
      <footer className="todo-foot">
        <span className="todo-count">{text.left(active.length)}</span>
        <nav className="todo-filters" aria-label={text.filterMenu}>
          {offered.map((filter) => (
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
          <div className="todo-completed">
            <button type="button" className="link-button" onClick={() => actions.archive(completed)}>
              {text.archiveCompleted}
            </button>
            <button type="button" className="link-button" onClick={() => actions.clear(completed)}>
              {text.clearCompleted}
            </button>
          </div>
        )}
      </footer>
    </>
  );
});
