/**
 * What a public page reads from the table, from 10 posts to many: as many calls, and as many units once
 * a page is full. It counts and takes no times. `POSTS=100000` looks further. A sitemap names every
 * post of its month, and so grows with that month; it is the one that is left out.
 */
import { type Core, createCore } from "@haru/core/core";
import { all, around, feed, posts } from "@haru/core/list/list";
import { listName, listsOf } from "@haru/core/list/list.contract";
import { listedPosts, lists } from "@haru/core/list/list.entity";
import { create } from "@haru/core/post/draft";
import { read } from "@haru/core/post/post";
import { publish } from "@haru/core/post/publish";
import { publishedContents, publishedPosts, type Snapshot } from "@haru/core/post/published-post.entity";
import { read as readSite } from "@haru/core/site/site";
import { countUnits } from "../packages/core/test/consumption.ts";
import { newPerson } from "../packages/core/test/people.ts";
import { startTable } from "../packages/core/test/table.ts";
import type { Figure } from "./figure.ts";

const few = 10;
/** More than a page of a list holds, so that a page is full from here on. */
const full = 100;
const many = Number(process.env.POSTS ?? 10_000);
const rowsAtOnce = 500;
const lang = "ko" as const;

interface Cost {
  readonly calls: number;
  readonly units: number;
}

export async function measure(): Promise<Figure[]> {
  const engine = await startTable();
  try {
    const { table } = engine;
    const core = createCore({ table, locale: lang });
    const author = await newPerson(table);
    const draft = { slug: "one", title: "하루", description: "", tags: ["일기"], markdown: "본문" };
    const { postId } = await create(author, { lang, ...draft });
    await publish(author, { postId, revision: 1 });
    const [first] = (
      await publishedPosts(core)
        .get([{ lang, slug: draft.slug }])
        .go()
    ).data;
    const [text] = (
      await publishedContents(core)
        .get([{ lang, slug: draft.slug }])
        .go()
    ).data;
    if (!first || !text) throw new Error("The first post is not there.");

    const units = countUnits(table.client);
    const counted = { calls: 0 };
    table.client.middlewareStack.add(
      (next) => (call) => {
        counted.calls++;
        return next(call);
      },
      { step: "initialize", name: "countCalls" },
    );
    const site = () => readSite(core, {});
    const pages: Readonly<Record<string, () => Promise<unknown>>> = {
      home: async () => [
        await posts(core, { lang }),
        await posts(core, { lang, shelf: "pinned" }),
        await site(),
      ],
      post: async () => [
        await read(core, { lang, slug: draft.slug }),
        await around(core, { lang, slug: draft.slug }),
        await site(),
      ],
      tag: async () => [await posts(core, { lang, tag: "일기" }), await site()],
      author: async () => [await posts(core, { lang, authorId: author.actor.accountId }), await site()],
      tags: async () => [await all(core, { lang, kind: "tag" }), await site()],
      archive: async () => [await all(core, { lang, kind: "month" }), await site()],
      feed: async () => [await feed(core, { lang }), await site()],
    };
    const costs = async (): Promise<Record<string, Cost>> => {
      const found: Record<string, Cost> = {};
      for (const [page, open] of Object.entries(pages)) {
        Object.assign(units, { reads: 0 });
        counted.calls = 0;
        await open();
        found[page] = { calls: counted.calls, units: units.reads };
      }
      return found;
    };

    const seen: Record<string, Cost>[] = [];
    let made = 1;
    for (const wanted of [few, full, many]) {
      for (; made < wanted; made += rowsAtOnce)
        await addPosts(core, first, text.rendering, made, Math.min(made + rowsAtOnce, wanted));
      made = wanted;
      await countPosts(core, first, made);
      seen.push(await costs());
    }
    return Object.keys(pages).flatMap((page) => figuresOf(page, seen));
  } finally {
    await engine.stop();
  }
}

function figuresOf(page: string, seen: readonly Readonly<Record<string, Cost>>[]): Figure[] {
  const [atFew, atFull, atMany] = seen.map((costs) => costs[page]);
  if (!atFew || !atFull || !atMany) throw new Error(`The page ${page} was not measured.`);
  const held = (value: number) => ({ operator: "<=", value }) as const;
  return [
    { name: `${page}-at-${many}`, value: atMany.calls, unit: "calls", goal: held(atFew.calls) },
    { name: `${page}-at-${many}`, value: atMany.units, unit: "read units", goal: held(atFull.units) },
  ];
}

/** What readers can find of further posts, each with a tag of its own, as publishing writes it. */
async function addPosts(
  core: Core,
  first: Snapshot,
  rendering: Uint8Array,
  from: number,
  to: number,
): Promise<void> {
  const made = Array.from({ length: to - from }, (_, index): Snapshot => {
    const number = from + index;
    const publishedAt = new Date(Date.parse(first.publishedAt) - number * 60_000).toISOString();
    const tags = ["일기", `태그 ${number}`];
    return { ...first, postId: core.newId("post"), slug: `post-${number}`, tags, publishedAt };
  });
  const places = made.flatMap((post) => {
    const { postId, slug, publishedAt } = post;
    return listsOf(post).map((list) => ({
      list: listName(list),
      publishedAt,
      postId,
      lang,
      slug,
    }));
  });
  const rows = made.flatMap((post) =>
    listsOf(post).map((list) => ({ ...list, title: list.name, count: 1, updatedAt: post.publishedAt })),
  );
  const concurrent = { concurrent: 8 } as const;
  await publishedPosts(core).put(made).go(concurrent);
  await publishedContents(core)
    .put(made.map(({ slug }) => ({ lang, slug, revision: first.revision, rendering })))
    .go(concurrent);
  await listedPosts(core).put(places).go(concurrent);
  const known = new Map(rows.map((row) => [listName(row), row]));
  await lists(core)
    .put([...known.values()])
    .go(concurrent);
}

/** The lists in which all of them stand say so. */
async function countPosts(core: Core, first: Snapshot, count: number): Promise<void> {
  for (const list of listsOf(first))
    await lists(core)
      .put({ ...list, title: list.name, count, updatedAt: first.publishedAt })
      .go();
}
