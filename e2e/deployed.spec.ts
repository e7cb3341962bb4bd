import {
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { expect, test } from "./fixtures.ts";

/** What only the bundle behind the edge's cache does, see docs/decisions/0015-edge.md. */

test("a page is kept at the edge, and says how old it is", async ({ request }) => {
  await expect.poll(async () => (await request.get("/en")).headers()["x-cache"]).toBe("Hit from cloudfront");
  expect(Number((await request.get("/en")).headers().age)).toBeGreaterThanOrEqual(0);
});

test("an error is not kept, so that what appears is seen at once", async ({ request }) => {
  const missing = () => request.get("/api/posts/by-slug/en/nothing-yet");
  expect([(await missing()).status(), (await missing()).headers()["x-cache"]]).toEqual([
    404,
    "Error from cloudfront",
  ]);
  expect((await missing()).headers().age).toBeUndefined();
});

test("a page whose time is over is given once more and made anew by way of the queue", async ({
  request,
}) => {
  const store = new S3Client();
  await request.get("/ko");
  const entry = await findPage(store, "/ko.cache");
  const read = async () => {
    const { Body } = await store.send(new GetObjectCommand(entry));
    return JSON.parse((await Body?.transformToString()) ?? "{}") as { revalidate: number };
  };
  const page = await read();
  const end = () =>
    store.send(new PutObjectCommand({ ...entry, Body: JSON.stringify({ ...page, revalidate: 1 }) }));
  await end();
  // Each query is another page to the edge, and the same to the site.
  let asked = 0;
  await expect
    .poll(async () => {
      // A change that was under way may have made it anew in between.
      if ((await read()).revalidate !== 1) await end();
      return (await request.get(`/ko?asked=${asked++}`)).headers()["x-nextjs-cache"];
    })
    .toBe("STALE");
  await expect.poll(async () => (await read()).revalidate).toBe(page.revalidate);
  store.destroy();
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
