"use client";

import type { Locale } from "@haru/core/locale";
import { useEffect } from "react";
import { selectionMessages } from "./selection-messages.ts";
import type { ViewedList } from "./store/view.ts";
import type { TodoActions } from "./use-actions.ts";
import type { Selection } from "./use-selection.ts";

interface SelectionBarProps {
  readonly selection: Selection;
  readonly lists: readonly ViewedList[];
  readonly actions: TodoActions;
  readonly locale: Locale;
}

/** What can be done to all chosen todos at once. Each of it can be taken back. */
export function SelectionBar({ selection, lists, actions, locale }: SelectionBarProps) {
  const text = selectionMessages[locale];
  const { chosen, end } = selection;
  const hasOpen = chosen.some(({ isDone }) => !isDone);
  const targets = lists.filter(({ role }) => role !== "viewer");

  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => key === "Escape" && end();
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [end]);

  function done(act: () => void): void {
    act();
    end();
  }

  return (
    <section className="todo-selection" aria-label={text.bar}>
      <p role="status">{text.count(chosen.length)}</p>
      <button type="button" className="button button-quiet button-small" onClick={selection.selectAll}>
        {text.all}
      </button>
      <button
        type="button"
        className="button button-quiet button-small"
        disabled={chosen.length === 0}
        onClick={() => done(() => actions.setDone(chosen, hasOpen))}
      >
        {hasOpen ? text.complete : text.reopen}
      </button>
      {targets.length > 1 && (
        <select
          className="input todo-selection-move"
          aria-label={text.moveTo}
          value=""
          disabled={chosen.length === 0}
          onChange={({ target: { value } }) => {
            const to = targets.find(({ listId }) => listId === value);
            if (to) done(() => actions.move(chosen, to));
          }}
        >
          <option value="">{text.moveTo}</option>
          {targets.map(({ listId, name }) => (
            <option key={listId} value={listId}>
              {name}
            </option>
          ))}
        </select>
      )}
      <button
        type="button"
        className="button button-quiet button-small"
        disabled={chosen.length === 0}
        onClick={() => done(() => actions.remove(chosen))}
      >
        {text.remove}
      </button>
      <button type="button" className="button button-small" onClick={end}>
        {text.end}
      </button>
    </section>
  );
}
