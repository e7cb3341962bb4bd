import type { ListKey } from "@haru/core/list/list.contract";
import type { Locale } from "@haru/core/locale";
import { formatMonth } from "./day.ts";
import { postMessages } from "./messages.ts";

/**
 * What the page and the feeds of a list are called.
 * @param title the tag or the series as it is written, the author's name
 */
export function listHeading({ kind, name }: ListKey, title: string, locale: Locale): string {
  const text = postMessages[locale];
  if (kind === "tag") return text.tagTitle(title);
  if (kind === "author") return text.authorTitle(title);
  if (kind === "month") return formatMonth(name, locale);
  return title;
}
