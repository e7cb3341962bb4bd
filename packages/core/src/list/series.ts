import type { Core } from "../core.ts";
import type { PostId } from "../id.ts";
import type { Locale } from "../locale.ts";
import type { Snapshot } from "../post/published-post.entity.ts";
import { settingsOf } from "../post/settings.ts";
import { listName, mostParts, tagKeyOf } from "./list.contract.ts";
import { type ListedPost, type ListRow, listedPosts, lists } from "./list.entity.ts";

/** Where a post stands among the parts of its series. */
export interface PlaceInSeries {
  readonly title: string;
  /** 1 for the first part. */
  readonly part: number;
  readonly count: number;
  readonly previous: ListedPost | undefined;
  readonly next: ListedPost | undefined;
}

/** A series and its parts in the order in which they are read. Without a row it is none. */
export async function readParts(
  core: Core,
  lang: Locale,
  name: string,
): Promise<{ list: ListRow | undefined; parts: ListedPost[] }> {
  const key = { lang, kind: "series", name } as const;
  const [{ data: list }, { data: places }] = await Promise.all([
    lists(core).get(key).go({ consistent: true }),
    listedPosts(core)
      .query.inOrder({ list: listName(key) })
      .go({ order: "asc", limit: mostParts, consistent: true }),
  ]);
  return { list: list ?? undefined, parts: inOrder(places, list?.partOrder) };
}

/** Parts as their author put them; those that nobody put anywhere come after, the one published first before the others. */
export function inOrder(places: readonly ListedPost[], order: readonly PostId[] = []): ListedPost[] {
  const ranks = new Map(order.map((postId, rank) => [postId, rank]));
  const rankOf = ({ postId }: ListedPost) => ranks.get(postId) ?? order.length;
  return places.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** Nothing for a post that is part of no series, or that the series does not show. */
export async function placeInSeries(core: Core, post: Snapshot): Promise<PlaceInSeries | undefined> {
  const title = settingsOf(post).series;
  const name = tagKeyOf(title);
  if (name === "") return undefined;
  const { parts } = await readParts(core, post.lang, name);
  const at = parts.findIndex(({ postId }) => postId === post.postId);
  if (at < 0) return undefined;
  return { title, part: at + 1, count: parts.length, previous: parts[at - 1], next: parts[at + 1] };
}
