import { randomFillSync } from "node:crypto";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { mediaContract } from "@haru/core/media/media.contract";
import type { MissingParts } from "@haru/core/media/upload.contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startObjects, type TestObjects } from "../../core/test/objects.ts";
import { clientSettings } from "../../local/src/aws-client.ts";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../../local/src/credentials.ts";
import { startSqs } from "../../local/src/engine/sqs.ts";
import { call, type Person } from "../test/call.ts";
import { link, newPerson, startLinkedTable } from "../test/services.ts";
import { handler as media } from "./media.ts";

let table: Awaited<ReturnType<typeof startLinkedTable>>;
let store: TestObjects;
let engine: Awaited<ReturnType<typeof startSqs>>;
let sqs: SQSClient;
let QueueUrl: string | undefined;
let author: Person;
beforeAll(async () => {
  [table, store, engine] = await Promise.all([startLinkedTable(), startObjects(), startSqs({})]);
  sqs = new SQSClient(clientSettings(engine.url));
  ({ QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "media-work" })));
  link("Media", { name: store.objects.bucket });
  link("MediaWork", { url: QueueUrl ?? "" });
  // Nothing is said of checksums, as on AWS.
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: store.url,
    AWS_ENDPOINT_URL_SQS: engine.url,
    AWS_ACCESS_KEY_ID: ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY: SECRET_ACCESS_KEY,
  });
  author = await newPerson("author");
});
afterAll(async () => {
  sqs.destroy();
  await Promise.all([table.stop(), store.stop(), engine.stop()]);
});

const bytes = randomFillSync(Buffer.allocUnsafe(26_000_000));
const file = { name: "큰 그림.png", contentType: "image/png", bytes: bytes.length };

async function begin(as: Person) {
  const { status, body } = await call(media, mediaContract.beginParts, { as, input: file });
  expect(status).toBe(201);
  return { mediaId: body.media.mediaId, uploadId: body.upload.uploadId };
}

async function missing(input: Awaited<ReturnType<typeof begin>>): Promise<MissingParts["parts"]> {
  return (await call(media, mediaContract.missingParts, { as: author, input })).body.parts;
}

test("a large file goes in parts by addresses that ask for nothing but its bytes", async () => {
  const input = await begin(author);
  let from = 0;
  for (const part of await missing(input)) {
    const body = bytes.subarray(from, from + part.bytes);
    from += part.bytes;
    expect((await fetch(part.url, { method: "PUT", body })).status).toBe(200);
    expect(part.url).not.toContain("checksum");
  }
  expect(from).toBe(bytes.length);
  const completed = await call(media, mediaContract.completeParts, { as: author, input });
  expect([completed.status, completed.body.state]).toEqual([200, "waiting"]);
  expect(await store.keys("uploads/")).toEqual([`uploads/${input.mediaId}/${input.uploadId}`]);
});

test("an upload that its author ends is handed to the worker, which collects what was sent", async () => {
  const input = await begin(author);
  expect((await call(media, mediaContract.abortParts, { as: author, input })).status).toBe(200);
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(JSON.parse(Messages[0]?.Body ?? "")).toEqual({ work: "look", mediaId: input.mediaId });
  expect((await call(media, mediaContract.missingParts, { as: author, input })).status).toBe(404);
});

test("what is missing when the end is asked for is said to the person", async () => {
  const input = await begin(author);
  const { status, body } = await call(media, mediaContract.completeParts, { as: author, input });
  expect([status, body.error.message]).toEqual([
    409,
    "아직 덜 보낸 파일입니다. 빠진 부분을 마저 보내 주세요.",
  ]);
});

test("nobody else gets at an upload, and readers begin none", async () => {
  const input = await begin(author);
  const [stranger, reader] = [await newPerson("author"), await newPerson("reader")];
  for (const route of [mediaContract.missingParts, mediaContract.completeParts, mediaContract.abortParts]) {
    expect((await call(media, route, { as: stranger, input })).status).toBe(404);
    expect((await call(media, route, { as: reader, input })).status).toBe(403);
    expect((await call(media, route, { input })).status).toBe(401);
  }
  expect((await call(media, mediaContract.beginParts, { as: reader, input: file })).status).toBe(403);
  expect(await missing(input)).toHaveLength(4);
});
