"use client";

import type { Locale } from "@haru/core/locale";
import type { Repeat, Todo } from "@haru/core/todo/todo.contract";
import { todoLimits } from "@haru/core/todo/todo.contract";
import { type FocusEvent, useContext } from "react";
import { hereAndNow } from "./days.ts";
import { LineField } from "./line-field.tsx";
import { ListsContext } from "./lists-context.ts";
import type { TodoMessages } from "./messages.ts";
import { ReminderField } from "./reminder-field.tsx";
import { ReminderWays } from "./reminder-ways.tsx";
import type { Overwriting } from "./store/database.ts";
import { TodoHistory } from "./todo-history.tsx";
import type { TodoActions } from "./use-actions.ts";
import type { Moves } from "./use-reorder.ts";

interface TodoDetailsProps {
  readonly todo: Todo;
  readonly history: readonly Overwriting[] | undefined;
  readonly locale: Locale;
  readonly text: TodoMessages;
  readonly actions: TodoActions;
  /** Absent where the order is not the person's own. */
  readonly moves: Moves | undefined;
  readonly isStep: boolean;
}

/** All that a todo can say beside its title. Each field is stored by itself as soon as it is left. */
export function TodoDetails(props: TodoDetailsProps) {
  const { todo, history, locale, text, actions, moves, isStep } = props;
  const { due, repeat, priority, tags, notes } = todo;
  const { fields } = text;
  const lists = useContext(ListsContext);

  function changeDay(date: string): void {
    const { timeZone } = hereAndNow();
    const next = date === "" ? null : { date, time: due?.time ?? null, timeZone };
    // What has no day cannot come back.
    actions.change(todo, next ? { due: next } : { due: null, repeat: null });
  }

  function changeRepeat(every: string): void {
    const weekdays = every === "week" && due ? [new Date(due.date).getUTCDay()] : [];
    const next = every === "" ? null : { every: every as Repeat["every"], interval: 1, weekdays };
    actions.change(todo, { repeat: next });
  }

  function changeTags({ currentTarget: { value } }: FocusEvent<HTMLInputElement>): void {
    const written = value.split(/[\s,]+/).map((tag) => tag.replace(/^#/, "").slice(0, todoLimits.tagLength));
    const next = [...new Set(written.filter((tag) => tag !== ""))].slice(0, todoLimits.tags);
    if (String(next) !== String(tags)) actions.change(todo, { tags: next });
  }

  return (
    <fieldset className="todo-details">
      <legend className="visually-hidden">{text.details}</legend>
      <label>
        {fields.day}
        <input type="date" value={due?.date ?? ""} onChange={(event) => changeDay(event.target.value)} />
      </label>
      <label>
        {fields.time}
        <input
          type="time"
          value={due?.time ?? ""}
          disabled={!due}
          onChange={({ target: { value } }) =>
            due && actions.change(todo, { due: { ...due, time: value || null } })
          }
        />
      </label>
      <label>
        {fields.repeat}
        <select
          value={repeat?.every ?? ""}
          disabled={!due}
          onChange={({ target }) => changeRepeat(target.value)}
        >
          <option value="">{text.never}</option>
          {(["day", "week", "month", "year"] as const).map((every) => (
            <option key={every} value={every}>
              {text.repeats[every]}
            </option>
          ))}
        </select>
      </label>
      <ReminderField
        todo={todo}
        locale={locale}
        onChange={(remindMinutesBefore) => actions.change(todo, { remindMinutesBefore })}
      />
      {due?.time && typeof todo.remindMinutesBefore === "number" && <ReminderWays locale={locale} />}
      <label>
        {fields.priority}
        <select
          value={priority}
          onChange={({ target }) => actions.change(todo, { priority: Number(target.value) })}
        >
          {text.priorities.map((name, level) => (
            <option key={name} value={level}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {lists.length > 1 && (
        <label>
          {fields.list}
          <select
            value={todo.listId}
            onChange={({ target }) => {
              const to = lists.find(({ listId }) => listId === target.value);
              if (to) actions.move([todo], to);
            }}
          >
            {lists.map(({ listId, name }) => (
              <option key={listId} value={listId}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="todo-details-wide">
        {fields.tags}
        <input key={String(tags)} defaultValue={tags.join(" ")} onBlur={changeTags} />
      </label>
      <label className="todo-details-wide">
        {fields.notes}
        <textarea
          key={notes}
          defaultValue={notes}
          rows={3}
          onBlur={({ currentTarget: { value } }) => value !== notes && actions.change(todo, { notes: value })}
        />
      </label>
      {moves && !isStep && (
        <div className="todo-details-wide todo-add-step">
          <LineField
            className="input"
            label={text.addStep}
            placeholder={text.addStep}
            most={todoLimits.titleLength}
            isAsked={false}
            onLine={(line) => actions.addStep(todo, line)}
          />
        </div>
      )}
      {moves && (
        <div className="todo-details-wide link-actions">
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => moves.step(todo, -1)}
          >
            {text.moveUp}
          </button>
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => moves.step(todo, 1)}
          >
            {text.moveDown}
          </button>
          {isStep && (
            <button
              type="button"
              className="button button-quiet button-small"
              onClick={() => actions.change(todo, { parentId: null })}
            >
              {text.leaveSteps}
            </button>
          )}
        </div>
      )}
      {history && (
        <TodoHistory {...{ history, locale, text }} onRestore={(patch) => actions.change(todo, patch)} />
      )}
    </fieldset>
  );
}
