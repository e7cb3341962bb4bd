import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { create } from "@haru/core/post/draft";
import { publish } from "@haru/core/post/publish";
import type { AttributeValue, DynamoDBRecord } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { link, newPerson, startLinkedTable } from "../../test/services.ts";
import { coreFor } from "../core.ts";
import { handler } from "./refresh.ts";

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
let site: Server;
const calls: { path: string | undefined; secret: unknown; tags: string[] }[] = [];
let status = 200;

beforeAll(async () => {
  engine = await startLinkedTable();
  site = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const { tags } = JSON.parse(Buffer.concat(chunks).toString());
    calls.push({ path: request.url, secret: request.headers["x-revalidate-secret"], tags });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  link("Router", { url: `http://127.0.0.1:${(site.address() as AddressInfo).port}` });
  link("RevalidateSecret", { value: "secret" });
});
afterAll(async () => {
  site.closeAllConnections();
  site.close();
  await engine.stop();
});
beforeEach(() => {
  calls.length = 0;
  status = 200;
});

let sequence = 0;
type Image = Record<string, AttributeValue>;
const image = (slug: string, revision: number, workId = `wrk_${"0".repeat(26)}`): Image => ({
  __edb_e__: { S: "publishedPost" },
  lang: { S: "ko" },
  slug: { S: slug },
  workId: { S: workId },
  revision: { N: String(revision) },
});
const record = (images: { OldImage?: Image; NewImage?: Image }): DynamoDBRecord => ({
  dynamodb: { SequenceNumber: String(++sequence), ...images },
});

test("a publication makes the page and the list of its language out of date", async () => {
  const answer = await handler({ Records: [record({ NewImage: image("가을", 1) })] });
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(calls).toEqual([
    { path: "/internal/revalidate", secret: "secret", tags: ["post:ko:가을", "posts:ko"] },
  ]);
});

test("a post that leaves an address makes that page out of date", async () => {
  await handler({ Records: [record({ OldImage: image("옛-주소", 1) })] });
  expect(calls[0]?.tags).toEqual(["post:ko:옛-주소", "posts:ko"]);
});

test("the pages of the other languages, which name this one, are out of date too", async () => {
  const { accountId } = await newPerson("author");
  const me = coreFor("en", { actor: { accountId, roles: ["author"] } });
  const draft = { slug: "autumn", title: "Autumn", description: "", tags: [], markdown: "Leaves" };
  const { postId, workId } = await create(me, { lang: "en", ...draft });
  await publish(me, { postId, revision: 1 });
  await handler({ Records: [record({ NewImage: image("가을", 1, workId) })] });
  expect(calls[0]?.tags).toEqual(["post:ko:가을", "post:en:autumn", "posts:ko"]);
});

test("a comment, which changes no revision, leaves the other languages alone", async () => {
  const { accountId } = await newPerson("author");
  const me = coreFor("en", { actor: { accountId, roles: ["author"] } });
  const draft = { slug: "winter", title: "Winter", description: "", tags: [], markdown: "Snow" };
  const { postId, workId } = await create(me, { lang: "en", ...draft });
  await publish(me, { postId, revision: 1 });
  const images = { OldImage: image("겨울", 1, workId), NewImage: image("겨울", 1, workId) };
  await handler({ Records: [record(images)] });
  expect(calls[0]?.tags).toEqual(["post:ko:겨울", "posts:ko"]);
});

test("many records are told in few calls, each tag once a call", async () => {
  const Records = Array.from({ length: 40 }, (_, index) => record({ NewImage: image(`글-${index % 2}`, 1) }));
  await handler({ Records });
  expect(calls).toHaveLength(3);
  expect(calls[0]?.tags).toEqual(["post:ko:글-0", "posts:ko", "post:ko:글-1"]);
});

test("what the site did not take is reported from the first record on, to be sent again", async () => {
  status = 503;
  const Records = [record({ NewImage: image("가", 1) }), record({ NewImage: image("나", 1) })];
  expect(await handler({ Records })).toEqual({
    batchItemFailures: [{ itemIdentifier: Records[0]?.dynamodb?.SequenceNumber }],
  });
});
