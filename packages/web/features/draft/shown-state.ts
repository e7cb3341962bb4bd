import type { DraftSummary } from "@haru/core/post/post.contract";
import type { ShownState } from "./messages.ts";

/** The one word that tells an author most about a post. */
export function shownStateOf({
  state,
  revision,
  publishedRevision,
  publishedAt,
  settings,
}: DraftSummary): ShownState {
  if (state === "published") {
    if (revision !== publishedRevision) return "changed";
    return settings.unlisted ? "unlisted" : "published";
  }
  return state === "draft" && publishedAt !== undefined ? "withdrawn" : state;
}

/** `11월 21일 토요일 09:00`, in the visitor's own time zone. */
export function formatMinute(timestamp: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    month: "long",
    day: "numeric",
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(timestamp));
}
