import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type CloudfrontApi, startCloudfrontApi } from "./cloudfront-api.ts";

// "CreateInvalidation" of the CloudFront API reference.

let api: CloudfrontApi;
const invalidated: (readonly [string, readonly string[]])[] = [];
let denial: string | undefined;
beforeAll(async () => {
  api = await startCloudfrontApi({
    frontDoor: { invalidate: (id, paths) => invalidated.push([id, paths]) },
    iam: { denial: () => denial },
    log: () => {},
  });
});
afterAll(() => api.stop());
beforeEach(() => {
  invalidated.length = 0;
  denial = undefined;
});

function create(paths: readonly string[], quantity = paths.length): Promise<Response> {
  const items = paths.map((path) => `<Path>${path}</Path>`).join("");
  return fetch(`${api.url}/2020-05-31/distribution/E1/invalidation`, {
    method: "POST",
    body: `<?xml version="1.0"?><InvalidationBatch xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Paths><Quantity>${quantity}</Quantity><Items>${items}</Items></Paths><CallerReference>1</CallerReference></InvalidationBatch>`,
  });
}

test("the paths reach the cache of the distribution, with what XML escapes", async () => {
  const response = await create(["/ko", "/search?a=1&amp;b=2*"]);
  const body = await response.text();
  expect(response.status).toBe(201);
  expect(body).toMatch(/<Invalidation xmlns="[^"]+"><Id>I[0-9A-F]{20}<\/Id><Status>Completed<\/Status>/);
  expect(invalidated).toEqual([["E1", ["/ko", "/search?a=1&b=2*"]]]);
});

test("a batch that counts wrongly, an empty one and one that is too large are refused", async () => {
  expect(await (await create(["/ko"], 2)).text()).toContain("<Code>InconsistentQuantities</Code>");
  expect((await create([])).status).toBe(400);
  expect((await create(Array.from({ length: 3_001 }, (_, index) => `/${index}`))).status).toBe(400);
  expect(invalidated).toEqual([]);
});

test("who may not invalidate is told so", async () => {
  denial = "User: x is not authorized";
  const response = await create(["/*"]);
  expect([response.status, await response.text()]).toEqual([
    403,
    expect.stringContaining("<Code>AccessDenied</Code><Message>User: x is not authorized</Message>"),
  ]);
  expect(invalidated).toEqual([]);
});
