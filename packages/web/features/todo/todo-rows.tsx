"use client";

import type { Locale } from "@haru/core/locale";
import type { Todo } from "@haru/core/todo/todo.contract";
import { useRef } from "react";
import type { HistoryOf } from "./history.ts";
import type { TodoMessages } from "./messages.ts";
import { type TodoActions, TodoItem } from "./todo-item.tsx";
import { useReorder } from "./use-reorder.ts";
import { useWindow } from "./use-window.ts";
import { mostWhole } from "./window-parts.ts";

interface TodoRowsProps {
  readonly shown: readonly Todo[];
  readonly historyOf: HistoryOf;
  readonly locale: Locale;
  readonly text: TodoMessages;
  readonly actions: TodoActions;
  readonly isReadOnly: boolean;
}

/** The todos of one list, which can be put in another order. Of a long list only what is near is there. */
export function TodoRows(props: TodoRowsProps) {
  const { shown, historyOf, locale, text, actions, isReadOnly } = props;
  const list = useRef<HTMLUListElement>(null);
  const { moves, drag, announcement } = useReorder(list, shown, actions, text);
  const parts = useWindow(
    list,
    shown.map(({ todoId }) => todoId),
  );
  const isLong = shown.length > mostWhole;
  const dropMark = (index: number) =>
    drag?.gap === index
      ? "before"
      : index === shown.length - 1 && drag?.gap === index + 1
        ? "after"
        : undefined;

  return (
    <>
      <ul ref={list} className="todos" data-long={isLong || undefined} data-dragging={drag && true}>
        {parts.flatMap((part) =>
          "gapPixels" in part ? (
            <li key={`gap ${part.after}`} aria-hidden="true" style={{ height: part.gapPixels }} />
          ) : (
            shown
              .slice(part.from, part.to)
              .map((todo, offset) => (
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
                  size={isLong ? shown.length : undefined}
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
