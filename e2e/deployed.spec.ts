import { DynamoDBClient, ListTablesCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
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
  const { Bucket, Key } = await findPage(store, "/ko.cache");
  const read = () => store.send(new GetObjectCommand({ Bucket, Key }));
  const before = await read();
  const page = JSON.parse((await before.Body?.transformToString()) ?? "{}") as {
    meta: { headers: Record<string, string> };
  };
  const [, build] = Key.split("/");
  const [tag] = (page.meta.headers["x-next-cache-tags"] ?? "").split(",");
  // The store tells times in whole seconds: a page of this very second would stay stale once it is made anew.
  const madeAt = before.LastModified?.getTime() ?? 0;
  await expect.poll(() => Date.now() - madeAt).toBeGreaterThan(1000);
  const now = { N: String(Math.floor(Date.now() / 1000) * 1000) };
  // A process that made the page itself knows its hour by heart, so that only a tag can end it sooner.
  const name = { S: `${build}/${tag}` };
  await database.send(
    new PutItemCommand({
      TableName: await findTags(database),
      Item: { tag: name, path: name, revalidatedAt: now, stale: now },
    }),
  );
  // Each query is another page to the edge, and the same to the site.
  let asked = 0;
  await expect
    .poll(async () => (await request.get(`/ko?asked=${asked++}`)).headers()["x-nextjs-cache"])
    .toBe("STALE");
  await expect.poll(async () => (await read()).LastModified).not.toEqual(before.LastModified);
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

/** The site's page in its cache, whose bucket and build have names of their own. */
async function findPage(store: S3Client, ending: string): Promise<{ Bucket: string; Key: string }> {
  const { Buckets = [] } = await store.send(new ListBucketsCommand());
  for (const { Name: Bucket = "" } of Buckets) {
    const { Contents = [] } = await store.send(new ListObjectsV2Command({ Bucket, Prefix: "_cache/" }));
    const found = Contents.find(({ Key }) => Key?.endsWith(ending));
    if (found?.Key) return { Bucket, Key: found.Key };
  }
  throw new Error(`No page ends with ${ending}.`);
}

async function findTags(database: DynamoDBClient): Promise<string> {
  const { TableNames = [] } = await database.send(new ListTablesCommand());
  const found = TableNames.find((name) => /webrevalidationtable/i.test(name));
  if (!found) throw new Error("The site has no table of tags.");
  return found;
}
