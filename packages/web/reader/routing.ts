import { formatOfFile } from "@haru/core/feed/feed.contract";
import { feedAnswer } from "./feed/feed-page.ts";
import { listPage } from "./pages.tsx";

/** What lies below `/ko/tags`, `/ko/series`, `/ko/authors` and `/ko/archive`: pages of lists, and their feeds. */
export function listOrFeed(lang: string, segments: readonly [string, ...string[]]): Promise<Response> {
  const isFeed = formatOfFile(segments.at(-1) ?? "") !== undefined;
  return isFeed ? feedAnswer([lang, ...segments]) : listPage(lang, segments);
}
