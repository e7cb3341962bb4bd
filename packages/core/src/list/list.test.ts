import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import { create as createComment } from "../comment/comment.ts";
import { type ActorCore, createCore } from "../core.ts";
import type { Locale } from "../locale.ts";
import { create, update } from "../post/draft.ts";
import { mostTags } from "../post/post.contract.ts";
import { read } from "../post/post.ts";
import { publish, unpublish } from "../post/publish.ts";
import { addresses } from "./addresses.ts";
import { tagKeyOf } from "./list.contract.ts";
import { all, around, feed, posts, series } from "./list.ts";

let engine: TestTable;
let me: ActorCore;
let now = new Date("2026-11-21T09:00:00Z");
beforeAll(async () => {
  engine = await startTable();
  me = await newPerson(engine.table, { now: () => now });
});
afterAll(() => engine.stop());

const visitor = () => createCore({ table: engine.table, locale: "ko" });

interface Written {
  readonly lang?: Locale;
  readonly tags?: readonly string[];
  readonly settings?: Parameters<typeof create>[1]["settings"];
  readonly as?: ActorCore;
}

let slugs = 0;
async function newPost({ lang = "ko", tags = [], settings = {}, as = me }: Written = {}) {
  const slug = `글-${++slugs}`;
  const text = { slug, title: slug, description: "", tags: [...tags], settings, markdown: `본문 ${slug}` };
  const { postId } = await create(as, { lang, ...text });
  await publish(as, { postId, revision: 1 });
  return { postId, text };
}
const slugsOf = (page: { items: readonly { slug: string }[] }) => page.items.map(({ slug }) => slug);
const tagsOf = async (lang: Locale) =>
  (await all(visitor(), { lang, kind: "tag" })).items.map(({ name, title, count }) => [name, title, count]);

test("a post stands in the lists of its tags, its author and its month, with how many there are", async () => {
  const author = await newPerson(engine.table, { displayName: "이하늘", now: () => now });
  const { text } = await newPost({ tags: ["Next.js", "가을 산책"], as: author });
  const { accountId: authorId } = author.actor;
  const { accountId: nobody } = (await newPerson(engine.table)).actor;
  expect(await posts(visitor(), { lang: "ko", authorId: nobody })).toEqual({ items: [] });
  for (const filter of [{ tag: "next.js" }, { tag: "가을-산책" }, { authorId }]) {
    const page = await posts(visitor(), { lang: "ko", ...filter });
    expect(slugsOf(page)).toEqual([text.slug]);
    expect(page.list).toMatchObject({ count: 1 });
  }
  expect(slugsOf(await posts(visitor(), { lang: "ko", month: "2026-11" }))).toContain(text.slug);
  expect((await posts(visitor(), { lang: "ko", authorId })).list?.title).toBe("이하늘");
  expect(await tagsOf("ko")).toContainEqual(["next.js", "Next.js", 1]);
});

test("spellings of one tag are one tag, typed in whatever form", async () => {
  await newPost({ tags: ["Server Less"] });
  await newPost({ tags: ["server less", "서버".normalize("NFD")] });
  const page = await posts(visitor(), { lang: "ko", tag: "SERVER LESS" });
  expect(page.list).toMatchObject({ name: "server-less", title: "server less", count: 2 });
  expect((await posts(visitor(), { lang: "ko", tag: "서버" })).items).toHaveLength(1);
  expect(tagKeyOf(" ../ ")).toBe("");
});

test("a tag that a post loses, and the last post that leaves, take the list with them", async () => {
  const { postId, text } = await newPost({ tags: ["잠깐", "오래"] });
  await update(me, { ...text, tags: ["오래"], postId, revision: 1 });
  expect((await posts(visitor(), { lang: "ko", tag: "잠깐" })).items).toHaveLength(1);
  await publish(me, { postId, revision: 2 });
  await expect(posts(visitor(), { lang: "ko", tag: "잠깐" })).rejects.toMatchObject({ code: "not_found" });
  expect((await posts(visitor(), { lang: "ko", tag: "오래" })).list?.count).toBe(1);
  await unpublish(me, { postId });
  await expect(posts(visitor(), { lang: "ko", tag: "오래" })).rejects.toMatchObject({ code: "not_found" });
});

test("a post that moves is found at its new address in every list, once", async () => {
  const { postId, text } = await newPost({ tags: ["이사"] });
  await update(me, { ...text, slug: "새-집", postId, revision: 1 });
  await publish(me, { postId, revision: 2 });
  const page = await posts(visitor(), { lang: "ko", tag: "이사" });
  expect(slugsOf(page)).toEqual(["새-집"]);
  expect(page.list?.count).toBe(1);
});

test("many posts of one tag that come and go at the same moment are counted right", async () => {
  const made = await Promise.all(Array.from({ length: 6 }, () => newPost({ tags: ["붐빔"] })));
  expect((await posts(visitor(), { lang: "ko", tag: "붐빔" })).list?.count).toBe(6);
  await Promise.all(made.slice(0, 4).map(({ postId }) => unpublish(me, { postId })));
  const page = await posts(visitor(), { lang: "ko", tag: "붐빔" });
  expect(page.list?.count).toBe(2);
  expect(page.items).toHaveLength(2);
});

