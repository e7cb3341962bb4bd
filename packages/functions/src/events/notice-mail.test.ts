import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { CreateQueueCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { create } from "@haru/core/comment/comment";
import { commenters } from "@haru/core/comment/comment.entity";
import { moderate } from "@haru/core/comment/moderation";
import type { ActorCore } from "@haru/core/core";
import { choose, read, stop } from "@haru/core/notice/notice";
import { create as createPost } from "@haru/core/post/draft";
import { publish, unpublish } from "@haru/core/post/publish";
import type { DynamoDBRecord, SQSRecord } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSes } from "../../../local/src/engine/ses.ts";
import { startSqs } from "../../../local/src/engine/sqs.ts";
import { link, newPerson, startLinkedTable } from "../../test/services.ts";
import { coreFor } from "../core.ts";
import { handler as gather } from "./notice-gather.ts";
import { handler as mailOut } from "./notice-mail.ts";

interface Mail {
  readonly destination: { readonly to: readonly string[] };
  readonly subject: string;
  readonly body: { readonly text: string; readonly html: string };
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
}

const mailFolder = mkdtempSync(path.join(tmpdir(), "notice-mail-"));
let table: Awaited<ReturnType<typeof startLinkedTable>>;
let ses: Awaited<ReturnType<typeof startSes>>;
let sqs: Awaited<ReturnType<typeof startSqs>>;
let queue: SQSClient;
/** Stands before the engine, which refuses nothing. */
let sesFront: Server;
let refuses = false;
let queueUrl: string;
let author: ActorCore;
let first: ActorCore;
let second: ActorCore;
let postId: Awaited<ReturnType<typeof createPost>>["postId"];

async function newCore(role: "author" | "reader"): Promise<ActorCore> {
  const { accountId } = await newPerson(role);
  const core = coreFor("ko", { actor: { accountId, roles: [role] } });
  if (role === "reader") await commenters(core).put({ accountId, approved: 1 }).go();
  return core;
}

beforeAll(async () => {
  [table, ses, sqs] = await Promise.all([
    startLinkedTable(),
    startSes({ dataFolder: mailFolder }),
    startSqs({}),
  ]);
  sesFront = createServer(async (request, response) => {
    if (refuses) return response.writeHead(429, { "x-amzn-errortype": "TooManyRequestsException" }).end("{}");
    const body = Buffer.concat(await request.toArray());
    const { authorization = "" } = request.headers;
    const headers = { "content-type": "application/json", authorization };
    const answer = await fetch(ses.url + request.url, { method: "POST", headers, body });
    response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
  });
  await new Promise<void>((resolve) => sesFront.listen(0, "127.0.0.1", resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SESV2: `http://127.0.0.1:${(sesFront.address() as AddressInfo).port}`,
    AWS_ENDPOINT_URL_SQS: sqs.url,
  });
  queue = new SQSClient({});
  queueUrl = (await queue.send(new CreateQueueCommand({ QueueName: "notices" }))).QueueUrl ?? "";
  link("Notices", { url: queueUrl });
  link("Mail", { sender: "no-reply@haru.example" });
  link("Router", { url: "https://haru.example/" });
  [author, first, second] = await Promise.all([newCore("author"), newCore("reader"), newCore("reader")]);
  const draft = { slug: "첫-글", title: "첫 글", description: "", tags: [], markdown: "본문" };
  ({ postId } = await createPost(author, { lang: "ko", ...draft }));
  await publish(author, { postId, revision: 1 });
});
afterAll(async () => {
  queue.destroy();
  sesFront.closeAllConnections();
  sesFront.close();
  await Promise.all([table.stop(), ses.stop(), sqs.stop()]);
  rmSync(mailFolder, { recursive: true, force: true });
});

type Written = Awaited<ReturnType<typeof create>>;

/** What the stream says of a comment that readers see. */
function recordOf({ commentId, parentId, author: by }: Written): DynamoDBRecord {
  const image = {
    postId,
    commentId,
    threadId: parentId ?? commentId,
    accountId: by?.accountId ?? "",
    postAuthorId: author.actor.accountId,
  };
  const NewImage = Object.fromEntries(Object.entries(image).map(([name, S]) => [name, { S }]));
  return { dynamodb: { SequenceNumber: "1", NewImage } };
}

async function takeMessages(): Promise<Message[]> {
  const { Messages = [] } = await queue.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 600 }),
  );
  return Messages;
}

const eventOf = (messages: readonly Message[]) => ({
  Records: messages.map(({ Body }) => ({ body: Body, messageId: randomUUID() }) as SQSRecord),
});

async function allMails(): Promise<Mail[]> {
  const { emails } = (await (await fetch(`${ses.url}/store`)).json()) as { emails: Mail[] };
  return emails;
}

/** The mails that a comment makes, with its event and its messages given `times` times. */
async function mailsOf(comment: Written, times = 1): Promise<Mail[]> {
  const before = (await allMails()).length;
  for (let time = 0; time < times; time++) {
    expect(await gather({ Records: [recordOf(comment)] })).toEqual({ batchItemFailures: [] });
  }
  const messages = await takeMessages();
  for (let time = 0; time < times; time++) {
    expect(await mailOut(eventOf(messages))).toEqual({ batchItemFailures: [] });
  }
  return (await allMails()).slice(before);
}

const emailOf = ({ actor }: ActorCore) => `${actor.accountId}@example.com`;
const recipients = (mails: readonly Mail[]) => mails.map(({ destination }) => destination.to[0]).sort();

