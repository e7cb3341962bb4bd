import { Readable } from "node:stream";
import { beforeEach, expect, test } from "vitest";
import { type Headers, OriginError, type OriginResponse } from "../origin.ts";
import { type AskOrigin, createEdgeCache, type EdgeCache } from "./edge-cache.ts";

const none = { behavior: "none", names: [] } as const;
const policy = {
  minimumSeconds: 0,
  defaultSeconds: 0,
  maximumSeconds: 31_536_000,
  headers: none,
  cookies: none,
  queryStrings: none,
  encodings: [],
};

let now: number;
let cache: EdgeCache;
/** How often the origin was asked, and what for. */
let asked: Headers[];
beforeEach(() => {
  now = Date.parse("2026-11-21T00:00:00Z");
  asked = [];
  cache = createEdgeCache(() => now);
});

function origin(cacheControl: string, body = "page", more: Headers = {}): AskOrigin {
  return async (conditions) => {
    asked.push(conditions);
    return page(body, { "cache-control": cacheControl, ...more });
  };
}

function page(body: string, headers: Headers, statusCode = 200): OriginResponse {
  return { statusCode, headers, body: Readable.from([Buffer.from(body)]) };
}

async function get(ask: AskOrigin, path = "/ko", headers: Headers = {}, method: "GET" | "HEAD" = "GET") {
  const key = { text: path, path };
  const errorSeconds = new Map<number, number>();
  const request = { method, key, distributionId: "D", policy, errorSeconds, headers };
  const response = await cache.answer(request, ask);
  const chunks: Buffer[] = [];
  if (response.body instanceof Readable) for await (const chunk of response.body) chunks.push(chunk);
  else chunks.push(Buffer.from(response.body));
  const { "x-cache": source, age } = response.headers;
  return { status: response.statusCode, body: Buffer.concat(chunks).toString(), source, age };
}

const seconds = (count: number) => {
  now += count * 1000;
};

test("a page is asked for once while it is fresh, and says how old it is", async () => {
  const ask = origin("s-maxage=60");
  expect(await get(ask)).toMatchObject({ body: "page", source: "Miss from cloudfront", age: undefined });
  seconds(59);
  expect(await get(ask)).toMatchObject({ body: "page", source: "Hit from cloudfront", age: "59" });
  seconds(1);
  expect(await get(ask)).toMatchObject({ source: "Miss from cloudfront" });
  expect(asked).toHaveLength(2);
});

test("what is private is asked for each time", async () => {
  const ask = origin("private, no-store");
  await get(ask);
  expect(await get(ask)).toMatchObject({ source: "Miss from cloudfront" });
  expect(asked).toHaveLength(2);
});

test("a thousand viewers of an expired page cause one rendering", async () => {
  await get(origin("s-maxage=1", "old"));
  seconds(2);
  const release = Promise.withResolvers<void>();
  const slow: AskOrigin = async (conditions) => {
    await release.promise;
    return origin("s-maxage=1", "new")(conditions);
  };
  asked = [];
  const viewers = Array.from({ length: 1_000 }, () => get(slow));
  release.resolve();
  const bodies = new Set((await Promise.all(viewers)).map(({ body }) => body));
  expect([...bodies]).toEqual(["new"]);
  expect(asked).toHaveLength(1);
});

test("viewers who waited for an answer that is not theirs ask for their own", async () => {
  let count = 0;
  const own: AskOrigin = async () => page(`viewer ${++count}`, { "cache-control": "private" });
  const answers = await Promise.all([get(own), get(own), get(own)]);
  expect(new Set(answers.map(({ body }) => body)).size).toBe(3);
});

test("an expired page is given at once where the origin allows that, and is newer the next time", async () => {
  await get(origin("s-maxage=1, stale-while-revalidate=60", "old"));
  seconds(30);
  expect(await get(origin("s-maxage=60", "new"))).toMatchObject({ body: "old", age: "30" });
  await new Promise(setImmediate);
  expect(await get(origin("s-maxage=60", "newest"))).toMatchObject({ body: "new", age: "0" });
});

test("an expired page is given while the origin fails, as long as the origin allows that", async () => {
  const failing: AskOrigin = async () => {
    throw new OriginError(504, "no answer");
  };
  const broken: AskOrigin = async () => page("broken", {}, 500);
  await get(origin("s-maxage=1, stale-if-error=60"));
  seconds(30);
  expect(await get(failing)).toMatchObject({ status: 200, body: "page" });
  expect(await get(broken)).toMatchObject({ status: 200, body: "page" });
  seconds(60);
  await expect(get(failing)).rejects.toThrow("no answer");
});

test("an unchanged page is not sent again by the origin", async () => {
  await get(origin("s-maxage=1", "page", { etag: '"1"' }));
  seconds(2);
  const unchanged: AskOrigin = async (conditions) => {
    asked.push(conditions);
    return { statusCode: 304, headers: { "cache-control": "s-maxage=60" }, body: "" };
  };
  expect(await get(unchanged)).toMatchObject({ body: "page", source: "RefreshHit from cloudfront" });
  expect(asked[1]).toEqual({ "if-none-match": '"1"' });
  expect(await get(unchanged)).toMatchObject({ body: "page", source: "Hit from cloudfront" });
});

test("a viewer who has the page is told so", async () => {
  const ask = origin("s-maxage=60", "page", { etag: 'W/"1"' });
  expect(await get(ask, "/ko", { "if-none-match": '"0", "1"' })).toMatchObject({ status: 304, body: "" });
  expect(await get(ask, "/ko", { "if-none-match": '"2"' })).toMatchObject({ status: 200, body: "page" });
});

test("a HEAD takes what a GET left and leaves nothing", async () => {
  const ask = origin("s-maxage=60");
  await get(ask, "/ko", {}, "HEAD");
  expect(await get(ask)).toMatchObject({ source: "Miss from cloudfront" });
  expect(await get(ask, "/ko", {}, "HEAD")).toMatchObject({ source: "Hit from cloudfront" });
});

test("an invalidation forgets the paths that it names and no others", async () => {
  const ask = origin("s-maxage=60");
  for (const path of ["/ko", "/ko/posts/a", "/ko/posts/b", "/en", "/ko?page=2"]) await get(ask, path);
  expect(cache.invalidate("another", ["/*"])).toBe(0);
  expect(cache.invalidate("D", ["/ko", "/ko/posts/*"])).toBe(3);
  expect(await get(ask, "/ko")).toMatchObject({ source: "Miss from cloudfront" });
  expect(await get(ask, "/en")).toMatchObject({ source: "Hit from cloudfront" });
  expect(await get(ask, "/ko?page=2")).toMatchObject({ source: "Hit from cloudfront" });
});

test("an answer that was asked for before an invalidation is not kept after it", async () => {
  const release = Promise.withResolvers<void>();
  const slow: AskOrigin = async (conditions) => {
    const response = await origin("s-maxage=60", "old")(conditions);
    await release.promise;
    return response;
  };
  const viewer = get(slow);
  cache.invalidate("D", ["/ko"]);
  release.resolve();
  await viewer;
  expect(await get(origin("s-maxage=60", "new"))).toMatchObject({ body: "new" });
});

test("what fills the memory goes, the least recently used first", async () => {
  const large = "x".repeat(10 * 1024 * 1024);
  const ask = origin("s-maxage=60", large);
  for (let index = 0; index < 12; index++) await get(ask, `/${index}`);
  await get(ask, "/0");
  await get(ask, "/12");
  expect((await get(ask, "/0")).source).toBe("Hit from cloudfront");
  expect((await get(ask, "/1")).source).toBe("Miss from cloudfront");
});
