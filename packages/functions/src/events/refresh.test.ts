import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CreateQueueCommand, PurgeQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { feedPingSchema } from "@haru/core/feed/feed.contract";
import { listName } from "@haru/core/list/list.contract";
import { trackUses } from "@haru/core/media/use";
import { create } from "@haru/core/post/draft";
import { publish } from "@haru/core/post/publish";
import type { AttributeValue, DynamoDBRecord } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startSqs } from "../../../local/src/engine/sqs.ts";
import { link, newPerson, startLinkedTable } from "../../test/services.ts";
import { coreFor } from "../core.ts";
import { handler } from "./refresh.ts";

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
let site: Server;
const calls: { path: string | undefined; secret: unknown; tags: string[] }[] = [];
let status = 200;
let edge: Server;
let edgeIsUp = true;
let queue: Awaited<ReturnType<typeof startSqs>>;
let pings: SQSClient;
let queueUrl: string;
/** Invalidations, each with how often the site had been called before. */
const forgotten: { path: string | undefined; paths: string[]; afterCalls: number }[] = [];

beforeAll(async () => {
  engine = await startLinkedTable();
  site = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const { tags } = JSON.parse(Buffer.concat(chunks).toString());
    calls.push({ path: request.url, secret: request.headers["x-revalidate-secret"], tags });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  edge = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    if (!edgeIsUp) return void response.writeHead(503).end();
    const paths = [...body.matchAll(/<Path>(.*?)<\/Path>/g)].map(([, path = ""]) => path);
    forgotten.push({ path: request.url, paths, afterCalls: calls.length });
    response.writeHead(201).end("<Invalidation><Id>I1</Id></Invalidation>");
  });
  await new Promise<void>((resolve) => edge.listen(0, "127.0.0.1", resolve));
  process.env.AWS_ENDPOINT_URL_CLOUDFRONT = `http://127.0.0.1:${(edge.address() as AddressInfo).port}`;
  const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  link("Router", { url, distributionId: "E1" });
  link("RevalidateSecret", { value: "secret" });
  queue = await startSqs({});
  process.env.AWS_ENDPOINT_URL_SQS = queue.url;
  pings = new SQSClient({});
  queueUrl = (await pings.send(new CreateQueueCommand({ QueueName: "pings" }))).QueueUrl ?? "";
  link("FeedPings", { url: queueUrl });
});
afterAll(async () => {
  site.closeAllConnections();
  site.close();
  edge.closeAllConnections();
  edge.close();
  pings.destroy();
  await Promise.all([engine.stop(), queue.stop()]);
});
beforeEach(() => {
  calls.length = 0;
  forgotten.length = 0;
  edgeIsUp = true;
  status = 200;
});

let sequence = 0;
type Image = Record<string, AttributeValue>;
const image = (slug: string, revision: number, more: Image = {}): Image => ({
  __edb_e__: { S: "publishedPost" },
  lang: { S: "ko" },
  slug: { S: slug },
  postId: { S: `pst_${"0".repeat(26)}` },
  workId: { S: `wrk_${"0".repeat(26)}` },
  tags: { L: [{ S: "Next.js" }] },
  author: { M: { accountId: { S: "acc_1" }, displayName: { S: "하루" } } },
  publishedAt: { S: "2026-11-21T00:00:00.000Z" },
  revision: { N: String(revision) },
  ...more,
});
const record = (images: { OldImage?: Image; NewImage?: Image }): DynamoDBRecord => ({
  dynamodb: { SequenceNumber: String(++sequence), ...images },
});
const told = () => calls.flatMap(({ tags }) => tags);
const lists = ["any/all/posts", "ko/all/posts", "ko/author/acc_1", "ko/month/2026-11", "ko/tag/next.js"];

async function newPost(slug: string) {
  const { accountId } = await newPerson("author");
  const me = coreFor("en", { actor: { accountId, roles: ["author"] } });
  const draft = { slug, title: "Autumn", description: "", tags: [], markdown: "Leaves" };
  const post = await create(me, { lang: "en", ...draft });
  const { publishedAt = "" } = await publish(me, { postId: post.postId, revision: 1 });
  return { ...post, publishedAt };
}

test("a publication makes the page, all its lists and the lists of lists out of date", async () => {
  const answer = await handler({ Records: [record({ NewImage: image("가을", 1) })] });
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(calls).toMatchObject([{ path: "/internal/revalidate", secret: "secret" }]);
  const kinds = ["all", "author", "month", "tag"];
  expect(told().sort()).toEqual(
    [
      "post:ko:가을",
      ...lists.map((name) => `list:${name}`),
      ...lists.map((name) => `members:${name}`),
      ...kinds.map((kind) => `lists:ko/${kind}`),
    ].sort(),
  );
});

