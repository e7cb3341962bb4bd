import type { Locale } from "@haru/core/locale";
import type { Todo } from "@haru/core/todo/todo.contract";
import { reminderChoices, reminderMessages } from "./reminder-messages.ts";

interface ReminderFieldProps {
  readonly todo: Todo;
  readonly locale: Locale;
  /** In minutes before the todo is due. */
  onChange(remindMinutesBefore: number | null): void;
}

/** How long before it is due people are reminded of a todo. What has no hour has no such moment. */
export function ReminderField({ todo, locale, onChange }: ReminderFieldProps) {
  const text = reminderMessages[locale];
  const chosen = todo.remindMinutesBefore ?? null;
  // Another client may have chosen one that this page does not offer.
  const offered = [...new Set([...reminderChoices, ...(chosen === null ? [] : [chosen])])];
  return (
    <label>
      {text.field}
      <select
        value={chosen ?? ""}
        disabled={!todo.due?.time}
        onChange={({ target: { value } }) => onChange(value === "" ? null : Number(value))}
      >
        <option value="">{text.none}</option>
        {offered
          .sort((a, b) => a - b)
          .map((minutes) => (
            <option key={minutes} value={minutes}>
              {text.before(minutes)}
            </option>
          ))}
      </select>
    </label>
  );
}
