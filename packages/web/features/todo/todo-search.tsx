"use client";

import type { Locale } from "@haru/core/locale";
import { findTodos } from "@haru/core/todo/find.contract";
import { memo, useDeferredValue, useMemo, useState } from "react";
import type { HistoryOf } from "./history.ts";
import type { TodoMessages } from "./messages.ts";
import type { ViewedList } from "./store/view.ts";
import { TodoItem } from "./todo-item.tsx";
import type { TodoActions } from "./use-actions.ts";
import { goTo } from "./use-place.ts";

/** So many are shown: whoever sees more writes another word. */
const mostShown = 100;

interface TodoSearchProps {
  readonly lists: readonly ViewedList[];
  readonly historyOf: HistoryOf;
  readonly locale: Locale;
  readonly text: TodoMessages;
  readonly actions: TodoActions;
}

/** Finds todos of all lists in what this browser keeps: at once, and without a network. The address holds the query. */
export const TodoSearch = memo(function TodoSearch({
  lists,
  historyOf,
  locale,
  text,
  actions,
}: TodoSearchProps) {
  const [query, setQuery] = useState(() => new URLSearchParams(location.search).get("q") ?? "");
  const asked = useDeferredValue(query);
  const found = useMemo(() => {
    const todos = lists.flatMap((list) => list.todos);
    return findTodos(todos, asked);
  }, [lists, asked]);
  const byId = new Map(lists.map((list) => [list.listId, list]));

  function ask(next: string): void {
    setQuery(next);
    const search = next === "" ? "" : `?${new URLSearchParams({ q: next })}`;
    goTo(location.pathname + search, "replace");
  }

  return (
    <>
      <div className="todo-new">
        <input
          type="search"
          className="todo-new-input"
          aria-label={text.searchField}
          placeholder={text.searchField}
          value={query}
          // biome-ignore lint/a11y/noAutofocus: the page is for this.
          autoFocus
          onChange={({ target }) => ask(target.value)}
        />
      </div>
      {asked.trim() === "" ? (
        <div className="empty">
          <p className="empty-title">{text.searchHint.title}</p>
          <p>{text.searchHint.text}</p>
        </div>
      ) : (
        <section aria-label={text.search}>
          <p className={found.length === 0 ? "todo-none" : "todo-found"} role="status">
            {found.length === 0 ? text.noneFound : text.found(found.length)}
          </p>
          <ul className="todos">
            {found.slice(0, mostShown).map((todo) => (
              <TodoItem
                key={todo.todoId}
                todo={todo}
                history={historyOf(todo)}
                locale={locale}
                text={text}
                actions={actions}
                listName={lists.length > 1 ? byId.get(todo.listId)?.name : undefined}
                isReadOnly={byId.get(todo.listId)?.role === "viewer"}
              />
            ))}
          </ul>
        </section>
      )}
    </>
  );
});
