import { afterAll, beforeAll, expect, test } from "vitest";
import { interruptNext } from "../../test/interruption.ts";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import { type ActorCore, createCore } from "../core.ts";
import type { CommentId } from "../id.ts";
import { create as createPost, update } from "../post/draft.ts";
import { read } from "../post/post.ts";
import { publish, unpublish } from "../post/publish.ts";
import type { SiteSettings } from "../site/site.contract.ts";
import { read as readSite, update as updateSite } from "../site/site.ts";
import { commenters } from "./comment.entity.ts";
import { create, edit, list, preview, remove, report, source } from "./comment.ts";
import { ban, close, history, moderate, queue } from "./moderation.ts";

let engine: TestTable;
let author: ActorCore;
let reader: ActorCore;
beforeAll(async () => {
  engine = await startTable();
  author = await newPerson(engine.table);
  reader = await newTrusted("이독자");
});
afterAll(() => engine.stop());

/** A reader of whom a moderator let a comment through before. */
async function newTrusted(displayName: string): Promise<ActorCore> {
  const person = await newPerson(engine.table, { role: "reader", displayName });
  await commenters(person).put({ accountId: person.actor.accountId, approved: 1 }).go();
  return person;
}

let slugs = 0;
const draftOf = (slug: string) => ({ slug, title: "글", description: "", tags: [], markdown: "본문" });
async function newPost() {
  const { postId, slug } = await createPost(author, { lang: "ko", ...draftOf(`글-${++slugs}`) });
  await publish(author, { postId, revision: 1 });
  return { postId, slug };
}
const visitor = () => createCore({ table: engine.table, locale: "ko" });
const countOf = async (slug: string) => (await read(visitor(), { lang: "ko", slug })).commentCount;

test("a comment carries the person's name and safe HTML", async () => {
  const { postId, slug } = await newPost();
  const comment = await create(reader, { postId, markdown: "**좋은 글** <script>alert(1)</script>" });
  expect(comment).toMatchObject({ author: { displayName: "이독자", wrotePost: false } });
  expect(comment.html).toContain("<strong>좋은 글</strong>");
  expect(comment.html).not.toContain("<script");
  expect(await countOf(slug)).toBe(1);
});

