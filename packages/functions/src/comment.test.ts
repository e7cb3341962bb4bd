import { commentContract } from "@haru/core/comment/comment.contract";
import { postContract } from "@haru/core/post/post.contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type Person } from "../test/call.ts";
import { newPerson, startLinkedTable } from "../test/services.ts";
import { handler } from "./comment.ts";
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
  expect(list.body).toEqual({ items: [comment.body, answer.body] });
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
  expect(await call(handler, commentContract.create, sent)).toEqual(first);
  const other = await call(handler, commentContract.create, { ...sent, input: { postId, markdown: "둘" } });
  expect(other).toMatchObject({ status: 422, body: { error: { code: "idempotency_mismatch" } } });
});