test("a post that leaves an address, and a tag that it lost, make that page and that list out of date", async () => {
  const OldImage = image("옛-주소", 1, { tags: { L: [{ S: "옛날" }] } });
  await handler({ Records: [record({ OldImage, NewImage: image("새-주소", 2) })] });
  for (const tag of ["post:ko:옛-주소", "list:ko/tag/옛날", "members:ko/tag/옛날", "list:ko/tag/next.js"])
    expect(told()).toContain(tag);
});

test("the pages that name it, in another language or next to it in time, are out of date too", async () => {
  const { workId } = await newPost("autumn");
  await handler({ Records: [record({ NewImage: image("가을", 1, { workId: { S: workId } }) })] });
  expect(told()).toContain("post:en:autumn");

  calls.length = 0;
  const next = { lang: { S: "en" }, publishedAt: { S: "2100-01-01T00:00:00.000Z" } };
  const { slug } = await newPost("winter");
  await handler({ Records: [record({ NewImage: image("spring", 1, next) })] });
  expect(told()).toContain(`post:en:${slug}`);
});

test("a comment, which changes no revision, leaves all but the post and its lists alone", async () => {
  const { workId } = await newPost("snow");
  const images = {
    OldImage: image("겨울", 1, { workId: { S: workId } }),
    NewImage: image("겨울", 1, { workId: { S: workId } }),
  };
  await handler({ Records: [record(images)] });
  expect(told().sort()).toEqual(["post:ko:겨울", ...lists.map((name) => `list:${name}`)].sort());
});

test("a tag that is renamed changes no revision, and all that names the old and the new one is out of date", async () => {
  const NewImage = image("봄", 1, { tags: { L: [{ S: "Astro" }] } });
  await handler({ Records: [record({ OldImage: image("봄", 1), NewImage })] });
  for (const name of ["next.js", "astro"])
    expect(told()).toEqual(expect.arrayContaining([`list:ko/tag/${name}`, `members:ko/tag/${name}`]));
  expect(told()).toContain("lists:ko/tag");
});

test("what the site says about a tag makes its page and its feed out of date, and its count alone does not", async () => {
  const tag = (description: string, count: number): Image => ({
    __edb_e__: { S: "list" },
    lang: { S: "ko" },
    kind: { S: "tag" },
    name: { S: "가을" },
    description: { S: description },
    count: { N: String(count) },
  });
  await handler({ Records: [record({ OldImage: tag("", 1), NewImage: tag("잎이 지는 때.", 1) })] });
  expect(told().sort()).toEqual(["list:ko/tag/가을", "members:ko/tag/가을"]);
  calls.length = 0;
  await handler({ Records: [record({ OldImage: tag("", 1), NewImage: tag("", 2) })] });
  expect(told()).toEqual([]);
});

test("the order of a series makes its page and its parts out of date, and a part that comes tells that itself", async () => {
  const series = (parts: readonly string[], count: number): Image => ({
    __edb_e__: { S: "list" },
    lang: { S: "ko" },
    kind: { S: "series" },
    name: { S: "하루" },
    partOrder: { L: parts.map((S) => ({ S })) },
    count: { N: String(count) },
  });
  await handler({ Records: [record({ OldImage: series([], 2), NewImage: series(["pst_b", "pst_a"], 2) })] });
  expect(told().sort()).toEqual(["list:ko/series/하루", "members:ko/series/하루"]);
  calls.length = 0;
  await handler({ Records: [record({ OldImage: series(["pst_b"], 2), NewImage: series(["pst_b"], 3) })] });
  expect(told()).toEqual([]);
});

test("a picture whose files changed makes the posts that show it out of date, and its words alone do not", async () => {
  const { postId } = await newPost("picture");
  const mediaId = `med_${"0".repeat(26)}` as const;
  await trackUses(coreFor("en"), { postId, place: "text", before: "", after: `![](media:${mediaId})` });
  const media = (pictureId: string, alt: string): Image => ({
    __edb_e__: { S: "media" },
    mediaId: { S: mediaId },
    alt: { S: alt },
    picture: { M: { pictureId: { S: pictureId } } },
  });
  await handler({ Records: [record({ OldImage: media("pic_1", ""), NewImage: media("pic_1", "Leaves") })] });
  expect(told()).toEqual([]);
  await handler({ Records: [record({ OldImage: media("pic_1", ""), NewImage: media("pic_2", "") })] });
  expect(told()).toEqual(expect.arrayContaining(["post:en:picture", "list:en/all/posts"]));
  calls.length = 0;
  await handler({ Records: [record({ OldImage: media("pic_2", "") })] });
  expect(told()).toContain("post:en:picture");
});

