import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import type { ActorCore } from "../core.ts";
import { listDrafts } from "./author-posts.ts";
import { create, readDraft, update } from "./draft.ts";
import { addresses, postContents, posts } from "./post.entity.ts";
import { publish } from "./publish.ts";

let engine: TestTable;
let me: ActorCore;
let stranger: ActorCore;
beforeAll(async () => {
  engine = await startTable();
  me = await newPerson(engine.table);
  stranger = await newPerson(engine.table);
});
afterAll(() => engine.stop());

let slugs = 0;
const text = () => ({
  slug: `글-${++slugs}`,
  title: "가을 아침",
  description: "짧은 글",
  tags: ["일기", "가을"],
  markdown: "# 아침\n\n하루의 시작.",
});
const newDraft = (core = me) => create(core, { lang: "ko", ...text() });
const isTaken = async (slug: string) => (await addresses(me).get({ lang: "ko", slug }).go()).data !== null;
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error) => error.code,
  );

test("a draft is read back as it was sent", async () => {
  const sent = text();
  const draft = await create(me, { lang: "ko", ...sent });
  expect(draft).toMatchObject({ lang: "ko", ...sent, state: "draft", revision: 1 });
  expect(await readDraft(me, { postId: draft.postId })).toEqual(draft);
});

test("a create that is sent twice at once under one key makes one post", async () => {
  const core = await newPerson(engine.table);
  const input = { lang: "ko" as const, ...text(), idempotencyKey: crypto.randomUUID() };
  const drafts = await Promise.all([create(core, input), create(core, input), create(core, input)]);
  expect(new Set(drafts.map(({ postId }) => postId)).size).toBe(1);
  expect((await listDrafts(core, {})).items).toHaveLength(1);
});

test("one key of two people is two keys", async () => {
  const idempotencyKey = crypto.randomUUID();
  const mine = await create(me, { lang: "ko", ...text(), idempotencyKey });
  const theirs = await create(stranger, { lang: "ko", ...text(), idempotencyKey });
  expect(theirs.postId).not.toBe(mine.postId);
});

test("a key is forgotten after a day, even while its row still stands", async () => {
  let now = new Date("2026-11-21T00:00:00Z");
  const core = await newPerson(engine.table, { now: () => now });
  const idempotencyKey = crypto.randomUUID();
  const first = await create(core, { lang: "ko", ...text(), idempotencyKey });
  now = new Date("2026-11-22T00:00:01Z");
  const second = await create(core, { lang: "ko", ...text(), idempotencyKey });
  expect(second.postId).not.toBe(first.postId);
});

test("a taken slug is a conflict and leaves nothing behind, not even the key", async () => {
  const { slug } = await newDraft();
  const core = await newPerson(engine.table);
  const idempotencyKey = crypto.randomUUID();
  const refused = create(core, { lang: "ko", ...text(), slug, idempotencyKey });
  await expect(refused).rejects.toMatchObject({ code: "conflict", fields: { slug: [expect.any(String)] } });
  expect((await listDrafts(core, {})).items).toEqual([]);
  await expect(create(core, { lang: "ko", ...text(), idempotencyKey })).resolves.toMatchObject({
    revision: 1,
  });
});

test("one slug of two people at the same moment goes to one of them", async () => {
  const sent = { lang: "ko" as const, ...text() };
  const outcomes = await Promise.all([codeOf(create(me, sent)), codeOf(create(stranger, sent))]);
  expect(outcomes.sort()).toEqual(["conflict", "done"]);
});

test("a slug of one language is free in the other", async () => {
  const sent = text();
  await create(me, { lang: "ko", ...sent });
  await expect(create(me, { lang: "en", ...sent })).resolves.toMatchObject({ lang: "en" });
});

test("a translation joins the work, once for each language", async () => {
  const { postId, workId } = await newDraft();
  const english = await create(me, { lang: "en", ...text(), translationOf: postId });
  expect(english.workId).toBe(workId);
  const again = create(me, { lang: "en", ...text(), translationOf: postId });
  await expect(again).rejects.toMatchObject({ code: "conflict", fields: { lang: [expect.any(String)] } });
});

test("nobody translates someone else's post", async () => {
  const { postId } = await newDraft();
  const theirs = create(stranger, { lang: "en", ...text(), translationOf: postId });
  await expect(theirs).rejects.toMatchObject({ code: "not_found" });
});

test("of two saves of one revision one wins and the other is told of the conflict", async () => {
  const { postId, slug } = await newDraft();
  const save = (title: string) => update(me, { ...text(), slug, title, postId, revision: 1 });
  const outcomes = await Promise.all([codeOf(save("하나")), codeOf(save("둘"))]);
  expect(outcomes.sort()).toEqual(["conflict", "done"]);
  const stored = await readDraft(me, { postId });
  expect(stored.revision).toBe(2);
});

