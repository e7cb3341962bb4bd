import type { Locale } from "../locale.ts";
import { escapeHtml, type Mail } from "../notice/notice-mail.ts";
import { momentOf } from "../todo/due-moment.ts";
import type { Due } from "../todo/todo.contract.ts";
import type { ReminderLetter } from "./reminder.ts";

interface Sentences {
  readonly subject: (title: string) => string;
  readonly open: string;
  readonly why: (list: string) => string;
  readonly stop: string;
}

const sentences: Record<Locale, Sentences> = {
  ko: {
    subject: (title) => `할 일: ${title}`,
    open: "할 일 보기",
    why: (list) => `‘${list}’ 목록의 할 일에 알림이 켜져 있습니다.`,
    stop: "할 일 알림 메일을 더는 받지 않기",
  },
  en: {
    subject: (title) => `Todo: ${title}`,
    open: "Open the todo",
    why: (list) => `A reminder is set for this todo of the list “${list}”.`,
    stop: "Stop mails that remind of todos",
  },
};

/** Characters of the notes that a mail holds. */
const mostNotes = 600;

/**
 * A mail that reminds of a todo, in the person's language. All that people wrote stands as text.
 * @param stopToken what ends such mails
 * @param siteUrl origin of the site
 */
export function writeReminder(letter: ReminderLetter, stopToken: string, siteUrl: string): Mail {
  const { locale, title, due, listId, todoId, listName } = letter;
  const say = sentences[locale];
  const subject = say.subject(title);
  const when = whenOf(due, locale);
  const notes = [...letter.notes.trim()].slice(0, mostNotes).join("");
  const url = `${siteUrl}/${locale}/todos/lists/${listId}#${todoId}`;
  const stopUrl = `${siteUrl}/${locale}/unsubscribe/${stopToken}`;
  const paragraphs = [title, when, ...(notes === "" ? [] : [notes])];
  return {
    subject,
    stopUrl,
    text: [...paragraphs, `${say.open}: ${url}`, `${say.why(listName)} ${say.stop}: ${stopUrl}`].join("\n\n"),
    html: [
      `<!doctype html><html lang="${locale}"><body style="font-family:sans-serif;line-height:1.7">`,
      `<p><strong>${escapeHtml(title)}</strong><br>${escapeHtml(when)}</p>`,
      ...(notes === "" ? [] : [`<p>${notes.split("\n").map(escapeHtml).join("<br>")}</p>`]),
      `<p><a href="${escapeHtml(url)}">${say.open}</a></p>`,
      `<p style="color:#666;font-size:13px">${escapeHtml(say.why(listName))} <a href="${escapeHtml(stopUrl)}">${say.stop}</a></p>`,
      "</body></html>",
    ].join("\n"),
  };
}

/** The day and the hour where the person who wrote the todo meant them. */
export function whenOf(due: Due, locale: Locale): string {
  const { timeZone } = due;
  const words = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone });
  return words.format(momentOf(due));
}
