import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { postContract } from "@haru/core/post/post.contract";
import { searchContract } from "@haru/core/search/search.contract";
import type { DynamoDBStreamEvent } from "aws-lambda";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { call, type Person } from "../../test/call.ts";
import { link, newPerson, startLinkedTable } from "../../test/services.ts";
import { handler as post } from "../post.ts";

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
let author: Person;
let folder: string;
let search: typeof import("../search.ts")["handler"];
let audit: typeof import("./audit-index.ts")["handler"];
let index: typeof import("./index-posts.ts")["handler"];
beforeAll(async () => {
  engine = await startLinkedTable();
  folder = await mkdtemp(path.join(tmpdir(), "haru-test-"));
  await connectTo(pathToFileURL(path.join(folder, "index.sqlite")).href);
  author = await newPerson("author");
});
afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true });
});

/** Functions that begin anew, as they do on AWS, with the index somewhere else. */
async function connectTo(endpoint: string): Promise<void> {
  link("Search", { endpoint });
  vi.resetModules();
  ({ handler: search } = await import("../search.ts"));
  ({ handler: audit } = await import("./audit-index.ts"));
  ({ handler: index } = await import("./index-posts.ts"));
}

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
  expect((await find("청설모")).body.items).toEqual([]);
  expect(await differences()).toBe(2);
  expect((await find("청설모")).body.items).toMatchObject([{ postId }]);
  expect(await differences()).toBe(0);
});

test("a record of the stream brings a post to those who look for it", async () => {
  const postId = await publishedPost("streamed", "두루미");
  expect(await index(recordsOf(postId, 2), context)).toEqual({ batchItemFailures: [] });
  expect((await find("두루미")).body).toMatchObject({ source: "index", items: [{ postId }] });
});

test("while the index is down titles are looked up, own posts are unavailable, and the stream keeps its records", async () => {
  const postId = await publishedPost("meanwhile", "왜가리와 백로");
  await connectTo("http://127.0.0.1:1");
  expect(await find("왜가리")).toMatchObject({
    status: 200,
    body: { source: "titles", items: [{ postId }] },
  });
  const own = await call(search, searchContract.findOwn, { as: author, input: { q: "왜가리" } });
  expect(own).toMatchObject({ status: 503, body: { code: "unavailable" } });
  expect(await index(recordsOf(postId, 2), context)).toEqual({
    batchItemFailures: [{ itemIdentifier: "111" }],
  });
});