test("a comment is told to the post's author and an answer to who is answered, never to who wrote it", async () => {
  const comment = await create(first, { postId, markdown: "잘 <b>읽었습니다</b>" });
  const [mail, ...others] = await mailsOf(comment);
  expect(others).toEqual([]);
  expect(mail).toMatchObject({
    destination: { to: [emailOf(author)] },
    subject: "김하루 님이 ‘첫 글’에 댓글을 남겼습니다",
  });
  expect(mail?.body.text).toContain(
    `https://haru.example/ko/posts/${encodeURIComponent("첫-글")}#${comment.commentId}`,
  );
  expect(mail?.body.html).toContain("&lt;b&gt;읽었습니다&lt;/b&gt;");

  const answer = await create(second, { postId, parentId: comment.commentId, markdown: "저도요" });
  expect(recipients(await mailsOf(answer))).toEqual([emailOf(author), emailOf(first)].sort());
  const thanks = await create(author, { postId, parentId: comment.commentId, markdown: "고맙습니다" });
  expect(recipients(await mailsOf(thanks))).toEqual([emailOf(first)]);
});

test("events and messages that come three times make one mail", async () => {
  const comment = await create(first, { postId, markdown: "한 번만" });
  expect(await mailsOf(comment, 3)).toHaveLength(1);
});

test("a comment that was hidden and let through again is not told again", async () => {
  const comment = await create(first, { postId, markdown: "숨겼다가" });
  expect(await mailsOf(comment)).toHaveLength(1);
  const which = { postId, commentId: comment.commentId };
  await moderate(author, { ...which, action: "hide" });
  await moderate(author, { ...which, action: "approve" });
  expect(await mailsOf(comment)).toEqual([]);
});

test("what was hidden or taken off the site before its mail went is not told", async () => {
  const comment = await create(first, { postId, markdown: "곧 숨김" });
  await moderate(author, { postId, commentId: comment.commentId, action: "hide" });
  expect(await mailsOf(comment)).toEqual([]);

  const draft = { slug: "내린-글", title: "내린 글", description: "", tags: [], markdown: "본문" };
  const post = await createPost(author, { lang: "ko", ...draft });
  await publish(author, { postId: post.postId, revision: 1 });
  const written = await create(first, { postId: post.postId, markdown: "내리기 전" });
  await unpublish(author, { postId: post.postId });
  const record = recordOf(written);
  if (record.dynamodb?.NewImage) record.dynamodb.NewImage.postId = { S: post.postId };
  const before = (await allMails()).length;
  await gather({ Records: [record] });
  expect(await mailOut(eventOf(await takeMessages()))).toEqual({ batchItemFailures: [] });
  expect(await allMails()).toHaveLength(before);
});

test("one click in the mail program ends the mails, and the settings bring them back", async () => {
  const comment = await create(first, { postId, markdown: "그만" });
  const [mail] = await mailsOf(comment);
  const header = (name: string) => mail?.headers?.find((sent) => sent.name === name)?.value;
  expect(header("List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click");
  const token = /^<https:\/\/haru\.example\/ko\/unsubscribe\/(.+)>$/.exec(
    header("List-Unsubscribe") ?? "",
  )?.[1];
  const visitor = coreFor("ko");
  await stop(visitor, { token: token ?? "" });
  await stop(visitor, { token: token ?? "" });
  expect(await read(author, {})).toEqual({ comments: false, reminders: true });
  expect(await mailsOf(await create(first, { postId, markdown: "조용히" }))).toEqual([]);
  await choose(author, { comments: true, reminders: true });
  expect(await mailsOf(await create(first, { postId, markdown: "다시" }))).toHaveLength(1);
});

test("a token of another key or of nobody ends nothing", async () => {
  const visitor = coreFor("ko");
  for (const token of [`${author.actor.accountId}.${randomUUID()}`, "nonsense", "."]) {
    await expect(stop(visitor, { token })).rejects.toMatchObject({ code: "not_found" });
  }
  await expect(read(author, {})).resolves.toEqual({ comments: true, reminders: true });
});

test("a mail that never left goes back to the queue, and the next try sends it", async () => {
  const comment = await create(first, { postId, markdown: "연결되면 보낼 것" });
  await gather({ Records: [recordOf(comment)] });
  const event = eventOf(await takeMessages());
  const { port } = sesFront.address() as AddressInfo;
  sesFront.closeAllConnections();
  await new Promise((resolve) => sesFront.close(resolve));
  const { batchItemFailures } = await mailOut(event);
  await new Promise<void>((resolve) => sesFront.listen(port, "127.0.0.1", resolve));
  expect(batchItemFailures).toHaveLength(1);
  const before = (await allMails()).length;
  expect(await mailOut(event)).toEqual({ batchItemFailures: [] });
  expect(await allMails()).toHaveLength(before + 1);
});

test("a mail that was refused goes back to the queue, and the next try sends it", async () => {
  const comment = await create(first, { postId, markdown: "다시 보낼 것" });
  await gather({ Records: [recordOf(comment)] });
  const event = eventOf(await takeMessages());
  refuses = true;
  const { batchItemFailures } = await mailOut(event);
  refuses = false;
  expect(batchItemFailures).toEqual([{ itemIdentifier: event.Records[0]?.messageId }]);
  const before = (await allMails()).length;
  expect(await mailOut(event)).toEqual({ batchItemFailures: [] });
  expect(await allMails()).toHaveLength(before + 1);
});
