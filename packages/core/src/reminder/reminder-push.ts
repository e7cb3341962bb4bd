import type { ReminderLetter } from "./reminder.ts";
import { whenOf } from "./reminder-mail.ts";
import type { PushMessage } from "./reminder-push.contract.ts";

/** What a browser shows, in the person's language. Notes stay away: they could be longer than a message may be. */
export function writePush({ locale, title, due, listId, todoId, listName }: ReminderLetter): PushMessage {
  return {
    title,
    body: `${whenOf(due, locale)} · ${listName}`,
    lang: locale,
    tag: todoId,
    path: `/${locale}/todos/lists/${listId}#${todoId}`,
  };
}
