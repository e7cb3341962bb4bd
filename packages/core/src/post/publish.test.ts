import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import { create as createComment, list as listComments } from "../comment/comment.ts";
import { type ActorCore, createCore } from "../core.ts";
import { posts } from "../list/list.ts";
import { commit } from "../transaction.ts";
import { create, update } from "./draft.ts";
import { read } from "./post.ts";
import { closeToReaders, publish, unpublish } from "./publish.ts";
import { publishedPosts } from "./published-post.entity.ts";

let engine: TestTable;
let me: ActorCore;
beforeAll(async () => {
  engine = await startTable();
  me = await newPerson(engine.table, { displayName: "김하루" });
});
afterAll(() => engine.stop());

let slugs = 0;
const text = () => ({
  slug: `글-${++slugs}`,
  title: "가을 아침",
  description: "",
  tags: ["일기"],
  markdown: "## 아침\n\n하루의 시작.",
});
const newDraft = () => create(me, { lang: "ko", ...text() });
const visitor = () => createCore({ table: engine.table, locale: "ko" });
const readAs = (slug: string) => read(visitor(), { lang: "ko", slug });

test("readers see what was published, under the author's name", async () => {
  const { postId, slug } = await newDraft();
  expect(await publish(me, { postId, revision: 1 })).toMatchObject({
    state: "published",
    publishedRevision: 1,
  });
  expect(await readAs(slug)).toMatchObject({
    postId,
    title: "가을 아침",
    author: { accountId: me.actor.accountId, displayName: "김하루" },
    headings: [{ level: 2, text: "아침" }],
    commentCount: 0,
    translations: [],
  });
});

test("a description that the author left empty is the beginning of the text", async () => {
  const { postId, slug } = await newDraft();
  await publish(me, { postId, revision: 1 });
  expect((await readAs(slug)).description).toContain("하루의 시작.");
});

test("a draft is at no address and in no list that readers have", async () => {
  const { postId, slug } = await newDraft();
  await expect(readAs(slug)).rejects.toMatchObject({ code: "not_found" });
  await expect(listComments(visitor(), { postId })).rejects.toMatchObject({ code: "not_found" });
  const { items } = await posts(visitor(), { lang: "ko", limit: 50 });
  expect(items.map((item) => item.postId)).not.toContain(postId);
});

test("a save of a published post changes nothing that readers see until it is published", async () => {
  const { postId, slug } = await newDraft();
  await publish(me, { postId, revision: 1 });
  const before = await readAs(slug);
  await update(me, { ...text(), slug, title: "몰래", markdown: "비밀", postId, revision: 1 });
  expect(await readAs(slug)).toEqual(before);
  await publish(me, { postId, revision: 2 });
  expect(await readAs(slug)).toMatchObject({ title: "몰래", publishedAt: before.publishedAt });
});

test("publishing what is published changes nothing", async () => {
  const { postId, slug } = await newDraft();
  const first = await publish(me, { postId, revision: 1 });
  const page = await readAs(slug);
  expect(await publish(me, { postId, revision: 1 })).toEqual(first);
  expect(await readAs(slug)).toEqual(page);
});

test("publishing twice at the same moment publishes once", async () => {
  const { postId, slug } = await newDraft();
  const both = await Promise.all([
    publish(me, { postId, revision: 1 }),
    publish(me, { postId, revision: 1 }),
  ]);
  expect(both[0]).toEqual(both[1]);
  expect(await readAs(slug)).toMatchObject({ postId });
});

test("publishing an older revision than the stored one is a conflict", async () => {
  const { postId, slug } = await newDraft();
  await update(me, { ...text(), slug, postId, revision: 1 });
  await expect(publish(me, { postId, revision: 1 })).rejects.toMatchObject({ code: "conflict" });
});

