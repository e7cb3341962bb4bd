"use client";

import type { Locale } from "@haru/core/locale";
import type { Todo } from "@haru/core/todo/todo.contract";
import { memo } from "react";
import { dayName, dueAfter, dueBy, today } from "./days.ts";
import type { HistoryOf } from "./history.ts";
import type { TodoMessages } from "./messages.ts";
import type { ViewedList } from "./store/view.ts";
import { TodoItem } from "./todo-item.tsx";
import type { TodoActions } from "./use-actions.ts";
import type { Selection } from "./use-selection.ts";

interface TodoDaysProps {
  readonly view: "today" | "upcoming";
  readonly lists: readonly ViewedList[];
  readonly selection: Selection;
  readonly historyOf: HistoryOf;
  readonly locale: Locale;
  readonly text: TodoMessages;
  readonly actions: TodoActions;
}

/** What is due in all lists: today with what is late, or the days that come. */
export const TodoDays = memo(function TodoDays({
  view,
  lists,
  selection,
  historyOf,
  locale,
  text,
  actions,
}: TodoDaysProps) {
  const day = today();
  const todos = lists.flatMap((list) => list.todos);
  const days = view === "today" ? new Map([[day, dueBy(todos, day)]]) : dueAfter(todos, day);
  const byId = new Map(lists.map((list) => [list.listId, list]));
  const isReadOnly = ({ listId }: Todo) => byId.get(listId)?.role === "viewer";
  const isEmpty = [...days.values()].every((due) => due.length === 0);
  if (isEmpty) {
    return (
      <div className="empty">
        <p className="empty-title">{text.noneDue[view].title}</p>
        <p>{text.noneDue[view].text}</p>
      </div>
    );
  }
  return [...days].map(([date, due]) => (
    <section key={date} aria-label={dayName(locale, date, day)}>
      {view === "upcoming" && <h2 className="todo-day">{dayName(locale, date, day)}</h2>}
      <ul className="todos">
        {due.map((todo) => (
          <TodoItem
            key={todo.todoId}
            todo={todo}
            history={historyOf(todo)}
            locale={locale}
            text={text}
            actions={actions}
            listName={lists.length > 1 ? byId.get(todo.listId)?.name : undefined}
            isChosen={isReadOnly(todo) ? undefined : selection.ids?.has(todo.todoId)}
            onChoose={isReadOnly(todo) ? undefined : selection.select}
            isReadOnly={isReadOnly(todo)}
          />
        ))}
      </ul>
    </section>
  ));
});
