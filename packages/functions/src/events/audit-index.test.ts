import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { commentContract } from "@haru/core/comment/comment.contract";
import { postContract } from "@haru/core/post/post.contract";
import { searchContract } from "@haru/core/search/search.contract";
import type { DynamoDBStreamEvent } from "aws-lambda";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { call, type Person } from "../../test/call.ts";
import { link, newPerson, startLinkedTable } from "../../test/services.ts";
import { handler as comment } from "../comment.ts";
import { handler as post } from "../post.ts";
import { handler as search } from "../search.ts";
import { handler as audit } from "./audit-index.ts";
import { handler as index } from "./index-changes.ts";

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
let author: Person;
let folder: string;
beforeAll(async () => {
  engine = await startLinkedTable();
  folder = await mkdtemp(path.join(tmpdir(), "haru-test-"));
  link("Search", { endpoint: pathToFileURL(path.join(folder, "index.sqlite")).href });
  author = await newPerson("author");
});
afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true });
});

async function publishedPost(slug: string, title: string): Promise<string> {
  const fields = { lang: "ko", slug, title, description: "", tags: [], markdown: "본문" };
  const { body } = await call(post, postContract.create, { as: author, input: fields });
  await call(post, postContract.publish, { as: author, input: { postId: body.postId, revision: 1 } });
  return body.postId;
}

const find = (q: string) => call(search, searchContract.find, { input: { q, lang: "ko" } });

/** What CloudWatch would count of one audit. */
async function differences(): Promise<number> {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    await audit();
    const lines = write.mock.calls.map(([line]) => String(line)).filter((line) => line.startsWith('{"_aws"'));
    expect(lines).toHaveLength(1);
    return JSON.parse(lines[0] ?? "").IndexDifferences;
  } finally {
    write.mockRestore();
  }
}

/** What the stream sends of a post, and how long the function has for it. */
function recordsOf(postId: string, version: number): DynamoDBStreamEvent {
  const NewImage = { __edb_e__: { S: "post" }, postId: { S: postId }, version: { N: String(version) } };
  return { Records: [{ eventName: "MODIFY", dynamodb: { SequenceNumber: "111", NewImage } }] };
}
const context = { getRemainingTimeInMillis: () => 0, invokedFunctionArn: "arn" };

test("an audit counts what the stream never told, repairs it, and then counts nothing", async () => {
  const postId = await publishedPost("audited", "청설모");
  expect((await find("청설모")).body.source).toBe("titles");
  expect(await differences()).toBe(2);
  expect((await find("청설모")).body).toMatchObject({ source: "index", items: [{ postId }] });
  expect(await differences()).toBe(0);
});

test("an audit finds a comment that the stream never told of", async () => {
  const postId = await publishedPost("discussed", "오소리");
  await audit();
  const said = { as: author, input: { postId, markdown: "너구리도 보았습니다" } };
  const { body } = await call(comment, commentContract.create, said);
  expect(await differences()).toBe(1);
  const found = await call(search, searchContract.findComments, { as: author, input: { q: "너구리" } });
  expect(found.body.items).toMatchObject([{ commentId: body.commentId }]);
  expect(await differences()).toBe(0);
});

test("a record of the stream brings a post to those who look for it", async () => {
  const postId = await publishedPost("streamed", "두루미");
  expect(await index(recordsOf(postId, 2), context)).toEqual({ batchItemFailures: [] });
  expect((await find("두루미")).body).toMatchObject({ source: "index", items: [{ postId }] });
});
