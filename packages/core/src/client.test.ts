import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ApiError, createClient } from "./client.ts";
import { contracts } from "./routes.ts";

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

let server: Server;
let baseUrl: string;
const seen: Seen[] = [];
/** Answers of the server in their order; the last one stays. */
let answers: ((response: ServerResponse) => void)[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    seen.push({ method: request.method, url: request.url, headers: request.headers, body });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    answer?.(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen.length = 0;
});

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
const hangUp = (response: ServerResponse) => response.destroy();
const client = (more: object = {}) => createClient(contracts, { baseUrl, locale: "ko", ...more });

const postId = "pst_00000000000000000000000001";
const comment = {
  commentId: "cmt_00000000000000000000000001",
  postId,
  author: { accountId: "acc_0b6cf8a2-7a54-4c11-9d1f-3f5b8a1c2d3e", displayName: "김하루", wrotePost: false },
  html: "<p>글</p>",
  createdAt: "2026-11-21T00:00:00.000Z",
  revision: 1,
  isWaiting: false,
} as const;

test("a read puts its input into path and query, and says the language and who asks", async () => {
  answers = [json(200, { items: [comment], isClosed: false })];
  const page = await client({ token: "t", headers: { "x-from": "test" } }).comment.list({ postId, limit: 5 });
  expect(page.items).toEqual([comment]);
  expect(seen[0]).toMatchObject({
    method: "GET",
    url: `/api/posts/${postId}/comments?limit=5`,
    headers: { "accept-language": "ko", authorization: "Bearer t", "x-from": "test" },
  });
});

test("a slug in Hangul is encoded", async () => {
  answers = [json(404, { message: "Not Found" })];
  await client()
    .post.read({ lang: "ko", slug: "가을 아침" })
    .catch(() => {});
  expect(seen[0]?.url).toBe(`/api/posts/by-slug/ko/${encodeURIComponent("가을 아침")}`);
});

test.each(["", ".", ".."])("the segment %j, which would name another route, is never sent", async (slug) => {
  await expect(client().post.read({ lang: "ko", slug })).rejects.toMatchObject({ code: "not_found" });
  expect(seen).toEqual([]);
});

test("a write sends JSON without the names that stand in the path", async () => {
  answers = [json(201, comment)];
  await client({ token: "t" }).comment.create({ postId, markdown: "글" });
  expect(seen[0]).toMatchObject({ method: "POST", headers: { "content-type": "application/json" } });
  expect(JSON.parse(seen[0]?.body ?? "")).toEqual({ markdown: "글" });
});

test("a create is sent again under the same key while the network or the server is away", async () => {
  answers = [hangUp, json(503, { message: "Service Unavailable" }), json(201, comment)];
  await expect(client({ token: "t" }).comment.create({ postId, markdown: "글" })).resolves.toEqual(comment);
  expect(seen).toHaveLength(3);
  expect(new Set(seen.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
  expect(seen[0]?.headers["idempotency-key"]).toMatch(/^[\w-]{16,64}$/);
});

test("the caller's own key is kept", async () => {
  answers = [json(201, comment)];
  const idempotencyKey = "the-form-on-this-page";
  await client().comment.create({ postId, markdown: "글" }, { idempotencyKey });
  expect(seen[0]?.headers["idempotency-key"]).toBe(idempotencyKey);
});

test("what could happen twice is sent once", async () => {
  answers = [hangUp];
  await expect(client().post.publish({ postId, revision: 1 })).rejects.toMatchObject({ code: "unavailable" });
  expect(seen).toHaveLength(1);
});

test("after three attempts the failure is told, with its cause", async () => {
  answers = [hangUp];
  const error = await client()
    .comment.list({ postId })
    .catch((reason) => reason);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ code: "unavailable", status: undefined, cause: expect.any(Error) });
  expect(error.message).toBe("지금은 이용할 수 없습니다. 잠시 뒤 다시 시도해 주세요.");
  expect(seen).toHaveLength(3);
});

test("an error of ours arrives with its code, sentence, fields and request id", async () => {
  const error = { code: "conflict", message: "이미 있습니다.", fields: { slug: ["!"] }, requestId: "r-1" };
  answers = [json(409, { error })];
  await expect(client().list.posts({ lang: "ko" })).rejects.toMatchObject({ ...error, status: 409 });
});

test.each([
  [401, { message: "Unauthorized" }, "unauthenticated"],
  [403, { message: "Forbidden" }, "forbidden"],
  [404, { message: "Not Found" }, "not_found"],
  [413, { message: "Request Entity Too Large" }, "too_large"],
  [429, { message: "Too Many Requests" }, "rate_limited"],
  [431, { message: "Request Header Fields Too Large" }, "invalid_input"],
  [500, { message: "Internal Server Error" }, "internal"],
  [504, { message: "Endpoint request timed out" }, "unavailable"],
] as const)("the gateway's own %i %j is an error like any other: %s", async (status, body, code) => {
  answers = [json(status, body, { "apigw-requestid": "g-1" })];
  const error = await client({ locale: "en" })
    .account.current({})
    .catch((reason) => reason);
  expect(error).toMatchObject({ code, status, requestId: "g-1" });
  expect(error.message).toMatch(/\.$/);
});

test("a page of HTML instead of an answer is an error like any other", async () => {
  answers = [(response) => response.writeHead(200).end("<!doctype html>")];
  await expect(client().comment.list({ postId })).rejects.toMatchObject({ code: "internal", status: 200 });
});

test("an answer that does not fit the contract is refused", async () => {
  answers = [json(200, { items: [{ ...comment, html: 7 }], isClosed: false })];
  await expect(client().comment.list({ postId })).rejects.toMatchObject({ code: "internal" });
});

test("keys that only a newer server knows are left out", async () => {
  const author = { ...comment.author, picture: "x" };
  answers = [json(200, { items: [{ ...comment, author, likes: 3 }], isClosed: false, total: 1 })];
  expect(await client().comment.list({ postId })).toEqual({ items: [comment], isClosed: false });
});

test("a caller who gives up gets their own reason, and nothing is sent again", async () => {
  answers = [hangUp];
  const controller = new AbortController();
  const reason = new Error("The page was left");
  const pending = client().comment.list({ postId }, { signal: controller.signal });
  controller.abort(reason);
  await expect(pending).rejects.toBe(reason);
  expect(seen.length).toBeLessThan(2);
});
