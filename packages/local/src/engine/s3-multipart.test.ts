import http from "node:http";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListPartsCommand,
  UploadPartCommand,
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

// Amazon S3 User Guide, "Uploading and copying objects using multipart upload".

const least = 5 * 1024 * 1024;
const part = (letter: string, bytes = least) => Buffer.alloc(bytes, letter);

async function begin(Key: string) {
  const { UploadId } = await store.client.send(
    new CreateMultipartUploadCommand({ Bucket: BUCKET, Key, ContentType: "image/png" }),
  );
  const upload = { Bucket: BUCKET, Key, UploadId };
  return {
    upload,
    put: async (PartNumber: number, Body: Buffer) =>
      (await store.client.send(new UploadPartCommand({ ...upload, PartNumber, Body }))).ETag,
    list: async (more: { MaxParts?: number; PartNumberMarker?: string } = {}) =>
      store.client.send(new ListPartsCommand({ ...upload, ...more })),
    complete: (...parts: (readonly [number, string | undefined])[]) =>
      store.client.send(
        new CompleteMultipartUploadCommand({
          ...upload,
          MultipartUpload: { Parts: parts.map(([PartNumber, ETag]) => ({ PartNumber, ETag })) },
        }),
      ),
    abort: () => store.client.send(new AbortMultipartUploadCommand(upload)),
  };
}

test("parts that came in any order, one of them twice, become one object, told as S3 tells it", async () => {
  const { put, list, complete } = await begin("parts/봄 1.png");
  const last = await put(3, part("c", 7));
  await put(1, part("x"));
  const middle = await put(2, part("b"));
  const first = await put(1, part("a"));
  const { Parts } = await list();
  expect(Parts?.map(({ PartNumber, ETag, Size }) => [PartNumber, ETag, Size])).toEqual([
    [1, first, least],
    [2, middle, least],
    [3, last, 7],
  ]);
  expect(await store.keys("parts/")).toEqual([]);
  const { ETag } = await complete([1, first], [2, middle], [3, last]);
  expect(ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
  const object = await store.client.send(new GetObjectCommand({ Bucket: BUCKET, Key: "parts/봄 1.png" }));
  expect([object.ContentType, object.ContentLength, object.ETag]).toEqual(["image/png", 2 * least + 7, ETag]);
  const bytes = Buffer.from((await object.Body?.transformToByteArray()) ?? []);
  expect(bytes.equals(Buffer.concat([part("a"), part("b"), part("c", 7)]))).toBe(true);
  expect(store.events).toEqual([
    `ObjectCreated:CompleteMultipartUpload parts/${encodeURIComponent("봄")}+1.png`,
  ]);
});

test("parts are listed in pages", async () => {
  const { put, list } = await begin("pages.png");
  for (const number of [10, 2, 7]) await put(number, part("a", 1));
  const first = await list({ MaxParts: 2 });
  expect([first.Parts?.map(({ PartNumber }) => PartNumber), first.IsTruncated]).toEqual([[2, 7], true]);
  const { NextPartNumberMarker = "" } = first;
  const second = await list({ MaxParts: 2, PartNumberMarker: NextPartNumberMarker });
  expect([second.Parts?.map(({ PartNumber }) => PartNumber), second.IsTruncated]).toEqual([[10], false]);
});

test("an end that names what is not there, names it in another order or has a small part in between is refused", async () => {
  const { put, complete } = await begin("refused.png");
  const [first, second] = [await put(1, part("a")), await put(2, part("b", 5))];
  await expect(complete([1, first], [3, second])).rejects.toMatchObject({ name: "InvalidPart" });
  await expect(complete([1, second])).rejects.toMatchObject({ name: "InvalidPart" });
  await expect(complete([2, second], [1, first])).rejects.toMatchObject({ name: "InvalidPartOrder" });
  const third = await put(3, part("c", 5));
  await expect(complete([1, first], [2, second], [3, third])).rejects.toMatchObject({
    name: "EntityTooSmall",
  });
  expect(await store.keys("refused")).toEqual([]);
});

test("what was aborted or completed, or belongs to another key, is no upload", async () => {
  const { put, list, complete, abort, upload } = await begin("aborted.png");
  const etag = await put(1, part("a", 5));
  const elsewhere = new ListPartsCommand({ ...upload, Key: "other.png" });
  await expect(store.client.send(elsewhere)).rejects.toMatchObject({ name: "NoSuchUpload" });
  await abort();
  for (const attempt of [() => put(2, part("b", 5)), list, () => complete([1, etag]), abort])
    await expect(attempt()).rejects.toMatchObject({
      name: "NoSuchUpload",
      $metadata: { httpStatusCode: 404 },
    });

  const other = await begin("completed.png");
  const only = await other.put(1, part("a", 5));
  await other.complete([1, only]);
  await expect(other.complete([1, only])).rejects.toMatchObject({ name: "NoSuchUpload" });
});

test("a part that nobody wants any more is refused, and its connection is good for the next request", async () => {
  const { upload, abort } = await begin("unwanted.png");
  const command = new UploadPartCommand({ ...upload, PartNumber: 1, ContentLength: 2 * least });
  const url = await getSignedUrl(store.client, command, { expiresIn: 60 });
  await abort();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const put = () =>
    new Promise((resolve, reject) => {
      http
        .request(url, { method: "PUT", agent, headers: { "content-length": 2 * least } }, (answer) => {
          answer.resume().on("end", () => resolve(answer.statusCode));
        })
        .on("error", reject)
        .end(part("a", 2 * least));
    });
  expect([await put(), await put()]).toEqual([404, 404]);
  agent.destroy();
});

test("a presigned address takes its part at its exact length, and nothing of one whose connection broke", async () => {
  const { upload, list } = await begin("signed.png");
  const command = new UploadPartCommand({ ...upload, PartNumber: 1, ContentLength: 6 });
  const url = await getSignedUrl(store.client, command, { expiresIn: 60 });
  const put = (address: string, body: string) => fetch(address, { method: "PUT", body });
  expect((await refusal(await put(url, "longer than six")))[1]).toBe("SignatureDoesNotMatch");
  expect((await refusal(await put(url, "short")))[1]).toBe("SignatureDoesNotMatch");
  expect((await refusal(await put(url.replace("partNumber=1", "partNumber=2"), "sixsix")))[1]).toBe(
    "SignatureDoesNotMatch",
  );
  await new Promise<void>((resolve) => {
    const broken = http.request(url, { method: "PUT", headers: { "content-length": 6 } });
    broken.on("error", () => resolve());
    broken.write("six", () => setTimeout(() => broken.destroy(new Error("The cable is out.")), 100));
  });
  expect((await list()).Parts ?? []).toEqual([]);
  expect((await put(url, "sixsix")).status).toBe(200);
  expect((await list()).Parts).toMatchObject([{ PartNumber: 1, Size: 6 }]);
});
