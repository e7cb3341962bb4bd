import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import { type ActorCore, createCore } from "../core.ts";
import { create as createDraft, update } from "../post/draft.ts";
import { remove } from "../post/remove.ts";
import { create, list, open, withdraw } from "./preview-link.ts";

let engine: TestTable;
let me: ActorCore;
let stranger: ActorCore;
let now: Date;
beforeAll(async () => {
  engine = await startTable();
  now = new Date();
  me = await newPerson(engine.table, { now: () => now, displayName: "김하루" });
  stranger = await newPerson(engine.table, { now: () => now });
});
afterAll(() => engine.stop());
beforeEach(() => {
  now = new Date("2026-11-21T00:00:00.000Z");
});

let slugs = 0;
const text = { title: "초안", description: "", tags: [], markdown: "**공지(중요)**를 읽다." };
const newDraft = () => createDraft(me, { lang: "ko", ...text, slug: `미리-${++slugs}` });
const visitor = () => createCore({ table: engine.table, locale: "ko", now: () => now });

test("whoever has the address reads the draft as it is now", async () => {
  const { postId, slug } = await newDraft();
  const { token } = await create(me, { postId, days: 7 });
  expect((await open(visitor(), { postId, token })).html).toContain("<strong>공지(중요)</strong>를");
  await update(me, { ...text, slug, markdown: "고침", postId, revision: 1 });
  expect(await open(visitor(), { postId, token })).toMatchObject({
    html: "<p>고침</p>\n",
    author: { displayName: "김하루" },
    expiresAt: "2026-11-28T00:00:00.000Z",
  });
});

test("an address ends after its days, even while its row still stands", async () => {
  const { postId } = await newDraft();
  const { token } = await create(me, { postId, days: 1 });
  now = new Date("2026-11-22T00:00:00.000Z");
  await expect(open(visitor(), { postId, token })).rejects.toMatchObject({ code: "not_found" });
  expect(await list(me, { postId })).toEqual({ items: [] });
});

test("a withdrawn address ends at once; withdrawing it twice is no error", async () => {
  const { postId } = await newDraft();
  const { token } = await create(me, { postId, days: 30 });
  const other = await create(me, { postId, days: 30 });
  expect(await withdraw(me, { postId, token })).toEqual({ items: [other] });
  expect(await withdraw(me, { postId, token })).toEqual({ items: [other] });
  await expect(open(visitor(), { postId, token })).rejects.toMatchObject({ code: "not_found" });
});

test("an address leads to its own post and to no other", async () => {
  const { postId } = await newDraft();
  const other = await newDraft();
  const { token } = await create(me, { postId, days: 1 });
  await expect(open(visitor(), { postId: other.postId, token })).rejects.toMatchObject({ code: "not_found" });
});

test("a deleted draft is at no address", async () => {
  const { postId } = await newDraft();
  const { token } = await create(me, { postId, days: 1 });
  await remove(me, { postId });
  await expect(open(visitor(), { postId, token })).rejects.toMatchObject({ code: "not_found" });
});

test("nobody makes, sees or withdraws the addresses of someone else's post", async () => {
  const { postId } = await newDraft();
  const { token } = await create(me, { postId, days: 1 });
  for (const attempt of [
    () => create(stranger, { postId, days: 1 }),
    () => list(stranger, { postId }),
    () => withdraw(stranger, { postId, token }),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
  expect((await list(me, { postId })).items).toHaveLength(1);
});

test("a post has at most twenty addresses at a time", async () => {
  const { postId } = await newDraft();
  for (let index = 0; index < 20; index++) await create(me, { postId, days: 1 });
  await expect(create(me, { postId, days: 1 })).rejects.toMatchObject({ code: "conflict" });
});
