import { commentContract } from "@haru/core/comment/comment.contract";
import { commenters } from "@haru/core/comment/comment.entity";
import { postContract } from "@haru/core/post/post.contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type Person } from "../test/call.ts";
import { newPerson, startLinkedTable } from "../test/services.ts";
import { handler } from "./comment.ts";
import { coreFor } from "./core.ts";
import { handler as postHandler } from "./post.ts";

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
let author: Person;
let reader: Person;
let postId: string;
let draftId: string;
beforeAll(async () => {
  engine = await startLinkedTable();
  author = await newPerson("author");
  reader = await newPerson("reader");
  // A moderator let a comment of theirs through before.
  await commenters(coreFor("ko")).put({ accountId: reader.accountId, approved: 1 }).go();
  draftId = await newDraft("draft");
  postId = await newDraft("published");
  await call(postHandler, postContract.publish, { as: author, input: { postId, revision: 1 } });
});
afterAll(() => engine.stop());

async function newDraft(slug: string): Promise<string> {
  const fields = { lang: "ko", slug, title: "글", description: "", tags: [], markdown: "본문" };
  const { body } = await call(postHandler, postContract.create, { as: author, input: fields });
  return body.postId;
}

test("a reader comments, the author answers, and everybody reads both in order", async () => {
  const comment = await call(handler, commentContract.create, {
    as: reader,
    input: { postId, markdown: "잘 **읽었습니다**" },
  });
  expect(comment).toMatchObject({ status: 201, body: { author: { wrotePost: false } } });
  expect(comment.body.html).toContain("<strong>읽었습니다</strong>");
  const parentId = comment.body.commentId;
  const answer = await call(handler, commentContract.create, {
    as: author,
    input: { postId, parentId, markdown: "고맙습니다" },
  });
  expect(answer).toMatchObject({ status: 201, body: { parentId, author: { wrotePost: true } } });

  const list = await call(handler, commentContract.list, { input: { postId } });
  expect(list.body).toEqual({ items: [comment.body, answer.body], isClosed: false });
  const read = await call(postHandler, postContract.read, { input: { lang: "ko", slug: "published" } });
  expect(read.body.commentCount).toBe(2);
});

test("commenting asks for a token and for the role of a reader", async () => {
  const input = { postId, markdown: "글" };
  expect(await call(handler, commentContract.create, { input })).toMatchObject({ status: 401 });
  const nobody = await newPerson();
  expect(await call(handler, commentContract.create, { as: nobody, input })).toMatchObject({ status: 403 });
});

test("a draft and a missing post have no comments and take none, even from their author", async () => {
  for (const id of [draftId, `pst_${"0".repeat(26)}`]) {
    const list = await call(handler, commentContract.list, { input: { postId: id } });
    expect(list).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
    const sent = { as: author, input: { postId: id, markdown: "글" } };
    expect(await call(handler, commentContract.create, sent)).toMatchObject({ status: 404 });
  }
});

test.each([
  [{ markdown: "" }, "markdown"],
  [{ markdown: "가".repeat(3_000) }, "markdown"],
  [{ markdown: "글", parentId: "cmt_x" }, "parentId"],
  [{ markdown: "글", html: "<b>" }, "html"],
])("commenting with %j is refused with a sentence beside the field", async (rest, field) => {
  const answer = await call(handler, commentContract.create, { as: reader, input: { postId, ...rest } });
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_input" } } });
  expect(answer.body.error.fields[field]).toHaveLength(1);
});

const missing = { postId: `pst_${"0".repeat(26)}`, commentId: `cmt_${"0".repeat(26)}` };
const own = {
  source: {},
  edit: { revision: 1, markdown: "글" },
  remove: {},
  report: { reason: "" },
} as const;
const moderators = { moderate: { action: "hide" }, history: {} } as const;

test.each([...Object.entries(own), ...Object.entries(moderators)])(
  "%s asks for a token, and answers a comment that is not there with 404",
  async (verb, rest) => {
    const route = commentContract[verb as keyof typeof own | keyof typeof moderators];
    expect(await call(handler, route, { input: { ...missing, ...rest } })).toMatchObject({ status: 401 });
    const answer = await call(handler, route, { as: author, input: { ...missing, ...rest } });
    expect(answer).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
  },
);

test.each([
  ["queue", { queue: "waiting" }],
  ["moderate", { ...missing, action: "hide" }],
  ["history", missing],
  ["close", { postId: missing.postId, isClosed: true }],
] as const)("%s refuses a reader", async (verb, input) => {
  expect(await call(handler, commentContract[verb], { as: reader, input })).toMatchObject({ status: 403 });
});

test("a newcomer's comment waits until the author lets it through", async () => {
  const newcomer = await newPerson("reader");
  const sent = { as: newcomer, input: { postId, markdown: "처음입니다" } };
  const { body } = await call(handler, commentContract.create, sent);
  expect(body.isWaiting).toBe(true);
  const queue = await call(handler, commentContract.queue, { as: author, input: { queue: "waiting" } });
  expect(queue.body.items).toMatchObject([{ commentId: body.commentId, post: { slug: "published" } }]);
  const input = { postId, commentId: body.commentId, action: "approve" };
  expect(await call(handler, commentContract.moderate, { as: author, input })).toMatchObject({ status: 200 });
  const list = await call(handler, commentContract.list, { input: { postId, order: "newest", limit: "1" } });
  expect(list.body.items).toMatchObject([{ commentId: body.commentId, isWaiting: false }]);
});

test("a forged cursor is refused", async () => {
  const answer = await call(handler, commentContract.list, { input: { postId, cursor: "e30" } });
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_input" } } });
});

test("a comment sent twice with one Idempotency-Key stands once", async () => {
  const sent = {
    as: reader,
    input: { postId, markdown: "한 번만" },
    headers: { "idempotency-key": crypto.randomUUID() },
  };
  const first = await call(handler, commentContract.create, sent);
  const { status, body } = first;
  expect(await call(handler, commentContract.create, sent)).toMatchObject({ status, body });
  const other = await call(handler, commentContract.create, { ...sent, input: { postId, markdown: "둘" } });
  expect(other).toMatchObject({ status: 422, body: { error: { code: "idempotency_mismatch" } } });
});
