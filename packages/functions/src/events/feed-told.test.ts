import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { create, update } from "@haru/core/post/draft";
import { publish, unpublish } from "@haru/core/post/publish";
import { siteSettings } from "@haru/core/site/site.entity";
import type { SQSRecord } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSqs } from "../../../local/src/engine/sqs.ts";
import { link, newPerson, startLinkedTable } from "../../test/services.ts";
import { openStream, type TableStream } from "../../test/stream.ts";
import { coreFor } from "../core.ts";
import { pingHub } from "./feed-ping.ts";
import { handler as refresh } from "./refresh.ts";

/*
 * The way of a change from the table's own stream to the hub: what refreshes the site puts a message into the
 * real queue, and what takes it out tells a hub that runs here.
 */

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
let queue: Awaited<ReturnType<typeof startSqs>>;
let messages: SQSClient;
let stream: TableStream;
let queueUrl = "";
/** The site, the edge and the hub, each below a path of its own. */
let world: Server;
const told: string[][] = [];

beforeAll(async () => {
  engine = await startLinkedTable();
  queue = await startSqs({});
  world = createServer(async (incoming, response) => {
    const body = Buffer.concat(await incoming.toArray()).toString();
    if (incoming.url === "/hub") told.push(new URLSearchParams(body).getAll("hub.url"));
    const isEdge = incoming.url?.endsWith("/invalidation");
    response.writeHead(isEdge ? 201 : 200).end(isEdge ? "<Invalidation><Id>I1</Id></Invalidation>" : "");
  });
  await new Promise<void>((resolve) => world.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(world.address() as AddressInfo).port}`;
  process.env.AWS_ENDPOINT_URL_CLOUDFRONT = url;
  process.env.AWS_ENDPOINT_URL_SQS = queue.url;
  messages = new SQSClient({});
  queueUrl = (await messages.send(new CreateQueueCommand({ QueueName: "pings" }))).QueueUrl ?? "";
  link("Router", { url, distributionId: "E1" });
  link("RevalidateSecret", { value: "secret" });
  link("FeedPings", { url: queueUrl });
  const nothing = { title: "", description: "", navigation: [] };
  const words = { ko: nothing, en: nothing };
  await siteSettings(coreFor("ko"))
    .put({ words, socialLinks: [], defaultLocale: "ko", revision: 1, feedHub: `${url}/hub` })
    .go();
  stream = await openStream(engine);
});
afterAll(async () => {
  world.closeAllConnections();
  world.close();
  messages.destroy();
  await Promise.all([engine.stop(), queue.stop()]);
});

/** Lets what has happened take its way; answers the topics of each call that the hub got. */
async function settle(): Promise<string[][]> {
  told.length = 0;
  const Records = await stream.changesOf("publishedPost");
  expect(await refresh({ Records })).toEqual({ batchItemFailures: [] });
  const { Messages = [] } = await messages.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
  );
  const received = Messages.map(({ MessageId, Body }) => ({ messageId: MessageId, body: Body }) as SQSRecord);
  expect(await pingHub({ Records: received }, request)).toEqual({ batchItemFailures: [] });
  for (const { ReceiptHandle } of Messages)
    await messages.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
  return told.map((topics) => topics.map((topic) => decodeURIComponent(new URL(topic).pathname)).sort());
}

test("a hub hears once of each publication, change and withdrawal, and of no draft, with every feed that shows the post", async () => {
  const { accountId } = await newPerson("author");
  const me = coreFor("ko", { actor: { accountId, roles: ["author"] } });
  const fields = { slug: "가을", title: "가을", description: "", tags: ["계절"], settings: {} };
  const { postId } = await create(me, { lang: "ko", ...fields, markdown: "잎이 집니다." });
  expect(await settle()).toEqual([]);

  const { publishedAt = "" } = await publish(me, { postId, revision: 1 });
  const month = publishedAt.slice(0, "2026-11".length);
  const lists = ["", "/ko", `/ko/authors/${accountId}`, `/ko/archive/${month}`, "/ko/tags/계절"];
  const topics = lists
    .flatMap((list) => ["feed.xml", "atom.xml", "feed.json"].map((file) => `${list}/${file}`))
    .sort();
  expect(await settle()).toEqual([topics]);

  await update(me, { postId, revision: 1, ...fields, markdown: "잎이 졌습니다." });
  expect(await settle()).toEqual([]);
  await publish(me, { postId, revision: 2 });
  expect(await settle()).toEqual([topics]);

  await unpublish(me, { postId });
  expect(await settle()).toEqual([topics]);
  expect(await settle()).toEqual([]);
});
