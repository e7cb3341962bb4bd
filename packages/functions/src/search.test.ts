import { postContract } from "@haru/core/post/post.contract";
import { searchContract } from "@haru/core/search/search.contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type Person } from "../test/call.ts";
import { link, newPerson, startLinkedTable } from "../test/services.ts";
import { handler as index } from "./events/index-changes.ts";
import { handler as post } from "./post.ts";
import { handler as search } from "./search.ts";

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
let author: Person;
let postId: string;
beforeAll(async () => {
  engine = await startLinkedTable();
  // Nobody listens there: the index is down.
  link("Search", { endpoint: "http://127.0.0.1:1" });
  author = await newPerson("author");
  const fields = {
    lang: "ko",
    slug: "heron",
    title: "왜가리와 백로",
    description: "",
    tags: ["물새"],
    markdown: "본문",
  };
  const { body } = await call(post, postContract.create, { as: author, input: fields });
  postId = body.postId;
  await call(post, postContract.publish, { as: author, input: { postId, revision: 1 } });
});
afterAll(() => engine.stop());

test("while the index is down, readers find posts by the beginning of their titles", async () => {
  const found = await call(search, searchContract.find, { input: { q: "왜가리", lang: "ko" } });
  expect(found).toMatchObject({ status: 200, body: { source: "titles", items: [{ postId }] } });
});

test("while the index is down, what was asked for beside the words counts all the same", async () => {
  const found = async (narrowing: object) =>
    (await call(search, searchContract.find, { input: { q: "왜가리", lang: "ko", ...narrowing } })).body
      .items;
  const year = new Date().getUTCFullYear();
  expect(await found({ tag: "물새", author: author.accountId, year })).toMatchObject([{ postId }]);
  const { accountId: other } = await newPerson("author");
  for (const narrowing of [{ tag: "산새" }, { author: other }, { year: year - 1 }])
    expect(await found(narrowing)).toEqual([]);
});

test("while the index is down, authors are told that their posts cannot be searched", async () => {
  const found = await call(search, searchContract.findOwn, { as: author, input: { q: "왜가리" } });
  expect(found).toMatchObject({ status: 503, body: { error: { code: "unavailable" } } });
});

test("while the index is down, moderators are told that comments cannot be searched", async () => {
  const found = await call(search, searchContract.findComments, { as: author, input: { q: "왜가리" } });
  expect(found).toMatchObject({ status: 503, body: { error: { code: "unavailable" } } });
});

test("while the index is down, changes stay in the stream", async () => {
  const NewImage = { __edb_e__: { S: "post" }, postId: { S: postId }, version: { N: "2" } };
  const records = {
    Records: [{ eventName: "MODIFY" as const, dynamodb: { SequenceNumber: "111", NewImage } }],
  };
  const context = { getRemainingTimeInMillis: () => 0, invokedFunctionArn: "arn" };
  expect(await index(records, context)).toEqual({ batchItemFailures: [{ itemIdentifier: "111" }] });
});
