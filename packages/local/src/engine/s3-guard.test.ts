import http from "node:http";
import { Readable } from "node:stream";
import {
  CopyObjectCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { BUCKET, type ObjectStore, refusal, startObjectStore } from "../../test/object-store.ts";
import { SECRET_ACCESS_KEY } from "../credentials.ts";

let store: ObjectStore;
beforeAll(async () => {
  store = await startObjectStore();
});
afterAll(() => store.stop());
beforeEach(() => store.reset());

// Amazon S3 API Reference, "Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)".

test("what the SDK signs with the cloud's credentials passes, whatever the key holds", async () => {
  for (const Key of ["plain.txt", "글 + (1)*'!~.txt", "...", "100%/ä?x=1&y=2#z"]) {
    await store.client.send(
      new PutObjectCommand({ Bucket: BUCKET, Key, Body: `body of ${Key}`, Metadata: { note: "a  b" } }),
    );
    const { Body, Metadata } = await store.client.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
    expect([await Body?.transformToString(), Metadata]).toEqual([`body of ${Key}`, { note: "a  b" }]);
  }
  await store.client.send(
    new CopyObjectCommand({ Bucket: BUCKET, Key: "copy.txt", CopySource: `${BUCKET}/plain.txt` }),
  );
  expect(await store.read("copy.txt")).toBe("body of plain.txt");
  const listed = await store.client.send(
    new ListObjectsV2Command({ Bucket: BUCKET, Prefix: "글 +", MaxKeys: 5 }),
  );
  expect(listed.Contents).toHaveLength(1);
  await store.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "copy.txt" }));
  await expect(
    store.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "copy.txt" })),
  ).rejects.toMatchObject({
    $metadata: { httpStatusCode: 404 },
  });
});

test.each<[string, NonNullable<PutObjectCommandInput["Body"]>, Partial<S3ClientConfig>]>([
  [
    "a buffer with a checksum",
    Buffer.from("x".repeat(300_000)),
    { requestChecksumCalculation: "WHEN_SUPPORTED" },
  ],
  [
    "a stream in chunks with a trailer",
    Readable.from([Buffer.from("x".repeat(200_000)), Buffer.from("x".repeat(100_000))]),
    { requestChecksumCalculation: "WHEN_SUPPORTED" },
  ],
  [
    "a stream",
    Readable.from([Buffer.from("x".repeat(300_000))]),
    { requestChecksumCalculation: "WHEN_REQUIRED" },
  ],
])("%s arrives without the framing of the wire", async (what, Body, settings) => {
  const other = store.connect(store.url, settings);
  await other.send(new PutObjectCommand({ Bucket: BUCKET, Key: what, Body, ContentLength: 300_000 }));
  other.destroy();
  const { ContentEncoding, ContentLength } = await store.behind.send(
    new HeadObjectCommand({ Bucket: BUCKET, Key: what }),
  );
  expect([ContentEncoding, ContentLength]).toEqual([undefined, 300_000]);
  expect(await store.read(what)).toBe("x".repeat(300_000));
});

test.each([
  ["another secret", { accessKeyId: "LOCALCLOUD", secretAccessKey: "guessed" }, "SignatureDoesNotMatch"],
  ["an unknown key", { accessKeyId: "NOBODY", secretAccessKey: SECRET_ACCESS_KEY }, "InvalidAccessKeyId"],
])("a request signed with %s is refused", async (_what, credentials, code) => {
  const other = store.connect(store.url, { credentials });
  await expect(other.send(new GetObjectCommand({ Bucket: BUCKET, Key: "plain.txt" }))).rejects.toMatchObject({
    name: code,
  });
  other.destroy();
});

test("a signed request of another region or of long ago is refused", async () => {
  const abroad = store.connect(store.url, { region: "eu-west-1" });
  const list = () => new ListObjectsV2Command({ Bucket: BUCKET });
  await expect(abroad.send(list())).rejects.toMatchObject({ name: "AuthorizationHeaderMalformed" });
  abroad.destroy();
  // A client of its own, because an SDK client sets its clock by such an answer.
  const late = store.connect(store.url);
  store.setAhead(16 * 60 * 1000);
  await expect(late.send(list())).rejects.toMatchObject({ name: "RequestTimeTooSkewed" });
  late.destroy();
});

