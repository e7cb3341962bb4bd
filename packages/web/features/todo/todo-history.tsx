"use client";

import type { Locale } from "@haru/core/locale";
import type { TodoContent, TodoPatch } from "@haru/core/todo/todo.contract";
import { dayName, today } from "./days.ts";
import { type Replacement, replacementsOf, type ToldField } from "./history.ts";
import { historyMessages } from "./history-messages.ts";
import type { TodoMessages } from "./messages.ts";
import type { Overwriting } from "./store/database.ts";

interface ReplacedProps {
  readonly overwriting: Overwriting;
  readonly locale: Locale;
  readonly text: TodoMessages;
  onRestore(patch: TodoPatch): void;
}

/** Both values of what two devices changed at once, and a way back to the one that was replaced. */
export function Replaced({ overwriting, locale, text, onRestore }: ReplacedProps) {
  const { fields } = historyMessages[locale];
  return (
    <>
      <ul className="todo-replaced">
        {replacementsOf(overwriting).map(({ field, before, after }: Replacement) => (
          <li key={field}>
            <span className="meta">{fields[field]}</span>{" "}
            <del>{text.was(wordsOf(field, before, locale, text))}</del>{" "}
            <ins>{historyMessages[locale].is(wordsOf(field, after, locale, text))}</ins>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="text-link link-button"
        onClick={() => onRestore(overwriting.change.overwritten ?? {})}
      >
        {text.restore}
      </button>
    </>
  );
}

interface TodoHistoryProps {
  readonly history: readonly Overwriting[];
  readonly locale: Locale;
  readonly text: TodoMessages;
  onRestore(patch: TodoPatch): void;
}

/** What was replaced in one todo in the last 30 days, the newest first. */
export function TodoHistory({ history, locale, text, onRestore }: TodoHistoryProps) {
  const { title } = historyMessages[locale];
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  return (
    <section className="todo-history todo-details-wide" aria-label={title}>
      <h3>{title}</h3>
      <ol>
        {history.toReversed().map((one) => (
          <li key={one.change.seq}>
            <time className="meta" dateTime={one.change.at}>
              {moment.format(new Date(one.change.at))}
            </time>
            <Replaced overwriting={one} locale={locale} text={text} onRestore={onRestore} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A value as the list itself would say it. */
function wordsOf(
  field: ToldField,
  content: Partial<TodoContent>,
  locale: Locale,
  text: TodoMessages,
): string {
  const { nothing } = historyMessages[locale];
  const { title = "", notes = "", isDone, due, repeat, priority = 0, tags = [] } = content;
  switch (field) {
    case "title":
      return title;
    case "notes":
      return notes || nothing;
    case "isDone":
      return isDone ? text.filters.completed : text.filters.active;
    case "due":
      return due ? `${dayName(locale, due.date, today())} ${due.time ?? ""}`.trim() : nothing;
    case "repeat":
      return repeat ? text.repeats[repeat.every] : text.never;
    case "priority":
      return text.priorities[priority] ?? nothing;
    case "tags":
      return tags.map((tag) => `#${tag}`).join(" ") || nothing;
  }
}