test("a post may have as many tags as a draft takes, and exchange them all", async () => {
  const tags = Array.from({ length: mostTags }, (_, index) => `많음 ${index}`);
  const { postId, text } = await newPost({ tags, settings: { series: "많은 글" } });
  const others = tags.map((tag) => `${tag} 다시`);
  // With all else that a publication changes in the lists.
  const settings = { series: "다른 글", pinned: true };
  await update(me, { ...text, slug: "많은-태그", tags: others, settings, postId, revision: 1 });
  await publish(me, { postId, revision: 2 });
  expect((await posts(visitor(), { lang: "ko", tag: others.at(-1) ?? "" })).items).toHaveLength(1);
  await unpublish(me, { postId });
});

test("the list over all languages holds both, and every other list asks for a language", async () => {
  await newPost({ lang: "en", tags: ["both"] });
  await newPost({ tags: ["both"] });
  const langs = (await posts(visitor(), { limit: 50 })).items.map(({ lang }) => lang);
  expect(new Set(langs)).toEqual(new Set(["ko", "en"]));
  for (const filter of [{ tag: "both" }, { lang: "ko", tag: "both", month: "2026-11" }] as const)
    await expect(posts(visitor(), filter)).rejects.toMatchObject({ code: "invalid_input" });
});

test("a draft, and the draft of a translation, stand in no list, feed or address list, and count nowhere", async () => {
  const { postId } = await newPost({ tags: ["공개"] });
  const secret = { slug: "secret", title: "Secret", description: "", tags: ["공개"], markdown: "hidden" };
  await create(me, { lang: "en", ...secret, translationOf: postId });
  await create(me, { lang: "ko", ...secret });
  const core = visitor();
  const everything = JSON.stringify([
    await posts(core, { limit: 50 }),
    await posts(core, { lang: "ko", tag: "공개" }),
    await feed(core, {}),
    await all(core, { lang: "en", kind: "tag" }),
    await addresses(core, { lang: "ko", month: "2026-11" }),
    await addresses(core, { lang: "en", month: "2026-11" }),
  ]);
  expect(everything).not.toMatch(/secret|Secret|hidden/);
  expect((await posts(core, { lang: "ko", tag: "공개" })).list?.count).toBe(1);
});

test("a list shows how many comments each post has now", async () => {
  const { postId } = await newPost({ tags: ["말"] });
  await createComment(me, { postId, markdown: "하나" });
  const { items } = await posts(visitor(), { lang: "ko", tag: "말" });
  expect(items[0]?.commentCount).toBe(1);
});

test("a feed has the texts of its posts", async () => {
  const { text } = await newPost({ tags: ["먹이"] });
  const { items } = await feed(visitor(), { lang: "ko", tag: "먹이" });
  expect(items[0]?.html).toContain(text.markdown);
});

test("around a post are its neighbours in time and others of its tags, the nearest matter first", async () => {
  const at = async (hour: number, tags: string[]) => {
    now = new Date(Date.UTC(2027, 0, 1, hour));
    return (await newPost({ tags })).text.slug;
  };
  const one = await at(1, ["달", "별"]);
  const two = await at(2, ["달"]);
  const three = await at(3, ["달", "별"]);
  const four = await at(4, ["해"]);
  const seen = await around(visitor(), { lang: "ko", slug: three });
  expect(seen).toMatchObject({ newer: { slug: four }, older: { slug: two } });
  expect(seen.related.map(({ slug }) => slug)).toEqual([one, two]);
  expect(await around(visitor(), { lang: "ko", slug: four })).not.toHaveProperty("newer");
  const nowhere = around(visitor(), { lang: "ko", slug: "없음" });
  await expect(nowhere).rejects.toMatchObject({ code: "not_found" });
});

test("the addresses of a month name the languages in which each work is public", async () => {
  now = new Date("2028-03-05T00:00:00Z");
  const { postId, text } = await newPost();
  const english = { ...text, slug: "in-english", title: "In English", tags: [] };
  const draft = await create(me, { lang: "en", ...english, translationOf: postId });
  const read = async () => (await addresses(visitor(), { lang: "ko", month: "2028-03" })).items;
  expect(await read()).toMatchObject([{ slug: text.slug, translations: [] }]);
  await publish(me, { postId: draft.postId, revision: 1 });
  expect(await read()).toMatchObject([
    { translations: [{ lang: "en", slug: "in-english", title: "In English" }] },
  ]);
});

