import { createConversions } from "electrodb";
import * as z from "zod";
import { decompress } from "../compression.ts";
import { timestampSchema } from "../contract.ts";
import type { Core } from "../core.ts";
import { readPage } from "../cursor.ts";
import { AppError } from "../errors.ts";
import { idSchema } from "../id.ts";
import { showPictures } from "../media/shown.ts";
import { operation } from "../operation.ts";
import { type Rendering, readSnapshots, summaryOf } from "../post/post.ts";
import { publishedContents, type Snapshot } from "../post/published-post.entity.ts";
import { settingsOf } from "../post/settings.ts";
import { type ListKey, listContract, listKeyOf, listName, type PostList, tagKeyOf } from "./list.contract.ts";
import { type ListedPost, type ListRow, listedPosts, lists } from "./list.entity.ts";
import { placeInSeries, readParts } from "./series.ts";

const placeInList = z.object({ publishedAt: timestampSchema, postId: idSchema("post") });
const placeAmongLists = z.object({ name: z.string() });

/** Lists that are there without a post too: the site's own, and a person's. */
const mayBeEmpty: ReadonlySet<ListKey["kind"]> = new Set(["all", "shelf", "author"]);

/** Characters of HTML in one feed: readers of feeds and Lambda's answers have a limit of a few megabytes. */
const mostFeedHtml = 1_500_000;

export const posts = operation(listContract.posts.input, async (core: Core, { cursor, limit, ...filter }) => {
  const { list, page } = await readPageOf(core, listKeyOf(filter), { cursor, limit });
  const snapshots = await readSnapshots(core, page.items);
  return { ...page, items: snapshots.map(summaryOf), ...(list ? { list } : {}) };
});

export const feed = operation(listContract.feed.input, async (core: Core, { limit, ...filter }) => {
  const { list, page } = await readPageOf(core, listKeyOf(filter), { limit });
  const [snapshots, texts] = await Promise.all([
    readSnapshots(core, page.items),
    readTexts(core, page.items),
  ]);
  let room = mostFeedHtml;
  const items = snapshots.map((snapshot) => {
    const html = texts.get(snapshot.slug + snapshot.lang);
    room -= html?.length ?? 0;
    return { ...summaryOf(snapshot), ...(html !== undefined && room >= 0 ? { html } : {}) };
  });
  return { items, ...(list ? { list } : {}) };
});

export const all = operation(listContract.all.input, async (core: Core, { lang, kind, ...request }) => {
  const { toCursor } = createConversions(lists(core)).byAccessPattern.byKind.fromComposite;
  return readPage(core, request, placeAmongLists, async (after, limit) => {
    const cursor = after ? toCursor({ lang, kind, ...after }) : null;
    const rows = await lists(core)
      .query.byKind({ lang, kind })
      .go({ order: kind === "month" ? "desc" : "asc", limit, cursor, consistent: true });
    // A list that holds no post is kept for what was said about it, and is nothing to readers.
    const held = rows.data.filter(({ count }) => count > 0);
    return { ...rows, data: held.map(postListOf), lookedAt: rows.data.at(-1) };
  });
});

/** Ends at the post's own place, so that it costs the same wherever in the list that is. */
export const around = operation(listContract.around.input, async (core: Core, address) => {
  const [post] = await readSnapshots(core, [address]);
  if (!post) throw new AppError("not_found");
  if (settingsOf(post).kind === "page") return { related: [] };
  const [{ newer, older }, alike, series] = await Promise.all([
    neighbours(core, post),
    readAlike(core, post),
    placeInSeries(core, post),
  ]);
  const wanted = [newer, older, series?.previous, series?.next].filter((row) => row !== undefined);
  const found = await readSnapshots(core, [...wanted, ...alike]);
  const at = (row: ListedPost | undefined) => found.find(({ postId }) => postId === row?.postId);
  const link = <Name extends string>(name: Name, row: ListedPost | undefined) => {
    const target = at(row);
    return (target ? { [name]: linkTo(target) } : {}) as Partial<Record<Name, ReturnType<typeof linkTo>>>;
  };
  return {
    ...link("newer", newer),
    ...link("older", older),
    related: alike.flatMap((row) => at(row) ?? []).map(summaryOf),
    ...(series
      ? {
          series: {
            title: series.title,
            part: series.part,
            count: series.count,
            ...link("previous", series.previous),
            ...link("next", series.next),
          },
        }
      : {}),
  };
});

export const series = operation(listContract.series.input, async (core: Core, { lang, name }) => {
  const { list, parts } = await readParts(core, lang, name);
  if (!list) throw new AppError("not_found");
  return { list: postListOf(list), parts: (await readSnapshots(core, parts)).map(summaryOf) };
});

