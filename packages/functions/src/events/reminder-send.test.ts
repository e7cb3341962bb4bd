import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { ActorCore } from "@haru/core/core";
import { choose } from "@haru/core/notice/notice";
import { applicationServerKeys } from "@haru/core/push-subscription/application-server-key";
import { forget, subscriptionsOf } from "@haru/core/push-subscription/push-subscription";
import { pushSubscriptions } from "@haru/core/push-subscription/push-subscription.entity";
import { createTodo } from "@haru/core/todo/list-of-todos";
import { createList } from "@haru/core/todo/own-lists";
import type { SQSRecord } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSes } from "../../../local/src/engine/ses.ts";
import { startSqs } from "../../../local/src/engine/sqs.ts";
import { type PushService, startPushService } from "../../test/push-service.ts";
import { link, newPerson, startLinkedTable } from "../../test/services.ts";
import { coreFor } from "../core.ts";
import { handler as gather } from "./reminder-gather.ts";
import { handler as send, sendReminders } from "./reminder-send.ts";

const mailFolder = mkdtempSync(path.join(tmpdir(), "reminder-mail-"));
let table: Awaited<ReturnType<typeof startLinkedTable>>;
let ses: Awaited<ReturnType<typeof startSes>>;
let sqs: Awaited<ReturnType<typeof startSqs>>;
let queue: SQSClient;
let pushService: PushService;
const secret = "a secret of this test";
const { publicKey } = applicationServerKeys(secret);
beforeAll(async () => {
  [table, ses, sqs, pushService] = await Promise.all([
    startLinkedTable(),
    startSes({ dataFolder: mailFolder }),
    startSqs({}),
    startPushService(),
  ]);
  Object.assign(process.env, { AWS_ENDPOINT_URL_SESV2: ses.url, AWS_ENDPOINT_URL_SQS: sqs.url });
  queue = new SQSClient({});
  const { QueueUrl } = await queue.send(new CreateQueueCommand({ QueueName: "reminders" }));
  link("Reminders", { url: QueueUrl ?? "" });
  link("PushSecret", { value: secret });
  link("Mail", { sender: "no-reply@haru.example" });
  link("Router", { url: "https://haru.example/" });
});
afterAll(async () => {
  queue.destroy();
  await Promise.all([table.stop(), ses.stop(), sqs.stop(), pushService.stop()]);
  rmSync(mailFolder, { recursive: true, force: true });
});

async function queued(): Promise<SQSRecord[]> {
  const QueueUrl = (JSON.parse(process.env.SST_RESOURCE_Reminders ?? "{}") as { url: string }).url;
  const receive = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 600 };
  const records: SQSRecord[] = [];
  for (;;) {
    const { Messages = [] } = await queue.send(new ReceiveMessageCommand(receive));
    if (Messages.length === 0) return records;
    records.push(...Messages.map(({ Body }) => ({ body: Body, messageId: randomUUID() }) as SQSRecord));
  }
}

async function newReader() {
  const { accountId } = await newPerson("reader");
  return coreFor("ko", { actor: { accountId, roles: ["reader"] } });
}

/** The messages about a todo that is due, as if each had been queued twice. */
async function dueTodo(me: ActorCore, title: string) {
  const { listId } = await createList(me, { name: "집" });
  // The minute that has just passed: the first look at it finds it.
  const moment = new Date(Date.now() - 60_000).toISOString();
  const due = { date: moment.slice(0, 10), time: moment.slice(11, 16), timeZone: "UTC" };
  const { todoId } = await createTodo(me, { listId, title, notes: "물과 함께", due, remindMinutesBefore: 0 });
  await gather();
  await gather();
  const all = await queued();
  const Records = all.filter(({ body }) => (JSON.parse(body) as { todoId: string }).todoId === todoId);
  expect(Records.length).toBeGreaterThan(1);
  return { listId, todoId, Records };
}

/** A browser of the push service of this test, which no route would take. */
async function newBrowser({ actor, ...core }: ActorCore) {
  const subscription = pushService.subscribe(publicKey);
  const endpointHash = createHash("sha256").update(subscription.endpoint).digest("base64url");
  const rest = { renewedAt: new Date().toISOString(), expireAt: Math.floor(Date.now() / 1000) + 60 };
  await pushSubscriptions(core)
    .put({ ...subscription, endpointHash, accountId: actor.accountId, ...rest })
    .go();
  return { path: new URL(subscription.endpoint).pathname, endpointHash };
}
const overLoopback = ({ Records }: { Records: SQSRecord[] }) => sendReminders({ Records }, request);
const receivedAt = (path: string) => pushService.received.filter((one) => one.path === path);

async function mailCount(): Promise<number> {
  const { emails } = (await (await fetch(`${ses.url}/store`)).json()) as { emails: readonly unknown[] };
  return emails.length;
}