test("the list of a language is complete, newest first, without repeats, under equal timestamps", async () => {
  now = new Date("2030-11-21T09:00:00Z");
  const made: string[] = [];
  for (const [index, slug] of ["가", "나", "다", "라", "마"].entries()) {
    if (index === 3) now = new Date("2030-11-21T10:00:00Z");
    const text = { slug, title: slug, description: "", tags: [], markdown: slug };
    const { postId } = await create(me, { lang: "ko", ...text });
    await publish(me, { postId, revision: 1 });
    made.push(postId);
  }
  const english = { slug: "a", title: "a", description: "", tags: [], markdown: "a" };
  const { postId } = await create(me, { lang: "en", ...english });
  await publish(me, { postId, revision: 1 });

  for (const limit of [1, 2, 3, 5, 50]) {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await posts(visitor(), {
        lang: "ko",
        month: "2030-11",
        limit,
        ...(cursor ? { cursor } : {}),
      });
      expect(page.items.length).toBeGreaterThan(0);
      seen.push(...page.items.map((item) => item.postId));
      cursor = page.cursor;
    } while (cursor);
    const [older, newer] = [made.slice(0, 3), made.slice(3)];
    expect(seen).toEqual([...newer.sort().reverse(), ...older.sort().reverse()]);
  }
});

test("a series is read from its first part on, each part knowing the ones beside it", async () => {
  const written = [];
  for (const minute of [1, 2, 3]) {
    now = new Date(`2026-11-22T09:0${minute}:00Z`);
    written.push(await newPost({ settings: { series: "하루 만들기" } }));
  }
  const [first, second, third] = written.map(({ text }) => text.slug);
  const { list, parts } = await series(visitor(), { lang: "ko", name: "하루 만들기" });
  expect(parts.map(({ slug }) => slug)).toEqual([first, second, third]);
  expect(list).toMatchObject({ kind: "series", name: "하루-만들기", count: 3 });
  const beside = async (slug = "") => (await around(visitor(), { lang: "ko", slug })).series;
  expect(await beside(second)).toMatchObject({
    part: 2,
    count: 3,
    previous: { slug: first },
    next: { slug: third },
  });
  expect((await beside(first))?.previous).toBeUndefined();
  expect((await beside(third))?.next).toBeUndefined();
  expect((await feed(visitor(), { lang: "ko", series: "하루-만들기" })).items).toHaveLength(3);
  expect((await all(visitor(), { lang: "ko", kind: "series" })).items).toMatchObject([{ count: 3 }]);

  await unpublish(me, { postId: written[1]?.postId ?? "pst_" });
  expect(await beside(first)).toMatchObject({ count: 2, next: { slug: third } });
});

test("a series in which only drafts stand is none", async () => {
  const text = { slug: "연재-초안", title: "초안", description: "", tags: [], markdown: "" };
  await create(me, { lang: "ko", ...text, settings: { series: "비밀 연재" } });
  await expect(series(visitor(), { lang: "ko", name: "비밀-연재" })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(JSON.stringify(await all(visitor(), { lang: "ko", kind: "series" }))).not.toContain("비밀");
});

test("a page stands on its shelf and in no list, and a pinned post on its own beside the lists", async () => {
  const author = await newPerson(engine.table, { now: () => now });
  const page = await newPost({ tags: ["쪽"], settings: { kind: "page", pinned: true }, as: author });
  const pinned = await newPost({ tags: ["핀"], settings: { pinned: true }, as: author });
  const onShelf = async (shelf: "pinned" | "pages") => slugsOf(await posts(visitor(), { lang: "ko", shelf }));
  expect(await onShelf("pages")).toEqual([page.text.slug]);
  expect(await onShelf("pinned")).toEqual([pinned.text.slug]);
  expect(slugsOf(await posts(visitor(), { lang: "ko" }))).not.toContain(page.text.slug);
  expect(slugsOf(await feed(visitor(), { lang: "ko" }))).not.toContain(page.text.slug);
  await expect(posts(visitor(), { lang: "ko", tag: "쪽" })).rejects.toMatchObject({ code: "not_found" });
  expect(await around(visitor(), { lang: "ko", slug: page.text.slug })).toEqual({ related: [] });
  await unpublish(author, { postId: page.postId });
  expect(await onShelf("pages")).toEqual([]);
});

test("what is found by its address alone stands beside no other language and in no list of addresses", async () => {
  const { postId, text } = await newPost();
  const slug = "quiet-translation";
  const quiet = { slug, title: "Quiet", description: "", tags: [], markdown: "Quiet" };
  const settings = { unlisted: true };
  const other = await create(me, { lang: "en", ...quiet, settings, translationOf: postId });
  await publish(me, { postId: other.postId, revision: 1 });
  const named = async () => {
    const page = await addresses(visitor(), { lang: "ko", month: "2026-11" });
    const entry = page.items.find((item) => item.slug === text.slug);
    const { translations } = await read(visitor(), { lang: "ko", slug: text.slug });
    return [...translations, ...(entry?.translations ?? [])].map((each) => each.slug);
  };
  expect(await named()).toEqual([]);
  expect((await read(visitor(), { lang: "en", slug })).translations).toMatchObject([{ slug: text.slug }]);
  const listed = { ...quiet, settings: { unlisted: false }, postId: other.postId };
  await update(me, { ...listed, revision: 1 });
  await publish(me, { postId: other.postId, revision: 2 });
  expect(await named()).toEqual([slug, slug]);
  await update(me, { ...listed, settings, revision: 2 });
  await publish(me, { postId: other.postId, revision: 3 });
  expect(await named()).toEqual([]);
});
