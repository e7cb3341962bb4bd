"use client";

import type { Locale } from "@haru/core/locale";
import type { Todo, TodoPatch } from "@haru/core/todo/todo.contract";
import { todoLimits } from "@haru/core/todo/todo.contract";
import { type KeyboardEvent, memo, useRef, useState } from "react";
import { historyMessages } from "./history-messages.ts";
import type { TodoMessages } from "./messages.ts";
import type { Overwriting } from "./store/database.ts";
import type { ViewedList } from "./store/view.ts";
import { TodoDetails } from "./todo-details.tsx";
import { TodoFacts } from "./todo-facts.tsx";
import type { Moves } from "./use-reorder.ts";

export interface TodoActions {
  change(todo: Todo, patch: TodoPatch): void;
  toggle(todo: Todo): void;
  remove(...todos: readonly Todo[]): void;
  move(todo: Todo, to: ViewedList): void;
}

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
  readonly dropMark?: "before" | "after" | undefined;
  readonly isDragged?: boolean;
}

/** One todo. A double click, or Enter on its text, edits it in place; Escape leaves it as it was. */
export const TodoItem = memo(function TodoItem(props: TodoItemProps) {
  const { todo, history, locale, text, actions, listName, isReadOnly, moves, index, size } = props;
  const [isEditing, setEditing] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const title = useRef<HTMLButtonElement>(null);

  function finish(value: string | undefined, wantsFocus: boolean): void {
    setEditing(false);
    const written = value?.trim();
    if (written === "") actions.remove(todo);
    else if (written !== undefined && written !== todo.title) actions.change(todo, { title: written });
    if (wantsFocus) requestAnimationFrame(() => title.current?.focus());
  }

  function onTitleKey(event: KeyboardEvent<HTMLButtonElement>): void {
    const { key, altKey } = event;
    if (key === "Enter") setEditing(true);
    if (!moves || !altKey || (key !== "ArrowUp" && key !== "ArrowDown")) return;
    event.preventDefault();
    moves.step(todo, key === "ArrowUp" ? -1 : 1);
  }

  const row = {
    className: "todo",
    "data-id": todo.todoId,
    "data-index": index,
    "aria-setsize": size,
    "aria-posinset": size === undefined || index === undefined ? undefined : index + 1,
  };
  if (isEditing) {
    return (
      <li {...row} data-editing>
        <TitleField label={text.edit} title={todo.title} onFinish={finish} />
      </li>
    );
  }
  return (
    <li
      {...row}
      data-done={todo.isDone || undefined}
      data-priority={todo.priority || undefined}
      data-drop={props.dropMark}
      data-dragged={props.isDragged || undefined}
    >
      {moves && (
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
      <input
        type="checkbox"
        className="todo-check"
        aria-label={text.toggle}
        checked={todo.isDone}
        disabled={isReadOnly}
        onChange={() => actions.toggle(todo)}
      />
      <div className="todo-text">
        {isReadOnly ? (
          <p className="todo-title">{todo.title}</p>
        ) : (
          <button
            ref={title}
            type="button"
            className="todo-title"
            aria-description={text.editHint}
            onDoubleClick={() => setEditing(true)}
            aria-keyshortcuts={moves && "Alt+ArrowUp Alt+ArrowDown"}
            onKeyDown={onTitleKey}
          >
            {todo.title}
          </button>
        )}
        <TodoFacts
          {...{ todo, locale, text, listName }}
          mark={history?.some(({ isSeen }) => !isSeen) ? historyMessages[locale].mark : undefined}
        />
      </div>
      {!isReadOnly && (
        <>
          <button
            type="button"
            className="todo-more"
            aria-label={text.details}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            ⋯
          </button>
          <button
            type="button"
            className="todo-remove"
            aria-label={text.remove}
            onClick={() => actions.remove(todo)}
          >
            ×
          </button>
        </>
      )}
      {isOpen && !isReadOnly && <TodoDetails {...{ todo, history, locale, text, actions, moves }} />}
    </li>
  );
});

interface TitleFieldProps {
  readonly label: string;
  readonly title: string;
  /** `undefined` when the person gave up. */
  onFinish(value: string | undefined, wantsFocus: boolean): void;
}

function TitleField({ label, title, onFinish }: TitleFieldProps) {
  const isOver = useRef(false);
  const finish = (value: string | undefined, wantsFocus: boolean) => {
    // Leaving the field by a key also blurs it.
    if (isOver.current) return;
    isOver.current = true;
    onFinish(value, wantsFocus);
  };
  return (
    <input
      className="todo-edit"
      aria-label={label}
      defaultValue={title}
      maxLength={todoLimits.titleLength}
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to edit here.
      autoFocus
      onBlur={({ currentTarget }) => finish(currentTarget.value, false)}
      onKeyDown={({ key, currentTarget, nativeEvent }) => {
        // While Hangul is being composed, Enter belongs to the composition.
        if (nativeEvent.isComposing) return;
        if (key === "Enter") finish(currentTarget.value, true);
        if (key === "Escape") finish(undefined, true);
      }}
    />
  );
}
