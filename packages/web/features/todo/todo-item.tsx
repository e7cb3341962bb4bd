"use client";

import type { Locale } from "@haru/core/locale";
import type { Todo, TodoPatch } from "@haru/core/todo/todo.contract";
import { todoLimits } from "@haru/core/todo/todo.contract";
import { memo, useRef, useState } from "react";
import { dayName, today } from "./days.ts";
import type { TodoMessages } from "./messages.ts";
import type { ViewedList } from "./store/view.ts";
import { TodoDetails } from "./todo-details.tsx";

export interface TodoActions {
  change(todo: Todo, patch: TodoPatch): void;
  toggle(todo: Todo): void;
  remove(...todos: readonly Todo[]): void;
  move(todo: Todo, to: ViewedList): void;
}

interface TodoItemProps {
  readonly todo: Todo;
  readonly lists: readonly ViewedList[];
  readonly locale: Locale;
  readonly text: TodoMessages;
  readonly actions: TodoActions;
  /** Says where the todo belongs, in a view that shows several lists. */
  readonly listName?: string | undefined;
  /** The person may look at it and not change it. */
  readonly isReadOnly: boolean;
}

/** One todo. A double click, or Enter on its text, edits it in place; Escape leaves it as it was. */
export const TodoItem = memo(function TodoItem(props: TodoItemProps) {
  const { todo, lists, locale, text, actions, listName, isReadOnly } = props;
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

  if (isEditing) {
    return (
      <li className="todo" data-editing>
        <TitleField label={text.edit} title={todo.title} onFinish={finish} />
      </li>
    );
  }
  return (
    <li className="todo" data-done={todo.isDone || undefined} data-priority={todo.priority || undefined}>
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
            onKeyDown={({ key }) => key === "Enter" && setEditing(true)}
          >
            {todo.title}
          </button>
        )}
        <Facts todo={todo} locale={locale} text={text} listName={listName} />
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
      {isOpen && !isReadOnly && <TodoDetails todo={todo} lists={lists} text={text} actions={actions} />}
    </li>
  );
});

interface FactsProps {
  readonly todo: Todo;
  readonly locale: Locale;
  readonly text: TodoMessages;
  readonly listName?: string | undefined;
}

/** What stands below a title in small type: when, how often, how urgent, where it belongs. */
function Facts({ todo: { due, repeat, priority, tags, isDone, notes }, locale, text, listName }: FactsProps) {
  const day = today();
  const hasFacts = due || priority > 0 || tags.length > 0 || notes !== "" || listName;
  if (!hasFacts) return null;
  return (
    <p className="todo-facts">
      {priority > 0 && <span className="todo-priority">{text.priorities[priority]}</span>}
      {due && (
        <time
          dateTime={due.time ? `${due.date}T${due.time}` : due.date}
          data-late={(!isDone && due.date < day) || undefined}
        >
          {dayName(locale, due.date, day)}
          {due.time && ` ${due.time}`}
          {repeat && ` · ${text.repeats[repeat.every]}`}
        </time>
      )}
      {tags.map((tag) => (
        <span key={tag} className="todo-tag">
          #{tag}
        </span>
      ))}
      {notes !== "" && <span className="todo-note">{notes.split("\n", 1)[0]}</span>}
      {listName && <span>{listName}</span>}
    </p>
  );
}

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
