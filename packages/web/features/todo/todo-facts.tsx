import type { Locale } from "@haru/core/locale";
import { isInArchive, type Todo } from "@haru/core/todo/todo.contract";
import { dayName, today } from "./days.ts";
import type { TodoMessages } from "./messages.ts";
import { reminderMessages } from "./reminder-messages.ts";
import type { Progress } from "./steps.ts";

interface TodoFactsProps {
  readonly todo: Todo;
  readonly locale: Locale;
  readonly text: TodoMessages;
  readonly listName?: string | undefined;
  readonly progress?: Progress | undefined;
  /** Says that another device changed it, too. */
  readonly mark: string | undefined;
}

/** What stands below a title in small type: when, how often, how urgent, where it belongs. */
export function TodoFacts({ todo, locale, text, listName, progress, mark }: TodoFactsProps) {
  const { due, repeat, priority, tags, isDone, notes, remindMinutesBefore } = todo;
  const day = today();
  const isArchived = isInArchive(todo);
  const hasOwn = due || priority > 0 || tags.length > 0 || notes !== "" || isArchived;
  const hasFacts = hasOwn || listName || progress || mark;
  if (!hasFacts) return null;
  return (
    <p className="todo-facts">
      {priority > 0 && <span className="todo-priority">{text.priorities[priority]}</span>}
      {progress && (
        <span className="todo-progress">
          <span aria-hidden="true">
            {progress.done}/{progress.all}
          </span>
          <span className="visually-hidden">{text.stepsDone(progress.done, progress.all)}</span>
        </span>
      )}
      {due && (
        <time
          dateTime={due.time ? `${due.date}T${due.time}` : due.date}
          data-late={(!isDone && due.date < day) || undefined}
        >
          {dayName(locale, due.date, day)}
          {due.time && ` ${due.time}`}
          {repeat && ` · ${text.repeats[repeat.every]}`}
          {due.time && typeof remindMinutesBefore === "number" && ` · ${reminderMessages[locale].field}`}
        </time>
      )}
      {tags.map((tag) => (
        <span key={tag}>#{tag}</span>
      ))}
      {notes !== "" && <span className="todo-note">{notes.split("\n", 1)[0]}</span>}
      {isArchived && <span>{text.filters.archived}</span>}
      {listName && <span>{listName}</span>}
      {mark && <span className="todo-mark">{mark}</span>}
    </p>
  );
}
