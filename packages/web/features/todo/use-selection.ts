"use client";

import type { TodoId } from "@haru/core/id";
import type { Todo } from "@haru/core/todo/todo.contract";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

/** Todos that a person has chosen, to do one thing to all of them. */
export interface Selection {
  /** Undefined while nobody is choosing. */
  readonly ids: ReadonlySet<TodoId> | undefined;
  /** Those of them that are still there, in the order of the page. */
  readonly chosen: readonly Todo[];
  begin(): void;
  /** Chooses a todo or lets it go; begins where nobody is choosing. A range reaches from the one before. */
  select(todo: Todo, isRange: boolean): void;
  selectAll(): void;
  end(): void;
}

const nothing: ReadonlySet<TodoId> = new Set();

/**
 * @param shown the todos of the page in their order
 * @param place another place ends the choosing
 */
export function useSelection(shown: readonly Todo[], place: unknown): Selection {
  const [ids, setIds] = useState<ReadonlySet<TodoId>>();
  const latest = useRef({ shown, anchor: undefined as TodoId | undefined });
  latest.current.shown = shown;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is not read, its change is what counts.
  useEffect(() => setIds(undefined), [place]);

  const select = useCallback((todo: Todo, isRange: boolean) => {
    const { shown: todos, anchor } = latest.current;
    latest.current.anchor = todo.todoId;
    const indexOf = (id: TodoId | undefined) => todos.findIndex(({ todoId }) => todoId === id);
    const [from, to] = [indexOf(anchor), indexOf(todo.todoId)].sort((a, b) => a - b) as [number, number];
    setIds((before = nothing) => {
      const next = new Set(before);
      if (isRange && from >= 0) for (const { todoId } of todos.slice(from, to + 1)) next.add(todoId);
      else if (!next.delete(todo.todoId)) next.add(todo.todoId);
      return next;
    });
  }, []);

  const end = useCallback(() => setIds(undefined), []);

  return useMemo(
    () => ({
      ids,
      chosen: ids ? shown.filter(({ todoId }) => ids.has(todoId)) : [],
      begin: () => setIds(nothing),
      select,
      selectAll: () => setIds(new Set(shown.map(({ todoId }) => todoId))),
      end,
    }),
    [ids, shown, select, end],
  );
}
