import http from "node:http";
import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { BUCKET, type ObjectStore, refusal, startObjectStore } from "../../test/object-store.ts";

let store: ObjectStore;
beforeAll(async () => {
  store = await startObjectStore();
});
afterAll(() => store.stop());
beforeEach(() => store.reset());

// Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)".

const presignPut = (
  input: Partial<PutObjectCommandInput>,
  options: Parameters<typeof getSignedUrl>[2] = {},
) =>
  getSignedUrl(store.client, new PutObjectCommand({ Bucket: BUCKET, Key: "put.bin", ...input }), {
    expiresIn: 60,
    ...options,
  });

test("a presigned PUT stores exactly the signed key, type and length", async () => {
  const url = await presignPut(
    { Key: "put/글.png", ContentType: "image/png", ContentLength: 4 },
    { signableHeaders: new Set(["content-type", "content-length"]) },
  );
  const put = (target: string, type: string, body: string) =>
    fetch(target, { method: "PUT", headers: { "content-type": type }, body });
  expect((await refusal(await put(url, "text/html", "good")))[1]).toBe("SignatureDoesNotMatch");
  expect((await refusal(await put(url, "image/png", "longer")))[1]).toBe("SignatureDoesNotMatch");
  expect((await refusal(await put(url.replace("put/", "put2/"), "image/png", "good")))[1]).toBe(
    "SignatureDoesNotMatch",
  );
  expect((await refusal(await fetch(url)))[1]).toBe("SignatureDoesNotMatch");
  expect(await store.keys()).not.toContain("put/글.png");
  expect((await put(url, "image/png", "good")).status).toBe(200);
  const stored = await store.behind.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "put/글.png" }));
  expect([stored.ContentType, stored.ContentLength]).toEqual(["image/png", 4]);
  expect(store.events).toEqual([`ObjectCreated:Put put/${encodeURIComponent("글")}.png`]);
});

test("what an SDK hoists into a presigned address counts as signed headers", async () => {
  const url = await presignPut({ Key: "hoisted", Metadata: { owner: "kim" } });
  expect((await fetch(url, { method: "PUT", body: "x" })).status).toBe(200);
  const { Metadata } = await store.behind.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "hoisted" }));
  expect(Metadata).toEqual({ owner: "kim" });
  const forged = url.replace("owner=kim", "owner=lee");
  expect((await refusal(await fetch(forged, { method: "PUT", body: "x" })))[1]).toBe("SignatureDoesNotMatch");
});

test("a presigned GET reads its object, with the answer's headers that were signed", async () => {
  const command = new GetObjectCommand({
    Bucket: BUCKET,
    Key: "plain.txt",
    ResponseContentDisposition: 'attachment; filename="a.txt"',
  });
  const url = await getSignedUrl(store.client, command, { expiresIn: 60 });
  const response = await fetch(url, { headers: { range: "bytes=0-3" } });
  expect([response.status, await response.text()]).toEqual([206, "body"]);
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="a.txt"');
});

test("a presigned address ends when it says and cannot be made to last", async () => {
  const url = await getSignedUrl(store.client, new GetObjectCommand({ Bucket: BUCKET, Key: "plain.txt" }), {
    expiresIn: 60,
  });
  store.setAhead(59_000);
  expect((await fetch(url)).status).toBe(200);
  store.setAhead(62_000);
  expect(await refusal(await fetch(url))).toEqual([
    403,
    "AccessDenied",
    expect.stringContaining("Request has expired"),
  ]);
  const longer = url.replace("X-Amz-Expires=60", "X-Amz-Expires=6000");
  expect((await refusal(await fetch(longer)))[1]).toBe("SignatureDoesNotMatch");
  const tooLong = url.replace("X-Amz-Expires=60", "X-Amz-Expires=604801");
  expect((await refusal(await fetch(tooLong)))[1]).toBe("AuthorizationQueryParametersError");
});

test.each([
  ["without its signature", /&X-Amz-Signature=[^&]+/, "", "AuthorizationQueryParametersError"],
  ["with another signature", /(X-Amz-Signature=)[^&]+/, `$1${"0".repeat(64)}`, "SignatureDoesNotMatch"],
  ["with another algorithm", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA1", "AuthorizationQueryParametersError"],
  [
    "of the older kind",
    /\?.*/,
    "?AWSAccessKeyId=LOCALCLOUD&Signature=x&Expires=9999999999",
    "InvalidRequest",
  ],
  ["that does not sign the host", "X-Amz-SignedHeaders=host", "X-Amz-SignedHeaders=range", "AccessDenied"],
])("a presigned address %s is refused", async (_what, from, to, code) => {
  const url = await getSignedUrl(store.client, new GetObjectCommand({ Bucket: BUCKET, Key: "plain.txt" }));
  expect((await refusal(await fetch(url.replace(from, to))))[1]).toBe(code);
});

test.each(["../elsewhere/x", "a/%2E%2E/../elsewhere/x", "./x", "x%00"])(
  "the path %s, which would leave its bucket, is refused whoever signed it",
  async (path) => {
    // Not with fetch, which would take the dots away.
    const answer = await new Promise<string>((resolve, reject) => {
      const target = `/${BUCKET}/${path}?X-Amz-Algorithm=AWS4-HMAC-SHA256`;
      http
        .request(store.url, { path: target, method: "PUT" }, async (response) =>
          resolve(Buffer.concat(await response.toArray()).toString()),
        )
        .on("error", reject)
        .end("x");
    });
    expect(answer).toContain("<Code>InvalidArgument</Code>");
    const CopySource = `${BUCKET}/${path}`;
    const copy = new CopyObjectCommand({ Bucket: BUCKET, Key: "stolen", CopySource });
    await expect(store.client.send(copy)).rejects.toMatchObject({ name: "InvalidArgument" });
    expect(store.events).toEqual([]);
  },
);