test("many records are told in few calls of at most a hundred tags, each once a round", async () => {
  const Records = Array.from({ length: 40 }, (_, index) => record({ NewImage: image(`글-${index}`, 1) }));
  await handler({ Records });
  expect(calls).toHaveLength(3);
  for (const { tags } of calls) expect(new Set(tags).size).toBe(tags.length);
  const manyTags = { L: Array.from({ length: 60 }, (_, index) => ({ S: `태그 ${index}` })) };
  calls.length = 0;
  await handler({ Records: [record({ NewImage: image("많음", 1, { tags: manyTags }) })] });
  expect(calls.map(({ tags }) => tags.length)).toEqual([100, expect.any(Number)]);
});

test("what the site did not take is reported from the first record on, to be sent again", async () => {
  status = 503;
  const Records = [record({ NewImage: image("가", 1) }), record({ NewImage: image("나", 1) })];
  expect(await handler({ Records })).toEqual({
    batchItemFailures: [{ itemIdentifier: Records[0]?.dynamodb?.SequenceNumber }],
  });
});

test("the edge forgets once for all records of a round, and after the site was told", async () => {
  await handler({ Records: [record({ NewImage: image("가", 1) }), record({ NewImage: image("나", 1) })] });
  expect(forgotten).toEqual([
    { path: "/2020-05-31/distribution/E1/invalidation", paths: ["/*"], afterCalls: 1 },
  ]);
});

test("the hub's queue hears of the lists whose feeds changed, once all readers get what is new, and of no comment", async () => {
  await pings.send(new PurgeQueueCommand({ QueueUrl: queueUrl }));
  await handler({ Records: [record({ OldImage: image("가", 1), NewImage: image("가", 1) })] });
  edgeIsUp = false;
  await handler({ Records: [record({ NewImage: image("가", 1) })] });
  edgeIsUp = true;
  await handler({ Records: [record({ NewImage: image("가", 1) })] });
  const { Messages = [] } = await pings.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
  );
  expect(Messages).toHaveLength(1);
  const { lists: changed } = feedPingSchema.parse(JSON.parse(Messages[0]?.Body ?? ""));
  expect(changed.map(listName).sort()).toEqual(lists);
});

test("what the edge was not told is sent again", async () => {
  edgeIsUp = false;
  const Records = [record({ NewImage: image("가", 1) })];
  expect(await handler({ Records })).toEqual({
    batchItemFailures: [{ itemIdentifier: Records[0]?.dynamodb?.SequenceNumber }],
  });
});

test("a change of the site's settings tells the pages that show them, which are all", async () => {
  const settings: Image = { __edb_e__: { S: "siteSettings" }, revision: { N: "1" } };
  expect(await handler({ Records: [record({ NewImage: settings })] })).toEqual({ batchItemFailures: [] });
  expect(told()).toEqual(["site"]);
});

test("what is said of a person makes the profile out of date, a handle also whom it names, and the rest of the row nothing", async () => {
  const row = { __edb_e__: { S: "account" }, accountId: { S: "acc_1" }, displayName: { S: "하루" } };
  const named = { ...row, handle: { S: "haru-kim" } };
  const moved = { ...named, handle: { S: "하루-김" }, bio: { S: "안녕하세요" } };
  const ended = { ...moved, sessionsValidFromSeconds: { N: "1" } };
  await handler({ Records: [record({ OldImage: moved, NewImage: ended })] });
  expect(told()).toEqual([]);
  await handler({ Records: [record({ OldImage: row, NewImage: { ...row, displayName: { S: "김" } } })] });
  expect(told().splice(0)).toEqual(["profile:acc_1"]);
  calls.length = 0;
  await handler({ Records: [record({ OldImage: named, NewImage: moved })] });
  expect(told()).toEqual(["profile:acc_1", "profile:haru-kim", "profile:하루-김"]);
});

test("an avatar whose files changed makes the profile out of date", async () => {
  const row = { __edb_e__: { S: "media" }, mediaId: { S: "avt_1" }, ownerId: { S: "acc_1" } };
  await handler({ Records: [record({ OldImage: row, NewImage: { ...row, picture: { M: {} } } })] });
  expect(told()).toEqual(["profile:acc_1"]);
});
