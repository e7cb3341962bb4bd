import type { TransactWriteItem } from "electrodb";
import type { Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { Snapshot } from "../post/published-post.entity.ts";
import { inTransaction } from "../transaction.ts";
import { type ListKey, listName, listsOf, tagKeyOf } from "./list.contract.ts";
import { type ListRow, listedPosts, lists } from "./list.entity.ts";

/**
 * What a publication changes in the lists that readers have, as items of its transaction: places that
 * come, move or go, and how many posts each list holds. An item is refused when a list changed in the
 * meantime, or when a tag has another name by now; the publication is then planned anew.
 * @param before the snapshot that readers see now
 * @param after the snapshot that they will see; absent when the post leaves the site
 */
export async function changeLists(
  core: Core,
  before: Snapshot | undefined,
  after: Snapshot | undefined,
): Promise<TransactWriteItem[]> {
  const old = new Map(before ? listsOf(before).map((list) => [listName(list), list]) : []);
  const next = new Map(after ? listsOf(after).map((list) => [listName(list), list]) : []);
  const left = [...old.values()].filter((list) => !next.has(listName(list)));
  const rows = await rowsOf(core, left);
  return [
    ...[...next].flatMap(([name, list]) => {
      if (!after) return [];
      return before && old.has(name) ? stay(core, list, before, after) : enter(core, list, after);
    }),
    ...left.flatMap((list) => (before ? leave(core, list, before, rows.get(listName(list))) : [])),
  ];
}

function enter(core: Core, list: ListKey, post: Snapshot): TransactWriteItem[] {
  return [
    inTransaction(listedPosts(core)).put(placeOf(list, post)).commit(),
    inTransaction(lists(core))
      .upsert(list)
      .add({ count: 1 })
      .set({ title: titleOf(list, post), updatedAt: core.now().toISOString() })
      .where(({ movedTo }, { notExists }) => notExists(movedTo))
      .commit(),
  ];
}

/** A place holds nothing that changes but where the post is and its date. A month says when it changed, for search engines. */
function stay(core: Core, list: ListKey, before: Snapshot, after: Snapshot): TransactWriteItem[] {
  const updatedAt = core.now().toISOString();
  const isElsewhere = before.publishedAt !== after.publishedAt;
  return [
    ...(isElsewhere ? [inTransaction(listedPosts(core)).delete(placeOf(list, before)).commit()] : []),
    ...(isElsewhere || before.slug !== after.slug
      ? [inTransaction(listedPosts(core)).put(placeOf(list, after)).commit()]
      : []),
    ...(list.kind === "month" ? [inTransaction(lists(core)).patch(list).set({ updatedAt }).commit()] : []),
  ];
}

function leave(core: Core, list: ListKey, post: Snapshot, row: ListRow | undefined): TransactWriteItem[] {
  const counted = row?.count ?? 0;
  const isKept = counted > 1 || row?.description || row?.movedTo;
  const items = inTransaction(lists(core));
  return [
    inTransaction(listedPosts(core)).delete(placeOf(list, post)).commit(),
    isKept
      ? items
          .patch(list)
          .subtract({ count: 1 })
          .set({ updatedAt: core.now().toISOString() })
          .where(({ count }, { eq }) => eq(count, counted))
          .commit()
      : items
          .delete(list)
          .where(({ count, description, movedTo }, { eq, notExists }) => {
            // An empty text says nothing, and stands in the row all the same.
            const isStillSilent =
              row?.description === undefined ? notExists(description) : eq(description, row.description);
            return [eq(count, counted), isStillSilent, notExists(movedTo)].join(" AND ");
          })
          .commit(),
  ];
}

function placeOf(list: ListKey, { publishedAt, postId, lang, slug }: Snapshot) {
  return { list: listName(list), publishedAt, postId, lang, slug };
}

function titleOf({ kind, name }: ListKey, post: Snapshot): string {
  if (kind === "author") return post.author.displayName;
  if (kind === "tag") return post.tags.find((tag) => tagKeyOf(tag) === name) ?? name;
  if (kind === "series") return post.settings?.series ?? name;
  return name;
}

/** The lists that a post is about to leave, with how many posts they hold now. */
async function rowsOf(core: Core, left: readonly ListKey[]): Promise<Map<string, ListRow>> {
  if (left.length === 0) return new Map();
  const { data, unprocessed } = await lists(core)
    .get([...left])
    .go({ consistent: true });
  if (unprocessed.length > 0) throw new AppError("unavailable");
  return new Map(data.map((list) => [listName(list), list]));
}
