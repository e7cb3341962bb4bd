import type { Core } from "../core.ts";
import type { Locale } from "../locale.ts";
import type { Snapshot } from "../post/published-post.entity.ts";
import { settingsOf } from "../post/settings.ts";
import { listName, mostParts, tagKeyOf } from "./list.contract.ts";
import { type ListedPost, listedPosts } from "./list.entity.ts";

/** Where a post stands among the parts of its series. */
export interface PlaceInSeries {
  readonly title: string;
  /** 1 for the first part. */
  readonly part: number;
  readonly count: number;
  readonly previous: ListedPost | undefined;
  readonly next: ListedPost | undefined;
}

/** The parts of a series in the order in which they are read: the one that was published first comes first. */
export async function readParts(core: Core, lang: Locale, name: string): Promise<ListedPost[]> {
  const list = listName({ lang, kind: "series", name });
  const { data } = await listedPosts(core)
    .query.inOrder({ list })
    .go({ order: "asc", limit: mostParts, consistent: true });
  return data;
}

/** Nothing for a post that is part of no series, or that the series does not show. */
export async function placeInSeries(core: Core, post: Snapshot): Promise<PlaceInSeries | undefined> {
  const title = settingsOf(post).series;
  const name = tagKeyOf(title);
  if (name === "") return undefined;
  const parts = await readParts(core, post.lang, name);
  const at = parts.findIndex(({ postId }) => postId === post.postId);
  if (at < 0) return undefined;
  return { title, part: at + 1, count: parts.length, previous: parts[at - 1], next: parts[at + 1] };
}