test("threads stand oldest first, each answer in its own thread, over pages of every size", async () => {
  const { postId } = await newPost();
  const first = await create(reader, { postId, markdown: "하나" });
  const second = await create(reader, { postId, markdown: "둘" });
  const answer = await create(author, { postId, parentId: first.commentId, markdown: "하나의 답" });
  const other = await create(reader, { postId, parentId: first.commentId, markdown: "하나의 다른 답" });
  const expected = [first, answer, other, second];
  for (const limit of [1, 2, 3, 4, 50]) {
    const seen = [];
    let cursor: string | undefined;
    do {
      const page = await list(visitor(), { postId, limit, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items);
      cursor = page.cursor;
    } while (cursor);
    expect(seen).toEqual(expected);
  }
});

test("pages stay complete when DynamoDB ends an answer at 1 MB", async () => {
  const { postId } = await newPost();
  // Each token is highlighted: close to the most that one comment may hold.
  const markdown = `\`\`\`js\n${"1+".repeat(2_200)}\n\`\`\``;
  const made = [];
  for (let index = 0; index < 14; index++) made.push((await create(reader, { postId, markdown })).commentId);
  const seen: CommentId[] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    const page = await list(visitor(), { postId, limit: 50, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map(({ commentId }) => commentId));
    cursor = page.cursor;
    pages++;
  } while (cursor);
  expect(seen).toEqual(made);
  expect(pages).toBeGreaterThan(1);
});

test("a comment whose HTML outgrows its item is too large, and nothing is counted", async () => {
  const { postId, slug } = await newPost();
  const markdown = `\`\`\`js\n${"1+".repeat(3_900)}\n\`\`\``;
  await expect(create(reader, { postId, markdown })).rejects.toMatchObject({ code: "too_large" });
  expect(await countOf(slug)).toBe(0);
});

test("an answer to an answer, to a missing comment and to another post's comment is refused, and nothing is counted", async () => {
  const { postId, slug } = await newPost();
  const elsewhere = await create(reader, { postId: (await newPost()).postId, markdown: "다른 글" });
  const first = await create(reader, { postId, markdown: "하나" });
  const answer = await create(reader, { postId, parentId: first.commentId, markdown: "답" });
  const missing = `cmt_${"0".repeat(26)}` as const;
  for (const parentId of [answer.commentId, missing, elsewhere.commentId])
    await expect(create(reader, { postId, parentId, markdown: "답의 답" })).rejects.toMatchObject({
      code: "unprocessable",
      fields: { parentId: [expect.any(String)] },
    });
  expect(await countOf(slug)).toBe(2);
});

test("of a comment and the post's leaving the site, the comment is counted or refused", async () => {
  const { postId, slug } = await newPost();
  const [comment] = await Promise.allSettled([
    create(reader, { postId, markdown: "늦은 댓글" }),
    unpublish(author, { postId }),
  ]);
  await expect(list(visitor(), { postId })).rejects.toMatchObject({ code: "not_found" });
  await publish(author, { postId, revision: 1 });
  const { items } = await list(visitor(), { postId });
  expect(items).toHaveLength(comment.status === "fulfilled" ? 1 : 0);
  expect(await countOf(slug)).toBe(items.length);
});

test("many comments at the same moment are all kept and all counted", async () => {
  const { postId, slug } = await newPost();
  const all = Array.from({ length: 12 }, (_, index) => create(reader, { postId, markdown: `댓글 ${index}` }));
  await Promise.all(all);
  expect(await countOf(slug)).toBe(12);
  expect((await list(visitor(), { postId })).items).toHaveLength(12);
});

test("the newest thread comes first when asked, each thread in its own order, over pages of every size", async () => {
  const { postId } = await newPost();
  const first = await create(reader, { postId, markdown: "하나" });
  const second = await create(reader, { postId, markdown: "둘" });
  const answers = [];
  for (const markdown of ["답 1", "답 2", "답 3"])
    answers.push((await create(author, { postId, parentId: first.commentId, markdown })).commentId);
  for (const limit of [1, 2, 3, 50]) {
    const seen = new Set<CommentId>();
    let cursor: string | undefined;
    do {
      const page = await list(visitor(), { postId, order: "newest", limit, ...(cursor ? { cursor } : {}) });
      for (const { commentId, parentId } of page.items) {
        // No answer comes before what it answers.
        if (parentId) expect(seen).toContain(parentId);
        seen.add(commentId);
      }
      cursor = page.cursor;
    } while (cursor);
    expect(seen).toEqual(new Set([second.commentId, first.commentId, ...answers]));
    expect([...seen][0]).toBe(second.commentId);
  }
});

test("a person's first comment waits, is in no list and no count, and the next one does not wait once it was let through", async () => {
  const { postId, slug } = await newPost();
  const newcomer = await newPerson(engine.table, { role: "reader" });
  const { commentId, isWaiting } = await create(newcomer, { postId, markdown: "처음 뵙겠습니다" });
  expect(isWaiting).toBe(true);
  expect((await list(visitor(), { postId })).items).toEqual([]);
  expect(await countOf(slug)).toBe(0);
  expect((await queue(author, { queue: "waiting" })).items).toMatchObject([{ commentId, post: { slug } }]);
  for (let twice = 0; twice < 2; twice++) await moderate(author, { postId, commentId, action: "approve" });
  expect((await list(visitor(), { postId })).items).toMatchObject([{ commentId, isWaiting: false }]);
  expect(await countOf(slug)).toBe(1);
  expect((await queue(author, { queue: "waiting" })).items).toEqual([]);
  expect(await create(newcomer, { postId, markdown: "또 왔습니다" })).toMatchObject({ isWaiting: false });
});

test("a comment with many links waits whoever wrote it, except an author, and so does an edit that adds them", async () => {
  const { postId, slug } = await newPost();
  const markdown = [1, 2, 3].map((page) => `https://example.com/${page}`).join(" ");
  expect(await create(reader, { postId, markdown })).toMatchObject({ isWaiting: true });
  expect(await create(author, { postId, markdown })).toMatchObject({ isWaiting: false });
  const { commentId } = await create(reader, { postId, markdown: "평범한 말" });
  expect(await edit(reader, { postId, commentId, revision: 1, markdown })).toMatchObject({ isWaiting: true });
  expect(await countOf(slug)).toBe(1);
});

test("only who wrote the post, and admins, moderate its comments; to others they are not there", async () => {
  const { postId } = await newPost();
  const newcomer = await newPerson(engine.table, { role: "reader" });
  const { commentId } = await create(newcomer, { postId, markdown: "안녕하세요" });
  const stranger = await newPerson(engine.table);
  const refused = moderate(stranger, { postId, commentId, action: "approve" });
  await expect(refused).rejects.toMatchObject({ code: "not_found" });
  expect((await queue(stranger, { queue: "waiting" })).items).toEqual([]);
  const admin = await newPerson(engine.table, { role: "admin" });
  const waiting = (await queue(admin, { queue: "waiting", limit: 50 })).items;
  expect(waiting.map((item) => item.commentId)).toContain(commentId);
  await moderate(admin, { postId, commentId, action: "hide" });
  expect((await queue(author, { queue: "hidden" })).items.map((item) => item.commentId)).toContain(commentId);
});

test("an edit is marked, keeps what was said for moderators, and is one edit when it is sent twice", async () => {
  const { postId } = await newPost();
  const { commentId } = await create(reader, { postId, markdown: "처음" });
  expect(await source(reader, { postId, commentId })).toEqual({ markdown: "처음", revision: 1 });
  const change = { postId, commentId, revision: 1, markdown: "**나중**" };
  const edited = await edit(reader, change);
  expect(edited).toMatchObject({ revision: 2, editedAt: expect.any(String) });
  expect(edited.html).toContain("<strong>나중</strong>");
  expect(await edit(reader, change)).toEqual(edited);
  await expect(edit(reader, { ...change, markdown: "다른" })).rejects.toMatchObject({ code: "conflict" });
  expect((await history(author, { postId, commentId })).items).toMatchObject([
    { revision: 1, markdown: "처음" },
  ]);
  for (const act of [
    () => edit(author, { ...change, revision: 2 }),
    () => source(author, { postId, commentId }),
    () => remove(author, { postId, commentId }),
  ])
    await expect(act()).rejects.toMatchObject({ code: "not_found" });
});

test("what happens to a comment while somebody acts on it is not undone by that", async () => {
  const { postId } = await newPost();
  const newcomer = await newPerson(engine.table, { role: "reader" });
  const waiting = await create(newcomer, { postId, markdown: "처음 말" });
  const which = { postId, commentId: waiting.commentId };
  const hide = () => moderate(author, { ...which, action: "hide" });
  await interruptNext(
    engine.table,
    () => expect(hide()).rejects.toMatchObject({ code: "unprocessable" }),
    async () => void (await edit(newcomer, { ...which, revision: 1, markdown: "고친 말" })),
  );
  const [waits] = (await queue(author, { queue: "waiting" })).items;
  expect(waits).toMatchObject({ commentId: waiting.commentId, revision: 2 });
  expect(waits?.html).toContain("고친 말");

  // Deleted while it is let through, it is no more.
  await interruptNext(
    engine.table,
    async () => expect(await remove(newcomer, which)).toEqual({ leavesPlace: false }),
    async () => void (await moderate(author, { ...which, action: "approve" })),
  );
  expect((await list(visitor(), { postId })).items).toEqual([]);

  // Hidden while it is reported, nobody is asked to look at the place that it left.
  const answered = await create(reader, { postId, markdown: "말" });
  const { commentId } = answered;
  await create(author, { postId, parentId: commentId, markdown: "답" });
  await interruptNext(
    engine.table,
    () =>
      expect(report(author, { postId, commentId, reason: "" })).rejects.toMatchObject({ code: "not_found" }),
    async () => void (await moderate(author, { postId, commentId, action: "hide" })),
  );
  expect((await queue(author, { queue: "reported" })).items).toEqual([]);
});

test("a deleted comment leaves nothing, or a bare place while it is answered, which goes with its last answer", async () => {
  const { postId, slug } = await newPost();
  const alone = await create(reader, { postId, markdown: "혼자" });
  expect(await remove(reader, { postId, commentId: alone.commentId })).toEqual({ leavesPlace: false });
  const first = await create(reader, { postId, markdown: "비밀 이야기" });
  const answer = await create(author, { postId, parentId: first.commentId, markdown: "답" });
  expect(await remove(reader, { postId, commentId: first.commentId })).toEqual({ leavesPlace: true });
  const { items } = await list(visitor(), { postId });
  expect(items).toMatchObject([{ commentId: first.commentId, html: "" }, { commentId: answer.commentId }]);
  expect(items[0]).not.toHaveProperty("author");
  expect(JSON.stringify(items)).not.toMatch(/비밀|이독자/);
  expect(await countOf(slug)).toBe(1);
  const late = create(author, { postId, parentId: first.commentId, markdown: "늦은 답" });
  await expect(late).rejects.toMatchObject({ code: "unprocessable" });
  await remove(author, { postId, commentId: answer.commentId, parentId: first.commentId });
  expect((await list(visitor(), { postId })).items).toEqual([]);
  expect(await countOf(slug)).toBe(0);
});

test("a hidden comment comes back whole, with the answers that stand under it", async () => {
  const { postId, slug } = await newPost();
  const { commentId } = await create(reader, { postId, markdown: "의견" });
  const answer = await create(author, { postId, parentId: commentId, markdown: "답" });
  const before = await list(visitor(), { postId });
  await moderate(author, { postId, commentId, action: "hide" });
  expect((await list(visitor(), { postId })).items[0]).not.toHaveProperty("author");
  await expect(source(reader, { postId, commentId })).rejects.toMatchObject({ code: "not_found" });
  await moderate(author, { postId, commentId, action: "approve" });
  expect(await list(visitor(), { postId })).toEqual(before);
  expect(await countOf(slug)).toBe(2);
  expect(before.items[1]?.commentId).toBe(answer.commentId);
});

test("a report brings a comment before the moderators, once for each person, and approving it clears the reports", async () => {
  const { postId } = await newPost();
  const { commentId } = await create(reader, { postId, markdown: "거친 말" });
  const other = await newTrusted("박이웃");
  for (const person of [other, other, author]) await report(person, { postId, commentId, reason: "무례함" });
  const [item] = (await queue(author, { queue: "reported" })).items;
  expect(item).toMatchObject({ commentId, reports: 2 });
  expect((await list(visitor(), { postId })).items).toHaveLength(1);
  await moderate(author, { postId, commentId, action: "approve" });
  expect((await queue(author, { queue: "reported" })).items).toEqual([]);
});

test("a post whose comments are closed takes none, says so, and stays closed when it is published anew", async () => {
  const { postId, slug } = await newPost();
  await close(author, { postId, isClosed: true });
  const late = create(reader, { postId, markdown: "늦었나요" });
  await expect(late).rejects.toMatchObject({ code: "unprocessable" });
  await update(author, { ...draftOf(slug), postId, revision: 1 });
  await publish(author, { postId, revision: 2 });
  expect(await list(visitor(), { postId })).toEqual({ items: [], isClosed: true });
  await close(author, { postId, isClosed: false });
  await create(reader, { postId, markdown: "다시 열렸네요" });
  const stranger = await newPerson(engine.table);
  await expect(close(stranger, { postId, isClosed: true })).rejects.toMatchObject({ code: "not_found" });
});

test("a preview is what the comment will be", async () => {
  const { postId } = await newPost();
  const markdown = "**하나** <b>둘</b> [셋](https://example.com)";
  const { html } = await preview(reader, { markdown });
  expect((await create(reader, { postId, markdown })).html).toBe(html);
});

test("an answer that is sent twice under one key stands and counts once", async () => {
  const { postId, slug } = await newPost();
  const { commentId: parentId } = await create(reader, { postId, markdown: "하나" });
  const sent = { postId, parentId, markdown: "답", idempotencyKey: crypto.randomUUID() };
  const [first, again] = await Promise.all([create(author, sent), create(author, sent)]);
  expect(again).toEqual(first);
  expect(await countOf(slug)).toBe(2);
  const other = create(author, { ...sent, markdown: "다른 답" });
  await expect(other).rejects.toMatchObject({ code: "idempotency_mismatch" });
});

test("who was banned writes and changes nothing, in the words of the site, until let again", async () => {
  const { postId } = await newPost();
  const guest = await newTrusted("손님");
  const admin = await newPerson(engine.table, { role: "admin" });
  const { commentId } = await create(guest, { postId, markdown: "먼저 쓴 말" });
  const { accountId } = guest.actor;
  await ban(admin, { accountId, isBanned: true });
  await ban(admin, { accountId, isBanned: true });
  const refusal = { code: "unprocessable", specificMessage: expect.stringContaining("막았습니다") };
  await expect(create(guest, { postId, markdown: "또" })).rejects.toMatchObject(refusal);
  const change = { postId, commentId, revision: 1, markdown: "바꾼 말" };
  await expect(edit(guest, change)).rejects.toMatchObject(refusal);
  await report(reader, { postId, commentId, reason: "광고" });
  const { items } = await queue(author, { queue: "reported" });
  expect(items.find((item) => item.commentId === commentId)).toMatchObject({ isBanned: true });

  await ban(admin, { accountId, isBanned: false });
  await expect(edit(guest, change)).resolves.toMatchObject({ revision: 2 });
  await expect(create(guest, { postId, markdown: "다시" })).resolves.toMatchObject({ isWaiting: false });
});

test("the site's policy says whose comments wait and when posts take none any more", async () => {
  const admin = await newPerson(engine.table, { role: "admin" });
  const known = await newTrusted("아는 사람");
  const newcomer = await newPerson(engine.table, { role: "reader" });
  const { postId } = await newPost();
  const words = { title: "", description: "", navigation: [] };
  const site = { words: { ko: words, en: words }, socialLinks: [], defaultLocale: "ko" } as const;
  const decide = async (comments: SiteSettings["comments"]) => {
    const { revision } = await readSite(admin, {});
    await updateSite(admin, { ...site, socialLinks: [], comments, revision });
  };
  const waits = async (core: ActorCore) => (await create(core, { postId, markdown: "글" })).isWaiting;

  await decide({ approval: "all", closeAfterDays: 0 });
  expect([await waits(known), await waits(author)]).toEqual([true, false]);
  // What was let through says what a moderator read, and nothing else.
  const { commentId } = await create(known, { postId, markdown: "좋은 글" });
  await moderate(author, { postId, commentId, action: "approve" });
  expect((await edit(known, { postId, commentId, revision: 1, markdown: "광고" })).isWaiting).toBe(true);
  expect(JSON.stringify(await list(visitor(), { postId }))).not.toContain("광고");
  await decide({ approval: "none", closeAfterDays: 0 });
  expect(await waits(newcomer)).toBe(false);

  await decide({ approval: "first", closeAfterDays: 7 });
  const later = (days: number) => ({ ...known, now: () => new Date(Date.now() + days * 86_400_000) });
  await create(later(6), { postId, markdown: "아직" });
  await expect(create(later(8), { postId, markdown: "늦은 글" })).rejects.toMatchObject({
    code: "unprocessable",
  });
  expect((await list(later(8), { postId })).isClosed).toBe(true);
  expect((await list(visitor(), { postId })).isClosed).toBe(false);
  await decide({ approval: "first", closeAfterDays: 0 });
});

test("a page takes no comments", async () => {
  const draft = draftOf(`쪽-${++slugs}`);
  const { postId } = await createPost(author, { lang: "ko", ...draft, settings: { kind: "page" } });
  await publish(author, { postId, revision: 1 });
  await expect(create(reader, { postId, markdown: "글" })).rejects.toMatchObject({ code: "unprocessable" });
  expect((await list(visitor(), { postId })).isClosed).toBe(true);
});