test("a post taken off the site is gone for readers and stays with its author; twice is once", async () => {
  const { postId, slug } = await newDraft();
  await publish(me, { postId, revision: 1 });
  const draft = await unpublish(me, { postId });
  expect(draft).toMatchObject({ state: "draft", revision: 1 });
  expect(draft).not.toHaveProperty("publishedRevision");
  expect(await unpublish(me, { postId })).toEqual(draft);
  await expect(readAs(slug)).rejects.toMatchObject({ code: "not_found" });
});

test("a post that moves is found from its old address, and its date and comments move with it", async () => {
  const { postId, slug } = await newDraft();
  const { publishedAt } = await publish(me, { postId, revision: 1 });
  await createComment(me, { postId, markdown: "첫 댓글" });
  const moved = text();
  await update(me, { ...moved, postId, revision: 1 });
  await publish(me, { postId, revision: 2 });
  expect(await readAs(moved.slug)).toMatchObject({ slug: moved.slug, publishedAt, commentCount: 1 });
  expect(await readAs(slug)).toEqual(await readAs(moved.slug));
});

test("every earlier address leads to where the post is now, also when it returns to one of them", async () => {
  const { postId, slug: first } = await newDraft();
  await publish(me, { postId, revision: 1 });
  const [second, third] = [text().slug, text().slug];
  for (const [index, slug] of [second, third, first, third].entries()) {
    await update(me, { ...text(), slug, postId, revision: index + 1 });
    await publish(me, { postId, revision: index + 2 });
  }
  for (const slug of [first, second, third]) expect(await readAs(slug)).toMatchObject({ slug: third });
});

test("an address that only a draft has answers as one that nobody has", async () => {
  const { postId, slug } = await newDraft();
  await publish(me, { postId, revision: 1 });
  const next = text();
  await update(me, { ...next, postId, revision: 1 });
  await expect(readAs(next.slug)).rejects.toMatchObject({ code: "not_found" });
  expect(await readAs(slug)).toMatchObject({ postId });
});

test("every address of a post that was deleted says that it is gone", async () => {
  const { postId, slug } = await newDraft();
  await publish(me, { postId, revision: 1 });
  const next = text();
  await update(me, { ...next, postId, revision: 1 });
  await publish(me, { postId, revision: 2 });
  const { data } = await publishedPosts(me).get({ lang: "ko", slug: next.slug }).go();
  if (!data) throw new Error("The snapshot is missing.");
  await commit(me, await closeToReaders(me, data, "deleted"));
  for (const address of [slug, next.slug])
    await expect(readAs(address)).rejects.toMatchObject({ code: "gone" });
});

test("a post that returns to the site has its date and its comments again", async () => {
  const { postId, slug } = await newDraft();
  const { publishedAt } = await publish(me, { postId, revision: 1 });
  await createComment(me, { postId, markdown: "첫 댓글" });
  await unpublish(me, { postId });
  await publish(me, { postId, revision: 1 });
  expect(await readAs(slug)).toMatchObject({ publishedAt, commentCount: 1 });
});

test("no comment is lost from the count while the post is published again and again", async () => {
  const { postId, slug } = await newDraft();
  await publish(me, { postId, revision: 1 });
  const comments = Array.from({ length: 6 }, (_, index) =>
    createComment(me, { postId, markdown: `댓글 ${index}` }),
  );
  const author = (async () => {
    for (const revision of [1, 2]) {
      await update(me, { ...text(), slug, postId, revision });
      await publish(me, { postId, revision: revision + 1 });
    }
  })();
  await Promise.all([...comments, author]);
  expect((await readAs(slug)).commentCount).toBe(6);
  expect((await listComments(visitor(), { postId })).items).toHaveLength(6);
});

test("the languages of a work name each other while both are published", async () => {
  const korean = await newDraft();
  const english = await create(me, { lang: "en", ...text(), title: "Morning", translationOf: korean.postId });
  await publish(me, { postId: korean.postId, revision: 1 });
  expect((await readAs(korean.slug)).translations).toEqual([]);
  await publish(me, { postId: english.postId, revision: 1 });
  expect((await readAs(korean.slug)).translations).toEqual([
    { lang: "en", slug: english.slug, title: "Morning" },
  ]);
});
