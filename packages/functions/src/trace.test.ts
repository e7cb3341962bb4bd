import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { postContract } from "@haru/core/post/post.contract";
import { newTraceparent, parseTraceparent } from "@haru/core/trace";
import type { DynamoDBRecord, SQSRecord } from "aws-lambda";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Answer, call, type Person } from "../test/call.ts";
import { newPerson, startLinkedTable } from "../test/services.ts";
import { logger } from "./log.ts";
import { handler as post } from "./post.ts";
import { inTrace, ofStream, tracedMessage, traceOfMessage } from "./trace.ts";

let table: Awaited<ReturnType<typeof startLinkedTable>>;
let author: Person;
beforeAll(async () => {
  table = await startLinkedTable();
  author = await newPerson("author");
});
afterAll(() => table.stop());

const draft = { lang: "ko", slug: "봄", title: "봄", description: "", tags: ["일기"], markdown: "본문" };

/** The traces of all rows of a post, by entity. */
async function tracesOfRows(postId: string): Promise<Record<string, string | undefined>> {
  const { Items = [] } = await table.table.client.send(new ScanCommand({ TableName: table.table.table }));
  const rows = Items.filter((row) => row.postId === postId);
  return Object.fromEntries(
    rows.map((row) => [row.__edb_e__, parseTraceparent(row.traceparent)?.traceId] as const),
  );
}

const traceIdOf = (traceparent: string) => parseTraceparent(traceparent)?.traceId;

test("rows that a request puts or updates carry its trace, and no answer shows it", async () => {
  const [first, second] = [newTraceparent(), newTraceparent()];
  const created: Answer = await call(post, postContract.create, {
    input: draft,
    as: author,
    headers: { traceparent: first },
  });
  expect(created.status).toBe(201);
  const { postId, revision } = created.body;
  const before = await tracesOfRows(postId);
  expect(Object.keys(before).length).toBeGreaterThan(1);
  expect(new Set(Object.values(before))).toEqual(new Set([traceIdOf(first)]));

  const published = await call(post, postContract.publish, {
    input: { postId, revision },
    as: author,
    headers: { traceparent: second },
  });
  expect(published.status).toBe(200);
  expect(Object.values(await tracesOfRows(postId))).toContain(traceIdOf(second));
  expect(JSON.stringify([created.body, published.body])).not.toContain("traceparent");
});

test("a request without a trace, or with something else in its place, begins one", async () => {
  for (const [slug, headers] of [
    ["없음", {}],
    ["거짓", { traceparent: "00-<script>-01" }],
  ] as const) {
    const { body } = await call(post, postContract.create, {
      input: { ...draft, slug },
      as: author,
      headers,
    });
    for (const traceId of Object.values(await tracesOfRows(body.postId)))
      expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  }
});

const record = (traceparent?: string): DynamoDBRecord => ({
  dynamodb: { NewImage: traceparent === undefined ? {} : { traceparent: { S: traceparent } } },
});

test("a reader of the stream names the traces of its rows, and its messages go on with the first", async () => {
  const named = vi.spyOn(logger, "appendKeys");
  const [first, second] = [newTraceparent(), newTraceparent()];
  const message = await ofStream(async () => tracedMessage())({
    Records: [record(), record(first), record(second), record(first)],
  });
  expect(named).toHaveBeenLastCalledWith({ traceIds: [traceIdOf(first), traceIdOf(second)] });
  const sent = message.MessageAttributes?.traceparent?.StringValue ?? "";
  expect(traceIdOf(sent)).toBe(traceIdOf(first));
  expect(sent).not.toBe(first);

  const messageAttributes = { traceparent: { stringValue: sent, dataType: "String" } };
  const received = { messageAttributes } as unknown as SQSRecord;
  await inTrace(traceOfMessage(received), async () => {
    expect(tracedMessage().MessageAttributes?.traceparent?.StringValue).toContain(traceIdOf(first));
  });
  expect(tracedMessage()).toEqual({});
});