test("a request whose headers or body were changed on the way is refused and stores nothing", async () => {
  const { target, signed } = await new Promise<{
    target: string;
    signed: http.IncomingHttpHeaders;
  }>((resolve, reject) => {
    const spy = http.createServer((request, response) => {
      resolve({ target: request.url ?? "", signed: request.headers });
      response.end();
    });
    spy.listen(0, "127.0.0.1", async () => {
      const { port } = spy.address() as { port: number };
      const other = store.connect(`http://127.0.0.1:${port}`, {
        requestChecksumCalculation: "WHEN_REQUIRED",
      });
      await other
        .send(
          new PutObjectCommand({ Bucket: BUCKET, Key: "changed.txt", Body: "good", Metadata: { a: "1" } }),
        )
        .catch(reject);
      other.destroy();
      spy.close();
    });
  });
  const send = (body: string, headers: object) =>
    new Promise<string>((resolve, reject) => {
      http
        .request(store.url + target, { method: "PUT", headers: { ...signed, ...headers } }, async (answer) =>
          resolve(Buffer.concat(await answer.toArray()).toString()),
        )
        .on("error", reject)
        .end(body);
    });
  expect(await send("evil", {})).toContain("XAmzContentSHA256Mismatch");
  expect(await send("good", { "x-amz-meta-a": "2" })).toContain("SignatureDoesNotMatch");
  expect(await send("good", { "x-amz-acl": "public-read" })).toContain("not signed");
  expect(await store.keys()).not.toContain("changed.txt");
  expect(await send("good", {})).toBe("");
  expect(await store.read("changed.txt")).toBe("good");
});

// Amazon S3 User Guide, "Policies and permissions in Amazon S3" and "Blocking public access".

test("nobody gets in without credentials", async () => {
  for (const [method, target] of [
    ["GET", "/media/plain.txt"],
    ["HEAD", "/media/plain.txt"],
    ["PUT", "/media/anon.txt"],
    ["DELETE", "/media/plain.txt"],
    ["GET", "/media"],
    ["GET", "/"],
    ["PUT", "/media?policy"],
    ["PUT", "/media?cors"],
    ["POST", "/media?delete"],
    ["PUT", "/newbucket"],
  ] as const) {
    const response = await fetch(store.url + target, { method, ...(method === "PUT" ? { body: "{}" } : {}) });
    expect([target, response.status]).toEqual([target, 403]);
  }
  expect(await store.read("plain.txt")).toBe("body of plain.txt");
});

test("a bucket's policy opens what it names and nothing else", async () => {
  const Policy = JSON.stringify({
    Statement: [
      { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${BUCKET}/plain*` },
      { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: `arn:aws:s3:::${BUCKET}/plain/secret*` },
    ],
  });
  await store.client.send(new PutObjectCommand({ Bucket: BUCKET, Key: "plain/secret.txt", Body: "s" }));
  await store.client.send(new PutObjectCommand({ Bucket: BUCKET, Key: "other.txt", Body: "o" }));
  await store.client.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy }));
  const status = async (target: string, method = "GET") =>
    (await fetch(`${store.url}/${BUCKET}${target}`, { method })).status;
  expect(await (await fetch(`${store.url}/${BUCKET}/plain.txt`)).text()).toBe("body of plain.txt");
  expect(await status("/plain/secret.txt")).toBe(403);
  expect(await status("/other.txt")).toBe(403);
  expect(await status("/plain.txt", "DELETE")).toBe(403);
  expect(await status("")).toBe(403);
  expect(await status("/plain.txt?acl")).toBe(403);
  await store.client.send(new DeleteBucketPolicyCommand({ Bucket: BUCKET }));
  expect(await status("/plain.txt")).toBe(403);
});

// Amazon S3 User Guide, "Using cross-origin resource sharing (CORS)".

test("a page of an allowed origin may ask first, upload, and read why it was refused", async () => {
  await store.client.send(
    new PutBucketCorsCommand({
      Bucket: BUCKET,
      CORSConfiguration: {
        CORSRules: [
          {
            AllowedOrigins: ["http://127.0.0.1:3000"],
            AllowedMethods: ["POST", "PUT"],
            AllowedHeaders: ["*"],
          },
        ],
      },
    }),
  );
  const ask = (origin: string) =>
    fetch(`${store.url}/${BUCKET}/x`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "PUT" },
    });
  expect((await ask("http://127.0.0.1:3000")).status).toBe(200);
  expect((await ask("http://evil.example")).status).toBe(403);

  const { url, fields } = await store.presignPost({ Key: "allowed" });
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, key: "other" })) form.append(name, value);
  form.append("file", new Blob(["12345"]));
  const send = (origin: string) => fetch(url, { method: "POST", body: form, headers: { origin } });
  const refused = await send("http://127.0.0.1:3000");
  expect([refused.status, refused.headers.has("access-control-allow-origin")]).toEqual([403, true]);
  expect((await send("http://evil.example")).headers.has("access-control-allow-origin")).toBe(false);
});

test("an address that is no valid encoding is refused and an unknown bucket does not exist", async () => {
  expect((await refusal(await fetch(`${store.url}/media/%FF`)))[1]).toBe("InvalidURI");
  await expect(
    store.client.send(new PutObjectCommand({ Bucket: "nowhere", Key: "a", Body: "x".repeat(200_000) })),
  ).rejects.toMatchObject({
    name: "NoSuchBucket",
  });
});