test("a save whose acknowledgement got lost succeeds when it is sent again", async () => {
  const { postId } = await newDraft();
  const sent = { ...text(), postId, revision: 1 };
  const saved = await update(me, sent);
  expect(await update(me, sent)).toEqual(saved);
  await expect(update(me, { ...sent, title: "다른 제목" })).rejects.toMatchObject({ code: "conflict" });
});

test("a save onto a taken slug is a conflict and changes nothing", async () => {
  const { slug } = await newDraft(stranger);
  const before = await newDraft();
  const refused = update(me, { ...text(), slug, postId: before.postId, revision: 1 });
  await expect(refused).rejects.toMatchObject({ code: "conflict", fields: { slug: [expect.any(String)] } });
  expect(await readDraft(me, { postId: before.postId })).toEqual(before);
});

test("a draft that never was public gives its old slug back", async () => {
  const { postId, slug } = await newDraft();
  await update(me, { ...text(), postId, revision: 1 });
  expect(await isTaken(slug)).toBe(false);
  await expect(create(stranger, { lang: "ko", ...text(), slug })).resolves.toMatchObject({ slug });
});

test("a post that was public keeps its old slug, and may return to it", async () => {
  const { postId, slug } = await newDraft();
  await publish(me, { postId, revision: 1 });
  await update(me, { ...text(), postId, revision: 1 });
  await expect(create(stranger, { lang: "ko", ...text(), slug })).rejects.toMatchObject({ code: "conflict" });
  await expect(update(me, { ...text(), slug, postId, revision: 2 })).resolves.toMatchObject({ slug });
});

test("a save while the post is being published loses neither of the two", async () => {
  const { postId, slug } = await newDraft();
  const [published, saved] = await Promise.allSettled([
    publish(me, { postId, revision: 1 }),
    update(me, { ...text(), slug, postId, revision: 1 }),
  ]);
  const stored = await readDraft(me, { postId });
  expect(saved.status).toBe("fulfilled");
  expect(stored.revision).toBe(2);
  expect(stored.publishedRevision).toBe(published.status === "fulfilled" ? 1 : undefined);
});

test("the author's list is complete and in order over its pages, under equal timestamps", async () => {
  const now = new Date("2026-11-21T09:00:00Z");
  const core = await newPerson(engine.table, { now: () => now });
  const made = [];
  for (let index = 0; index < 7; index++) made.push((await newDraft(core)).postId);
  const seen: string[] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    const page = await listDrafts(core, { limit: 3, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map(({ postId }) => postId));
    cursor = page.cursor;
    pages++;
  } while (cursor);
  expect(seen).toEqual(made.sort().reverse());
  expect(pages).toBe(3);
});

test("a cursor of one author starts another author's list somewhere, and shows nothing of the first", async () => {
  const core = await newPerson(engine.table);
  await newDraft(core);
  await newDraft(core);
  const { cursor } = await listDrafts(core, { limit: 1 });
  const other = await newPerson(engine.table);
  expect(cursor).toBeDefined();
  expect((await listDrafts(other, { cursor: cursor ?? "" })).items).toEqual([]);
});

test.each([
  "",
  "nonsense",
  "e30",
  "bnVsbA",
  Buffer.from('{"updatedAt":"yesterday","postId":"x"}').toString("base64url"),
])("the forged cursor %j is refused", async (cursor) => {
  await expect(listDrafts(me, { cursor })).rejects.toMatchObject({
    code: "invalid_input",
    fields: { cursor: [expect.any(String)] },
  });
});

test("a text of the greatest length that hardly compresses is stored whole", async () => {
  // Letters with six bits of chance each: the most that Markdown of that size can need.
  const letters = Array.from({ length: 5 }, () => crypto.getRandomValues(new Uint8Array(60_000)));
  const markdown = letters
    .map((bytes) => String.fromCharCode(...bytes.map((byte) => 48 + (byte % 64))))
    .join("");
  expect(markdown).toHaveLength(300_000);
  const { postId } = await create(me, { lang: "ko", ...text(), markdown });
  expect((await readDraft(me, { postId })).markdown).toBe(markdown);
});

test("a reader between the two halves of a save is sent away rather than shown a mixture", async () => {
  const { postId } = await newDraft();
  await postContents(me).patch({ postId }).set({ revision: 2 }).go();
  await expect(readDraft(me, { postId })).rejects.toMatchObject({ code: "unavailable" });
});

test("a post row holds no text, so that lists stay cheap", async () => {
  const { postId } = await newDraft();
  const { data } = await posts(me).get({ postId }).go();
  expect(data).not.toHaveProperty("markdown");
});
