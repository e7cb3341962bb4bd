import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { commentContract } from "@haru/core/comment/comment.contract";
import { postContract } from "@haru/core/post/post.contract";
import { searchContract } from "@haru/core/search/search.contract";
import type { DynamoDBRecord } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type Person } from "../test/call.ts";
import { link, newPerson, startLinkedTable } from "../test/services.ts";
import { handler as comment } from "./comment.ts";
import { handler as index } from "./events/index-changes.ts";
import { handler as post } from "./post.ts";
import { handler as search } from "./search.ts";

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
let folder: string;
let author: Person;
let reader: Person;
let postId: string;
beforeAll(async () => {
  engine = await startLinkedTable();
  folder = await mkdtemp(path.join(tmpdir(), "haru-test-"));
  link("Search", { endpoint: pathToFileURL(path.join(folder, "index.sqlite")).href });
  [author, reader] = await Promise.all([newPerson("author"), newPerson("reader")]);
  const fields = { lang: "ko", slug: "marsh", title: "습지", description: "", tags: [], markdown: "본문" };
  const { body } = await call(post, postContract.create, { as: author, input: fields });
  ({ postId } = body);
  await call(post, postContract.publish, { as: author, input: { postId, revision: 1 } });
});
afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true });
});

/** A comment that waits, since a newcomer wrote it, and that the stream told of. */
async function newComment(markdown: string): Promise<string> {
  const { body } = await call(comment, commentContract.create, { as: reader, input: { postId, markdown } });
  await tell(body.commentId, 1);
  return body.commentId;
}

async function tell(commentId: string, version: number): Promise<void> {
  const ids = { postId: { S: postId }, threadId: { S: commentId }, commentId: { S: commentId } };
  const NewImage = { __edb_e__: { S: "comment" }, ...ids, version: { N: String(version) } };
  const Records: DynamoDBRecord[] = [{ eventName: "MODIFY", dynamodb: { SequenceNumber: "1", NewImage } }];
  const context = { getRemainingTimeInMillis: () => 0, invokedFunctionArn: "arn" };
  expect(await index({ Records }, context)).toEqual({ batchItemFailures: [] });
}

const find = (as: Person | undefined, input: Readonly<Record<string, unknown>>) =>
  call(search, searchContract.findComments, { ...(as ? { as } : {}), input });

test("moderators find a comment as it is and as it stands, with what they looked for marked", async () => {
  const commentId = await newComment("**저어새**가 왔습니다 <b>");
  const admin = await newPerson("admin");
  for (const person of [author, admin]) {
    const { status, body } = await find(person, { q: "저어새를" });
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { commentId, queue: "waiting", isWaiting: true, post: { slug: "marsh" } },
    ]);
    expect(body.items[0].html).toContain("<strong><mark>저어새</mark></strong>");
    expect(body.items[0].html).toContain("&#60;b&#62;");
  }
  const [name] = (await find(author, { q: "저어새" })).body.items[0].name;
  expect((await find(author, { q: name.text })).body.items[0].name).toEqual([
    { text: name.text, isMarked: true },
  ]);
});

test("a comment that was let through is no longer found among those that wait, even before the index knows", async () => {
  const commentId = await newComment("흑두루미 스무 마리");
  const among = async (queue: string) => (await find(author, { q: "흑두루미", queue })).body.items;
  expect(await among("waiting")).toMatchObject([{ commentId }]);
  const input = { postId, commentId, action: "approve" };
  await call(comment, commentContract.moderate, { as: author, input });
  expect(await among("waiting")).toEqual([]);
  await tell(commentId, 2);
  expect(await among("none")).toMatchObject([{ commentId, queue: "none", isWaiting: false }]);
});

test("pages follow each other until everything was seen once", async () => {
  const ids: string[] = [];
  for (let at = 0; at < 5; at++) ids.push(await newComment(`물닭 ${at}`));
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await find(author, { q: "물닭", limit: 2, ...(cursor ? { cursor } : {}) });
    seen.push(...body.items.map((item: { commentId: string }) => item.commentId));
    ({ cursor } = body);
  } while (cursor);
  expect(seen.toSorted()).toEqual(ids.toSorted());
});

test("whoever does not moderate a comment does not find it, whoever wrote it", async () => {
  await newComment("검은머리물떼새");
  const q = "검은머리물떼새";
  expect(await find(undefined, { q })).toMatchObject({ status: 401 });
  expect(await find(reader, { q })).toMatchObject({ status: 403 });
  expect(await find(await newPerson("author"), { q })).toMatchObject({ status: 200, body: { items: [] } });
});

test.each([
  [{}, "q"],
  [{ q: "" }, "q"],
  [{ q: "가".repeat(201) }, "q"],
  [{ q: "새", queue: "shown" }, "queue"],
  [{ q: "새", limit: 21 }, "limit"],
  [{ q: "새", cursor: "e30" }, "cursor"],
  [{ q: "새", owner: "x" }, "owner"],
])("looking for %j is refused with a sentence beside the field", async (input, field) => {
  const { status, body } = await find(author, input);
  expect(status).toBe(400);
  expect(body.error.fields[field]).toHaveLength(1);
});
