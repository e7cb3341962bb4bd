import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { type CachedPage, findCachedPage, madeAt, makeStale } from "../scripts/site-cache.ts";
import { expect, test } from "./fixtures.ts";

/** What only the bundle behind the edge's cache does, see docs/decisions/0015-edge.md. */

test("a page is kept at the edge, and says how old it is", async ({ request }) => {
  await expect.poll(async () => (await request.get("/en")).headers()["x-cache"]).toBe("Hit from cloudfront");
  expect(Number((await request.get("/en")).headers().age)).toBeGreaterThanOrEqual(0);
});

test("a file whose name holds its content is never asked for again", async ({ request }) => {
  const [name = ""] = /\/assets\/[\w.-]+\.css/.exec(await (await request.get("/ko")).text()) ?? [];
  expect((await request.get(name)).headers()["cache-control"]).toBe("public,max-age=31536000,immutable");
});

test("an error is not kept, so that what appears is seen at once", async ({ request }) => {
  const missing = () => request.get("/api/posts/by-slug/en/nothing-yet");
  expect([(await missing()).status(), (await missing()).headers()["x-cache"]]).toEqual([
    404,
    "Error from cloudfront",
  ]);
  expect((await missing()).headers().age).toBeUndefined();
});

test("a page gone stale is given once more and made anew by way of the queue", async ({ request }) => {
  const [store, database] = [new S3Client(), new DynamoDBClient()];
  await request.get("/ko");
  const page = await findPage(store, "/ko.cache");
  const tags = await findTags(database);
  // Each query is another page to the edge, also at the next try, and the same to the site.
  let asked = Date.now();
  let before = new Date(0);
  // What another journey publishes at this moment may make the page anew in between.
  await expect(async () => {
    before = await madeAt(store, page);
    await makeStale(store, database, tags, page);
    await expect
      .poll(async () => (await request.get(`/ko?asked=${asked++}`)).headers()["x-nextjs-cache"], {
        timeout: 5_000,
      })
      .toBe("STALE");
  }).toPass();
  await expect.poll(() => madeAt(store, page)).not.toEqual(before);
  await expect
    .poll(async () => (await request.get(`/ko?asked=${asked++}`)).headers()["x-nextjs-cache"])
    .toBe("HIT");
  store.destroy();
  database.destroy();
});

test("parameters that count clicks make no page of their own", async ({ request }) => {
  const cacheOf = async (query: string) => (await request.get(`/en/tags${query}`)).headers()["x-cache"];
  await expect.poll(() => cacheOf("")).toBe("Hit from cloudfront");
  expect(await cacheOf("?utm_source=letter&utm_campaign=a&fbclid=b")).toBe("Hit from cloudfront");
  expect(await cacheOf(`?page=${Date.now()}`)).toBe("Miss from cloudfront");
});

test("every spelling of an address leads to the one where the page is", async ({ request, baseURL }) => {
  const list = await request.get("/api/lists/ko/tag?limit=50");
  const { items } = (await list.json()) as { items: { name: string }[] };
  const tag = items.find(({ name }) => name !== name.normalize("NFD"))?.name ?? "";
  const composed = `/ko/tags/${encodeURIComponent(tag)}`;
  for (const [asked, canonical] of [
    [`/ko/tags/${encodeURIComponent(tag.normalize("NFD"))}`, composed],
    [`${composed}/`, composed],
    ["/KO/posts/welcome", "/ko/posts/welcome"],
    ["/ko/Posts/welcome", "/ko/posts/welcome"],
    ["/ko/posts/Welcome", "/ko/posts/welcome"],
    ["/ko/posts/welcome/", "/ko/posts/welcome"],
    ["/ko/posts/WELCOME.md", "/ko/posts/welcome.md"],
  ] as const) {
    const first = await request.get(asked, { maxRedirects: 0 });
    expect(first.status(), asked).toBe(308);
    const last = await request.get(asked);
    expect([last.status(), new URL(last.url()).pathname], asked).toEqual([200, canonical]);
  }
  expect(new URL((await request.get("/ko/posts/welcome")).url()).origin).toBe(new URL(baseURL ?? "").origin);
});

/** The site's page in its cache, whose bucket has a name of its own. */
async function findPage(store: S3Client, ending: string): Promise<CachedPage> {
  const { Buckets = [] } = await store.send(new ListBucketsCommand());
  for (const { Name = "" } of Buckets) {
    const found = await findCachedPage(store, Name, ending);
    if (found) return found;
  }
  throw new Error(`No page ends with ${ending}.`);
}

async function findTags(database: DynamoDBClient): Promise<string> {
  const { TableNames = [] } = await database.send(new ListTablesCommand());
  const found = TableNames.find((name) => /webrevalidationtable/i.test(name));
  if (!found) throw new Error("The site has no table of tags.");
  return found;
}
