"use client";

import type { Locale } from "@haru/core/locale";
import type { Todo } from "@haru/core/todo/todo.contract";
import { type KeyboardEvent, type MouseEvent, memo, useRef, useState } from "react";
import { historyMessages } from "./history-messages.ts";
import type { TodoMessages } from "./messages.ts";
import { selectionMessages } from "./selection-messages.ts";
import type { Progress } from "./steps.ts";
import type { Overwriting } from "./store/database.ts";
import { TitleField } from "./title-field.tsx";
import { TodoDetails } from "./todo-details.tsx";
import { TodoFacts } from "./todo-facts.tsx";
import type { TodoActions } from "./use-actions.ts";
import { useAskedRow } from "./use-asked-row.ts";
import type { Moves } from "./use-reorder.ts";

interface TodoItemProps {
  readonly todo: Todo;
  readonly history: readonly Overwriting[] | undefined;
  readonly locale: Locale;
  readonly text: TodoMessages;
  readonly actions: TodoActions;
  /** Says where the todo belongs, in a view that shows several lists. */
  readonly listName?: string | undefined;
  /** The person may look at it and not change it. */
  readonly isReadOnly: boolean;
  /** Absent where the order is not the person's own; with it the row's place among those shown. */
  readonly moves?: Moves | undefined;
  readonly index?: number;
  /** How many there are, when not all of them are on the page. */
  readonly size?: number | undefined;
  /** It stands below the todo that it is a step of. */
  readonly isStep?: boolean;
  readonly progress?: Progress | undefined;
  /** Undefined while nobody is choosing among todos. */
  readonly isChosen?: boolean | undefined;
  /** Chooses it, or all from the one before to it; absent where there is nothing to choose. */
  readonly onChoose?: ((todo: Todo, isRange: boolean) => void) | undefined;
  readonly dropMark?: "before" | "after" | undefined;
  readonly isDragged?: boolean;
}

/** One todo. A double click, or Enter on its text, edits it in place; Escape leaves it as it was. */
export const TodoItem = memo(function TodoItem(props: TodoItemProps) {
  const { todo, history, locale, text, actions, listName, isReadOnly, moves, index, size } = props;
  const { isStep, isChosen, onChoose } = props;
  const isChoosing = isChosen !== undefined;
  const [isEditing, setEditing] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  const title = useRef<HTMLButtonElement>(null);
  useAskedRow(row, todo.todoId, () => setOpen(true));

  function finish(value: string | undefined, wantsFocus: boolean): void {
    setEditing(false);
    const written = value?.trim();
    if (written === "") actions.remove([todo]);
    else if (written !== undefined && written !== todo.title) actions.change(todo, { title: written });
    if (wantsFocus) requestAnimationFrame(() => title.current?.focus());
  }

  function onTitleClick({ shiftKey, metaKey, ctrlKey }: MouseEvent): void {
    if (isChoosing || shiftKey || metaKey || ctrlKey) onChoose?.(todo, shiftKey);
  }

  function onTitleKey(event: KeyboardEvent<HTMLButtonElement>): void {
    const { key, altKey } = event;
    if (key === "Enter" && !isChoosing) setEditing(true);
    if (!moves || !altKey || (key !== "ArrowUp" && key !== "ArrowDown")) return;
    event.preventDefault();
    moves.step(todo, key === "ArrowUp" ? -1 : 1);
  }

  const attributes = {
    ref: row,
    className: "todo",
    "data-id": todo.todoId,
    "data-index": index,
    "data-step": isStep || undefined,
    "aria-level": isStep ? 2 : undefined,
    "aria-setsize": size,
    "aria-posinset": size === undefined || index === undefined ? undefined : index + 1,
  };
  if (isEditing) {
    return (
      <li {...attributes} data-editing>
        <TitleField label={text.edit} title={todo.title} onFinish={finish} />
      </li>
    );
  }
  return (
    <li
      {...attributes}
      data-done={todo.isDone || undefined}
      data-priority={todo.priority || undefined}
      data-chosen={isChosen || undefined}
      data-drop={props.dropMark}
      data-dragged={props.isDragged || undefined}
    >
      {moves && !isChoosing && (
        <span
          // For the pointer alone: keys and the details move a todo for everybody else.
          aria-hidden="true"
          className="todo-grip"
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.preventDefault();
            moves.grab(todo, event.pointerId);
          }}
        />
      )}
      {isChoosing ? (
        <input
          type="checkbox"
          className="todo-choose"
          aria-label={selectionMessages[locale].select(todo.title)}
          checked={isChosen}
          onChange={({ nativeEvent }) => onChoose?.(todo, (nativeEvent as PointerEvent).shiftKey)}
        />
      ) : (
        <input
          type="checkbox"
          className="todo-check"
          aria-label={text.toggle}
          aria-description={todo.title}
          checked={todo.isDone}
          disabled={isReadOnly}
          onChange={() => actions.toggle(todo)}
        />
      )}
      <div className="todo-text">
        {isReadOnly ? (
          <p className="todo-title">{todo.title}</p>
        ) : (
          <button
            ref={title}
            type="button"
            className="todo-title"
            aria-description={text.editHint}
            onClick={onTitleClick}
            onDoubleClick={() => !isChoosing && setEditing(true)}
            aria-keyshortcuts={moves && "Alt+ArrowUp Alt+ArrowDown"}
            onKeyDown={onTitleKey}
          >
            {todo.title}
          </button>
        )}
        <TodoFacts
          {...{ todo, locale, text, listName }}
          progress={props.progress}
          mark={history?.some(({ isSeen }) => !isSeen) ? historyMessages[locale].mark : undefined}
        />
      </div>
      {!isReadOnly && !isChoosing && (
        <>
          <button
            type="button"
            className="todo-more"
            aria-label={text.details}
            aria-description={todo.title}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            ⋯
          </button>
          <button
            type="button"
            className="todo-remove"
            aria-label={text.remove}
            aria-description={todo.title}
            onClick={() => actions.remove([todo])}
          >
            ×
          </button>
        </>
      )}
      {isOpen && !isReadOnly && !isChoosing && (
        <TodoDetails {...{ todo, history, locale, text, actions, moves }} isStep={isStep ?? false} />
      )}
    </li>
  );
});
