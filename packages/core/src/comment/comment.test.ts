import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import { type ActorCore, createCore } from "../core.ts";
import type { CommentId } from "../id.ts";
import { create as createPost } from "../post/draft.ts";
import { read } from "../post/post.ts";
import { publish, unpublish } from "../post/publish.ts";
import { create, list } from "./comment.ts";

let engine: TestTable;
let author: ActorCore;
let reader: ActorCore;
beforeAll(async () => {
  engine = await startTable();
  author = await newPerson(engine.table);
  reader = await newPerson(engine.table, { role: "reader", displayName: "이독자" });
});
afterAll(() => engine.stop());

let slugs = 0;
async function newPost() {
  const text = { slug: `글-${++slugs}`, title: "글", description: "", tags: [], markdown: "본문" };
  const { postId, slug } = await createPost(author, { lang: "ko", ...text });
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
