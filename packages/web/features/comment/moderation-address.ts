import { type CommentStanding, commentQueues, commentStandings } from "@haru/core/comment/comment.contract";
import type { Locale } from "@haru/core/locale";
import { longestQuery } from "@haru/core/search/search.contract";

/** What the moderators' page shows, as its address says it: a queue, or what somebody looks for. */
export interface ModerationAddress {
  /** The words; empty on the queues. */
  readonly q: string;
  /** One of the queues, or how the comments that are looked for stand. All of them when absent. */
  readonly queue?: CommentStanding | undefined;
}

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads an address; what it should not hold is left out. */
export function readModerationAddress(query: Query): ModerationAddress {
  const [q = ""] = [query.q].flat() as (string | undefined)[];
  const words = q.trim().slice(0, longestQuery);
  const known = (words ? commentStandings : commentQueues).find((each) => each === query.queue);
  return words ? { q: words, queue: known } : { q: "", queue: known ?? "waiting" };
}

export function moderationPath(locale: Locale, { q, queue }: Partial<ModerationAddress>): string {
  const query = new URLSearchParams({ ...(q ? { q } : {}), ...(queue ? { queue } : {}) });
  return `/${locale}/moderation${query.size > 0 ? `?${query}` : ""}`;
}