test("a todo that comes up is one mail, however often it was queued, with a way to stop them", async () => {
  const { listId, Records } = await dueTodo(await newReader(), "약 <b>먹기</b>");
  expect(await send({ Records })).toEqual({ batchItemFailures: [] });

  const { emails } = (await (await fetch(`${ses.url}/store`)).json()) as {
    emails: { subject: string; body: { text: string; html: string } }[];
  };
  expect(emails.map(({ subject }) => subject)).toEqual(["할 일: 약 <b>먹기</b>"]);
  const { text = "", html = "" } = emails[0]?.body ?? {};
  expect(text).toContain(`https://haru.example/ko/todos/lists/${listId}`);
  expect(text).toContain("물과 함께");
  expect(text).toMatch(/\/ko\/unsubscribe\/\S+\.reminders/);
  expect(html).toContain("약 &lt;b&gt;먹기&lt;/b&gt;");
});

test("each browser gets one message that it alone can read, signed by the site, also without mails", async () => {
  const me = await newReader();
  await choose(me, { comments: true, reminders: false });
  const [one, two] = [await newBrowser(me), await newBrowser(me)];
  const { listId, todoId, Records } = await dueTodo(me, "치과");
  const mails = await mailCount();
  for (let time = 0; time < 2; time++)
    expect(await overLoopback({ Records })).toEqual({ batchItemFailures: [] });

  for (const { path } of [one, two]) {
    const [received, ...others] = receivedAt(path);
    expect(others).toEqual([]);
    expect(received?.message).toEqual({
      title: "치과",
      body: expect.stringMatching(/^\d{4}년 .+ · 집$/),
      lang: "ko",
      tag: todoId,
      path: `/ko/todos/lists/${listId}#${todoId}`,
    });
    const { aud, exp, sub } = received?.claims ?? {};
    expect({ aud, sub }).toEqual({ aud: pushService.origin, sub: "mailto:no-reply@haru.example" });
    const hours = ((exp ?? 0) - Date.now() / 1000) / 3_600;
    expect(hours > 0 && hours <= 24).toBe(true);
    expect(received?.headers).toMatchObject({ "content-encoding": "aes128gcm", urgency: "high" });
  }
  const topics = [one, two].map(({ path }) => receivedAt(path)[0]?.headers.topic);
  expect(topics[0]).toMatch(/^[\w-]{32}$/);
  expect(await mailCount()).toBe(mails);
});

test("a browser that is gone, refuses for good or leads elsewhere is told nothing more; others are", async () => {
  const me = await newReader();
  const browsers = await Promise.all(Array.from({ length: 5 }, () => newBrowser(me)));
  for (const [index, status] of [404, 410, 403, 307].entries())
    pushService.answers.set(browsers[index]?.path ?? "", status);
  const { Records } = await dueTodo(me, "우체국");
  expect(await overLoopback({ Records })).toEqual({ batchItemFailures: [] });
  const left = await subscriptionsOf(me, me.actor.accountId);
  expect(left.map(({ endpointHash }) => endpointHash)).toEqual([browsers[4]?.endpointHash]);
  expect(receivedAt(browsers[4]?.path ?? "")).toHaveLength(1);
});

test("what a busy push service did not take comes again, once, and nobody else is told twice", async () => {
  const me = await newReader();
  const [busy, well] = [await newBrowser(me), await newBrowser(me)];
  const { Records } = await dueTodo(me, "은행");
  const [record] = Records as [SQSRecord];
  const mails = await mailCount();
  for (const status of [503, 429]) {
    pushService.answers.set(busy.path, status);
    expect(await overLoopback({ Records: [record] })).toEqual({
      batchItemFailures: [{ itemIdentifier: record.messageId }],
    });
  }
  pushService.answers.delete(busy.path);
  expect(await overLoopback({ Records })).toEqual({ batchItemFailures: [] });
  expect([receivedAt(busy.path).length, receivedAt(well.path).length]).toEqual([1, 1]);
  expect(await mailCount()).toBe(mails + 1);
});

test("a message of which nobody knows whether it was taken does not come twice", async () => {
  const me = await newReader();
  const { path } = await newBrowser(me);
  const { Records } = await dueTodo(me, "세탁소");
  const [record] = Records as [SQSRecord];
  pushService.answers.set(path, Number.POSITIVE_INFINITY);
  expect((await overLoopback({ Records: [record] })).batchItemFailures).toHaveLength(1);
  pushService.answers.delete(path);
  expect(await overLoopback({ Records })).toEqual({ batchItemFailures: [] });
  expect(receivedAt(path)).toEqual([]);
});

test("in production a push service on this machine is not sent to, and forgotten", async () => {
  const me = await newReader();
  const { path } = await newBrowser(me);
  const { Records } = await dueTodo(me, "안쪽");
  expect(await send({ Records })).toEqual({ batchItemFailures: [] });
  expect(receivedAt(path)).toEqual([]);
  expect(await subscriptionsOf(me, me.actor.accountId)).toEqual([]);
});

test("a browser that somebody else uses by now is not told what the one before is reminded of", async () => {
  const [before, after] = [await newReader(), await newReader()];
  const { path, endpointHash } = await newBrowser(before);
  const { Records } = await dueTodo(before, "비밀");
  await pushSubscriptions(before).patch({ endpointHash }).set({ accountId: after.actor.accountId }).go();
  await forget(before, { endpointHash, accountId: before.actor.accountId });
  expect(await overLoopback({ Records })).toEqual({ batchItemFailures: [] });
  expect(receivedAt(path)).toEqual([]);
  expect(await subscriptionsOf(after, after.actor.accountId)).toHaveLength(1);
});