/** The posts of a language just after and just before a place in time. */
export async function neighbours(core: Core, post: Pick<Snapshot, "lang" | "publishedAt" | "postId">) {
  const { lang, publishedAt, postId } = post;
  const inTime = () =>
    listedPosts(core).query.inOrder({ list: listName({ lang, kind: "all", name: "posts" }) });
  const one = { limit: 1, consistent: true } as const;
  const [newer, older] = await Promise.all([
    inTime()
      .gt({ publishedAt, postId })
      .go({ ...one, order: "asc" }),
    inTime()
      .lt({ publishedAt, postId })
      .go({ ...one, order: "desc" }),
  ]);
  return { newer: newer.data[0], older: older.data[0] };
}

const comparedTags = 3;
const comparedPosts = 6;
const mostRelated = 3;

/** Posts that share a tag with this one: those that share more come first, then newer ones. */
async function readAlike(core: Core, post: Snapshot): Promise<ListedPost[]> {
  const tags = listsOfTags(post).slice(0, comparedTags);
  const pages = await Promise.all(
    tags.map((list) =>
      listedPosts(core).query.inOrder({ list }).go({ order: "desc", limit: comparedPosts, consistent: true }),
    ),
  );
  const shared = new Map<string, { row: ListedPost; tags: number }>();
  for (const row of pages.flatMap(({ data }) => data)) {
    if (row.postId === post.postId) continue;
    shared.set(row.postId, { row, tags: (shared.get(row.postId)?.tags ?? 0) + 1 });
  }
  return [...shared.values()]
    .sort((a, b) => b.tags - a.tags || (a.row.publishedAt < b.row.publishedAt ? 1 : -1))
    .slice(0, mostRelated)
    .map(({ row }) => row);
}

function listsOfTags({ lang, tags }: Snapshot): string[] {
  const keys = new Set(tags.map(tagKeyOf).filter((key) => key !== ""));
  return [...keys].map((name) => listName({ lang, kind: "tag", name }));
}

interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/**
 * A list and a page of its places. A tag whose posts have all gone to another one is that one.
 * @throws AppError `not_found` for a list that has no post, except those that a page shows beside others
 */
async function readPageOf(
  core: Core,
  key: ListKey,
  request: PageRequest,
): Promise<{ list?: PostList; page: Awaited<ReturnType<typeof readPlaces>> }> {
  const [row, page] = await Promise.all([readRow(core, key), readPlaces(core, key, request)]);
  if (row && row.count > 0) return { list: postListOf(row), page };
  // Whoever moves a tag ends the move of the one that takes its place, so that this comes to an end.
  if (row?.movedTo) return readPageOf(core, { ...key, name: row.movedTo.name }, request);
  if (!mayBeEmpty.has(key.kind)) throw new AppError("not_found");
  return { page };
}

async function readRow(core: Core, key: ListKey): Promise<ListRow | undefined> {
  const { data } = await lists(core).get(key).go({ consistent: true });
  return data ?? undefined;
}

function readPlaces(core: Core, key: ListKey, request: PageRequest) {
  const list = listName(key);
  const { toCursor } = createConversions(listedPosts(core)).byAccessPattern.inOrder.fromComposite;
  return readPage(core, request, placeInList, (after, limit) => {
    const cursor = after ? toCursor({ list, ...after }) : null;
    return listedPosts(core).query.inOrder({ list }).go({ order: "desc", limit, cursor, consistent: true });
  });
}

async function readTexts(core: Core, places: readonly ListedPost[]): Promise<Map<string, string>> {
  if (places.length === 0) return new Map();
  const keys = places.map(({ lang, slug }) => ({ lang, slug }));
  const { data, unprocessed } = await publishedContents(core).get(keys).go({ consistent: true });
  if (unprocessed.length > 0) throw new AppError("unavailable");
  const texts = data.map(
    async ({ rendering }) => (JSON.parse(await decompress(rendering)) as Rendering).html,
  );
  // The pictures of all texts in one batch. No text holds the character between them: the renderer replaces it.
  const shown = await showPictures(core, (await Promise.all(texts)).join("\0"), "feed");
  const htmls = shown.split("\0");
  return new Map(data.map(({ lang, slug }, index) => [slug + lang, htmls[index] ?? ""]));
}

function linkTo({ lang, slug, title }: Snapshot) {
  return { lang, slug, title };
}

function postListOf({ kind, name, title, count, updatedAt, description }: ListRow): PostList {
  return { kind, name, title, count, updatedAt, ...(description ? { description } : {}) };
}
