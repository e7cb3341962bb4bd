import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { createTodo } from "@haru/core/todo/list-of-todos";
import { createList } from "@haru/core/todo/own-lists";
import type { SQSRecord } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSes } from "../../../local/src/engine/ses.ts";
import { startSqs } from "../../../local/src/engine/sqs.ts";
import { link, newPerson, startLinkedTable } from "../../test/services.ts";
import { coreFor } from "../core.ts";
import { handler as gather } from "./reminder-gather.ts";
import { handler as mailOut } from "./reminder-mail.ts";

const mailFolder = mkdtempSync(path.join(tmpdir(), "reminder-mail-"));
let table: Awaited<ReturnType<typeof startLinkedTable>>;
let ses: Awaited<ReturnType<typeof startSes>>;
let sqs: Awaited<ReturnType<typeof startSqs>>;
let queue: SQSClient;
beforeAll(async () => {
  [table, ses, sqs] = await Promise.all([
    startLinkedTable(),
    startSes({ dataFolder: mailFolder }),
    startSqs({}),
  ]);
  Object.assign(process.env, { AWS_ENDPOINT_URL_SESV2: ses.url, AWS_ENDPOINT_URL_SQS: sqs.url });
  queue = new SQSClient({});
  const { QueueUrl } = await queue.send(new CreateQueueCommand({ QueueName: "reminders" }));
  link("Reminders", { url: QueueUrl ?? "" });
  link("Mail", { sender: "no-reply@haru.example" });
  link("Router", { url: "https://haru.example/" });
});
afterAll(async () => {
  queue.destroy();
  await Promise.all([table.stop(), ses.stop(), sqs.stop()]);
  rmSync(mailFolder, { recursive: true, force: true });
});

async function queued(): Promise<SQSRecord[]> {
  const QueueUrl = (JSON.parse(process.env.SST_RESOURCE_Reminders ?? "{}") as { url: string }).url;
  const receive = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 600 };
  const { Messages = [] } = await queue.send(new ReceiveMessageCommand(receive));
  return Messages.map(({ Body }) => ({ body: Body, messageId: randomUUID() }) as SQSRecord);
}

test("a todo that comes up is one mail, however often it was queued, with a way to stop them", async () => {
  const { accountId } = await newPerson("reader");
  const me = coreFor("ko", { actor: { accountId, roles: ["reader"] } });
  const { listId } = await createList(me, { name: "집" });
  // The minute that has just passed: the first look at it finds it.
  const moment = new Date(Date.now() - 60_000).toISOString();
  const due = { date: moment.slice(0, 10), time: moment.slice(11, 16), timeZone: "UTC" };
  await createTodo(me, { listId, title: "약 <b>먹기</b>", notes: "물과 함께", due, remindMinutesBefore: 0 });
  await gather();
  await gather();
  const Records = await queued();
  expect(Records.length).toBeGreaterThan(1);
  expect(await mailOut({ Records })).toEqual({ batchItemFailures: [] });

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
