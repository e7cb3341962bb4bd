"use client";

import type { Locale } from "@haru/core/locale";
import type { Todo } from "@haru/core/todo/todo.contract";
import { useMemo, useRef } from "react";
import type { HistoryOf } from "./history.ts";
import type { TodoMessages } from "./messages.ts";
import { progressIn, rowsOf } from "./steps.ts";
import { TodoItem } from "./todo-item.tsx";
import type { TodoActions } from "./use-actions.ts";
import { useAskedTodo } from "./use-place.ts";
import { useReorder } from "./use-reorder.ts";
import type { Selection } from "./use-selection.ts";
import { useWindow } from "./use-window.ts";
import { mostWhole } from "./window-parts.ts";

interface TodoRowsProps {
  /** All of the list, of which some are shown. */
  readonly todos: readonly Todo[];
  readonly shown: readonly Todo[];
  readonly selection: Selection;
  readonly historyOf: HistoryOf;
  readonly locale: Locale;
  readonly text: TodoMessages;
  readonly actions: TodoActions;
  readonly isReadOnly: boolean;
}

/** The todos of one list, which can be put in another order. Of a long list only what is near is there. */
export function TodoRows(props: TodoRowsProps) {
  const { todos, shown, selection, historyOf, locale, text, actions, isReadOnly } = props;
  const rows = useMemo(() => rowsOf(shown), [shown]);
  const progress = useMemo(() => progressIn(todos), [todos]);
  const list = useRef<HTMLUListElement>(null);
  const { moves, drag, announcement } = useReorder(list, rows, actions, text);
  const parts = useWindow(
    list,
    rows.map(({ todo }) => todo.todoId),
    useAskedTodo(),
  );
  const isLong = rows.length > mostWhole;
  const dropMark = (index: number) =>
    drag?.gap === index
      ? "before"
      : index === rows.length - 1 && drag?.gap === index + 1
        ? "after"
        : undefined;

  return (
    <>
      <ul ref={list} className="todos" data-long={isLong || undefined} data-dragging={drag && true}>
        {parts.flatMap((part) =>
          "gapPixels" in part ? (
            <li key={`gap ${part.after}`} aria-hidden="true" style={{ height: part.gapPixels }} />
          ) : (
            rows
              .slice(part.from, part.to)
              .map(({ todo, isStep }, offset) => (
                <TodoItem
                  key={todo.todoId}
                  todo={todo}
                  history={historyOf(todo)}
                  locale={locale}
                  text={text}
                  actions={actions}
                  isReadOnly={isReadOnly}
                  moves={isReadOnly ? undefined : moves}
                  index={part.from + offset}
                  size={isLong ? rows.length : undefined}
                  isStep={isStep}
                  progress={progress.get(todo.todoId)}
                  isChosen={selection.ids?.has(todo.todoId)}
                  onChoose={isReadOnly ? undefined : selection.select}
                  dropMark={dropMark(part.from + offset)}
                  isDragged={drag?.todoId === todo.todoId}
                />
              ))
          ),
        )}
      </ul>
      <p className="visually-hidden" role="status">
        {announcement}
      </p>
    </>
  );
}
