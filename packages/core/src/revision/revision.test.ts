import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import type { ActorCore } from "../core.ts";
import { create, readDraft, update } from "../post/draft.ts";
import { read as readPost } from "../post/post.ts";
import { publish } from "../post/publish.ts";
import { list, read, restore } from "./revision.ts";

let engine: TestTable;
let me: ActorCore;
let stranger: ActorCore;
let now: Date;
const pass = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
beforeAll(async () => {
  engine = await startTable();
  now = new Date("2026-11-21T00:00:00.000Z");
  me = await newPerson(engine.table, { now: () => now });
  stranger = await newPerson(engine.table, { now: () => now });
});
afterAll(() => engine.stop());
beforeEach(() => {
  now = new Date("2026-11-21T00:00:00.000Z");
});

let slugs = 0;
const fields = { title: "아침", description: "", tags: ["일기"], markdown: "하나" };
const newDraft = () => create(me, { lang: "ko", ...fields, slug: `판-${++slugs}` });
const kept = async (postId: `pst_${string}`) =>
  (await list(me, { postId })).items.map(({ revision, reason }) => [revision, reason]);

test("while somebody writes, a state is kept every ten minutes and not with every save", async () => {
  const { postId, slug } = await newDraft();
  for (let revision = 1; revision <= 30; revision++) {
    pass(1);
    await update(me, { ...fields, slug, markdown: `${revision}`, postId, revision });
  }
  expect(await kept(postId)).toEqual([
    [30, "writing"],
    [20, "writing"],
    [10, "writing"],
  ]);
  expect(await read(me, { postId, revision: 20 })).toMatchObject({ markdown: "19", slug });
});

test("what readers saw is kept for as long as the post", async () => {
  const { postId, slug } = await newDraft();
  await publish(me, { postId, revision: 1 });
  await update(me, { ...fields, slug, markdown: "둘", postId, revision: 1 });
  pass(365 * 24 * 60);
  expect(await kept(postId)).toEqual([[1, "published"]]);
  expect(await read(me, { postId, revision: 1 })).toMatchObject({ markdown: "하나" });
});

test("what was only written is kept for half a year", async () => {
  const { postId, slug } = await newDraft();
  pass(11);
  await update(me, { ...fields, slug, markdown: "둘", postId, revision: 1 });
  expect(await kept(postId)).toEqual([[1, "writing"]]);
  pass(181 * 24 * 60);
  expect(await kept(postId)).toEqual([]);
  await expect(read(me, { postId, revision: 1 })).rejects.toMatchObject({ code: "not_found" });
});

test("restoring makes a draft, publishes nothing, and can itself be undone", async () => {
  const { postId, slug } = await newDraft();
  await publish(me, { postId, revision: 1 });
  await update(me, { ...fields, slug, title: "저녁", markdown: "둘", postId, revision: 1 });
  await publish(me, { postId, revision: 2 });
  await update(me, { ...fields, slug, title: "밤", markdown: "셋", postId, revision: 2 });
  const restored = await restore(me, { postId, revision: 1, over: 3 });
  expect(restored).toMatchObject({ title: "아침", markdown: "하나", revision: 4, publishedRevision: 2 });
  expect(await readDraft(me, { postId })).toEqual(restored);
  expect(await readPost(me, { lang: "ko", slug })).toMatchObject({ title: "저녁" });
  expect(await restore(me, { postId, revision: 3, over: 4 })).toMatchObject({ title: "밤", markdown: "셋" });
});

test("restoring over a draft that was saved elsewhere is a conflict", async () => {
  const { postId, slug } = await newDraft();
  await publish(me, { postId, revision: 1 });
  await update(me, { ...fields, slug, markdown: "둘", postId, revision: 1 });
  await expect(restore(me, { postId, revision: 1, over: 1 })).rejects.toMatchObject({ code: "conflict" });
});

test("someone else's revisions are as those of a missing post", async () => {
  const { postId } = await newDraft();
  await publish(me, { postId, revision: 1 });
  await expect(list(stranger, { postId })).rejects.toMatchObject({ code: "not_found" });
  await expect(read(stranger, { postId, revision: 1 })).rejects.toMatchObject({ code: "not_found" });
  await expect(restore(stranger, { postId, revision: 1, over: 1 })).rejects.toMatchObject({
    code: "not_found",
  });
});
