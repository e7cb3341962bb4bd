import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { createPresignedPost, type PresignedPostOptions } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { clientSettings } from "../aws-client.ts";
import { type S3Engine, startS3 } from "./s3.ts";
import { type S3Guard, startS3Guard } from "./s3-guard.ts";
import { signText } from "./s3-guard-signature.ts";

const BUCKET = "media";
const SECRET = "local-cloud-secret";
let engine: S3Engine;
let guard: S3Guard;
let folder: string;
let client: S3Client;
/** Straight to the engine, which lets everyone in. */
let behind: S3Client;
/** How far the guard's clock is ahead. */
let aheadMs = 0;
const events: string[] = [];

const connect = (endpoint: string, more: Partial<S3ClientConfig> = {}) =>
  new S3Client({ ...clientSettings(endpoint), forcePathStyle: true, maxAttempts: 1, ...more });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "s3-guard-"));
  engine = await startS3({ dataFolder: folder });
  engine.onEvent(({ Records }) => {
    for (const { eventName, s3 } of Records) events.push(`${eventName} ${s3.object.key}`);
  });
  guard = await startS3Guard({
    target: engine.url,
    log: () => {},
    now: () => new Date(Date.now() + aheadMs),
  });
  client = connect(guard.url);
  behind = connect(engine.url);
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
});
afterAll(async () => {
  client.destroy();
  behind.destroy();
  await guard.stop();
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  aheadMs = 0;
  events.length = 0;
});

async function keys(): Promise<string[]> {
  const { Contents = [] } = await behind.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  return Contents.map(({ Key = "" }) => Key);
}

async function read(Key: string): Promise<string> {
  const { Body } = await behind.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
  return (await Body?.transformToString()) ?? "";
}

async function refusal(response: Response): Promise<[number, string | undefined, string]> {
  const text = await response.text();
  return [response.status, /<Code>(.*?)<\/Code>/.exec(text)?.[1], text];
}

// Amazon S3 API Reference, "Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)".

test("what the SDK signs with the cloud's credentials passes, whatever the key holds", async () => {
  for (const Key of ["plain.txt", "글 + (1)*'!~.txt", "...", "100%/ä?x=1&y=2#z"]) {
    await client.send(
      new PutObjectCommand({ Bucket: BUCKET, Key, Body: `body of ${Key}`, Metadata: { note: "a  b" } }),
    );
    const { Body, Metadata } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
    expect([await Body?.transformToString(), Metadata]).toEqual([`body of ${Key}`, { note: "a  b" }]);
  }
  await client.send(
    new CopyObjectCommand({ Bucket: BUCKET, Key: "copy.txt", CopySource: `${BUCKET}/plain.txt` }),
  );
  expect(await read("copy.txt")).toBe("body of plain.txt");
  const listed = await client.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: "글 +", MaxKeys: 5 }));
  expect(listed.Contents).toHaveLength(1);
  await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "copy.txt" }));
  await expect(client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "copy.txt" }))).rejects.toMatchObject(
    {
      $metadata: { httpStatusCode: 404 },
    },
  );
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
  const other = connect(guard.url, settings);
  await other.send(new PutObjectCommand({ Bucket: BUCKET, Key: what, Body, ContentLength: 300_000 }));
  other.destroy();
  const { ContentEncoding, ContentLength } = await behind.send(
    new HeadObjectCommand({ Bucket: BUCKET, Key: what }),
  );
  expect([ContentEncoding, ContentLength]).toEqual([undefined, 300_000]);
  expect(await read(what)).toBe("x".repeat(300_000));
});

test.each([
  ["another secret", { accessKeyId: "LOCALCLOUD", secretAccessKey: "guessed" }, "SignatureDoesNotMatch"],
  ["an unknown key", { accessKeyId: "NOBODY", secretAccessKey: SECRET }, "InvalidAccessKeyId"],
])("a request signed with %s is refused", async (_what, credentials, code) => {
  const other = connect(guard.url, { credentials });
  await expect(other.send(new GetObjectCommand({ Bucket: BUCKET, Key: "plain.txt" }))).rejects.toMatchObject({
    name: code,
  });
  other.destroy();
});

test("a signed request of another region or of long ago is refused", async () => {
  const abroad = connect(guard.url, { region: "eu-west-1" });
  const list = () => new ListObjectsV2Command({ Bucket: BUCKET });
  await expect(abroad.send(list())).rejects.toMatchObject({ name: "AuthorizationHeaderMalformed" });
  abroad.destroy();
  // A client of its own, because an SDK client sets its clock by such an answer.
  const late = connect(guard.url);
  aheadMs = 16 * 60 * 1000;
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
      const other = connect(`http://127.0.0.1:${port}`, { requestChecksumCalculation: "WHEN_REQUIRED" });
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
        .request(guard.url + target, { method: "PUT", headers: { ...signed, ...headers } }, async (answer) =>
          resolve(Buffer.concat(await answer.toArray()).toString()),
        )
        .on("error", reject)
        .end(body);
    });
  expect(await send("evil", {})).toContain("XAmzContentSHA256Mismatch");
  expect(await send("good", { "x-amz-meta-a": "2" })).toContain("SignatureDoesNotMatch");
  expect(await send("good", { "x-amz-acl": "public-read" })).toContain("not signed");
  expect(await keys()).not.toContain("changed.txt");
  expect(await send("good", {})).toBe("");
  expect(await read("changed.txt")).toBe("good");
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
    const response = await fetch(guard.url + target, { method, ...(method === "PUT" ? { body: "{}" } : {}) });
    expect([target, response.status]).toEqual([target, 403]);
  }
  expect(await read("plain.txt")).toBe("body of plain.txt");
});

test("a bucket's policy opens what it names and nothing else", async () => {
  const Policy = JSON.stringify({
    Statement: [
      { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${BUCKET}/plain*` },
      { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: `arn:aws:s3:::${BUCKET}/plain/secret*` },
    ],
  });
  await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: "plain/secret.txt", Body: "s" }));
  await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: "other.txt", Body: "o" }));
  await client.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy }));
  const status = async (target: string, method = "GET") =>
    (await fetch(`${guard.url}/${BUCKET}${target}`, { method })).status;
  expect(await (await fetch(`${guard.url}/${BUCKET}/plain.txt`)).text()).toBe("body of plain.txt");
  expect(await status("/plain/secret.txt")).toBe(403);
  expect(await status("/other.txt")).toBe(403);
  expect(await status("/plain.txt", "DELETE")).toBe(403);
  expect(await status("")).toBe(403);
  expect(await status("/plain.txt?acl")).toBe(403);
  await client.send(new DeleteBucketPolicyCommand({ Bucket: BUCKET }));
  expect(await status("/plain.txt")).toBe(403);
});

// Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)".

const presignPut = (
  input: Partial<PutObjectCommandInput>,
  options: Parameters<typeof getSignedUrl>[2] = {},
) =>
  getSignedUrl(client, new PutObjectCommand({ Bucket: BUCKET, Key: "put.bin", ...input }), {
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
  expect(await keys()).not.toContain("put/글.png");
  expect((await put(url, "image/png", "good")).status).toBe(200);
  const stored = await behind.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "put/글.png" }));
  expect([stored.ContentType, stored.ContentLength]).toEqual(["image/png", 4]);
  expect(events).toEqual([`ObjectCreated:Put put/${encodeURIComponent("글")}.png`]);
});

test("what an SDK hoists into a presigned address counts as signed headers", async () => {
  const url = await presignPut({ Key: "hoisted", Metadata: { owner: "kim" } });
  expect((await fetch(url, { method: "PUT", body: "x" })).status).toBe(200);
  const { Metadata } = await behind.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "hoisted" }));
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
  const url = await getSignedUrl(client, command, { expiresIn: 60 });
  const response = await fetch(url, { headers: { range: "bytes=0-3" } });
  expect([response.status, await response.text()]).toEqual([206, "body"]);
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="a.txt"');
});

test("a presigned address ends when it says and cannot be made to last", async () => {
  const url = await getSignedUrl(client, new GetObjectCommand({ Bucket: BUCKET, Key: "plain.txt" }), {
    expiresIn: 60,
  });
  aheadMs = 59_000;
  expect((await fetch(url)).status).toBe(200);
  aheadMs = 62_000;
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
  const url = await getSignedUrl(client, new GetObjectCommand({ Bucket: BUCKET, Key: "plain.txt" }));
  expect((await refusal(await fetch(url.replace(from, to))))[1]).toBe(code);
});

// Amazon S3 API Reference, "Browser-Based Uploads Using POST (AWS Signature Version 4)": "Creating a POST Policy".

const KEY = "uploads/one.png";
// biome-ignore lint/suspicious/noTemplateCurlyInString: S3's own variable, which only looks like JavaScript's.
const FILE_NAME = "${filename}";

async function presignPost(more: Partial<PresignedPostOptions> = {}) {
  // The two packages bring their own copies of the client, which differ in their types only.
  return createPresignedPost(client as unknown as Parameters<typeof createPresignedPost>[0], {
    Bucket: BUCKET,
    Key: KEY,
    Expires: 60,
    Conditions: [
      ["content-length-range", 3, 1000],
      ["eq", "$Content-Type", "image/png"],
    ],
    Fields: { "Content-Type": "image/png" },
    ...more,
  });
}

function upload(
  url: string,
  fields: Record<string, string>,
  file: Blob | string | undefined = new Blob(["12345"], { type: "image/png" }),
  after: Record<string, string> = {},
) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file !== undefined) form.append("file", file instanceof Blob ? file : new Blob([file]), "내 사진.png");
  for (const [name, value] of Object.entries(after)) form.append(name, value);
  return fetch(url, { method: "POST", body: form });
}

test("a form within its policy is stored, with its type, and announced as a POST", async () => {
  const { url, fields } = await presignPost();
  const response = await upload(url, fields);
  expect(response.status).toBe(204);
  expect(response.headers.get("location")).toBe(
    `${guard.url}/${BUCKET}/${encodeURIComponent(KEY)}`.replace("%2F", "/"),
  );
  const stored = await behind.send(new HeadObjectCommand({ Bucket: BUCKET, Key: KEY }));
  expect([stored.ContentType, stored.ContentLength]).toEqual(["image/png", 5]);
  expect(events).toEqual([`ObjectCreated:Post ${KEY}`]);
  await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY }));
});

test("bytes arrive as they were sent, also those that look like the form's own", async () => {
  const { url, fields } = await presignPost({ Conditions: [["starts-with", "$Content-Type", ""]] });
  const bytes = Buffer.concat([
    Buffer.from("\r\n--\r\n----WebKit\r\n\r\n\0"),
    randomBytes(3_000_000),
    Buffer.from("\r\n--"),
  ]);
  expect((await upload(url, fields, new Blob([bytes], { type: "image/png" }))).status).toBe(204);
  const { Body } = await behind.send(new GetObjectCommand({ Bucket: BUCKET, Key: KEY }));
  const stored = (await Body?.transformToByteArray()) ?? new Uint8Array();
  const digest = (data: Uint8Array) => createHash("sha256").update(data).digest("hex");
  expect(digest(stored)).toBe(digest(bytes));
  await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY }));
});

type Fields = Record<string, string>;
const changed: [string, (fields: Fields) => Fields, string, string][] = [
  [
    "another key",
    (fields) => ({ ...fields, key: "uploads/two.png" }),
    "AccessDenied",
    "Policy Condition failed: [",
  ],
  [
    "another type",
    (fields) => ({ ...fields, "Content-Type": "text/html" }),
    "AccessDenied",
    "Policy Condition failed: [",
  ],
  ["no type", ({ "Content-Type": _, ...fields }) => fields, "AccessDenied", "Policy Condition failed: ["],
  [
    "a field that no condition names",
    (fields) => ({ ...fields, acl: "public-read" }),
    "AccessDenied",
    "Extra input fields: acl",
  ],
  [
    "metadata that no condition names",
    (fields) => ({ ...fields, "x-amz-meta-a": "1" }),
    "AccessDenied",
    "Extra input fields",
  ],
  [
    "another date",
    (fields) => ({ ...fields, "X-Amz-Date": "20200101T000000Z" }),
    "AuthorizationHeaderMalformed",
    "scope",
  ],
  [
    "another signature",
    (fields) => ({ ...fields, "X-Amz-Signature": "0".repeat(64) }),
    "SignatureDoesNotMatch",
    "",
  ],
  ["no signature", ({ "X-Amz-Signature": _, ...fields }) => fields, "InvalidArgument", ""],
  ["another algorithm", (fields) => ({ ...fields, "X-Amz-Algorithm": "none" }), "InvalidArgument", ""],
  [
    "an unknown access key",
    (fields) => ({
      ...fields,
      "X-Amz-Credential": String(fields["X-Amz-Credential"]).replace("LOCALCLOUD", "X"),
    }),
    "InvalidAccessKeyId",
    "",
  ],
  [
    "a policy of its own",
    (fields) => ({
      ...fields,
      Policy: Buffer.from('{"expiration":"2099-01-01T00:00:00Z","conditions":[]}').toString("base64"),
    }),
    "SignatureDoesNotMatch",
    "",
  ],
  ["no policy", ({ Policy: _, ...fields }) => fields, "AccessDenied", "Access Denied"],
  ["no key", ({ key: _, ...fields }) => fields, "InvalidArgument", "key"],
];

test.each(changed)("a form with %s is refused and stores nothing", async (_what, change, code, message) => {
  const { url, fields } = await presignPost();
  const [, answered, text] = await refusal(await upload(url, change(fields)));
  expect([answered, text]).toEqual([code, expect.stringContaining(message)]);
  expect((await keys()).filter((key) => key.startsWith("uploads/"))).toEqual([]);
  expect(events).toEqual([]);
});

test("a form sent to another bucket than the policy's is refused", async () => {
  await client.send(new CreateBucketCommand({ Bucket: "elsewhere" }));
  const { url, fields } = await presignPost();
  expect((await refusal(await upload(url.replace(BUCKET, "elsewhere"), fields)))[1]).toBe("AccessDenied");
});

test("a form is refused once its policy has expired", async () => {
  const { url, fields } = await presignPost();
  aheadMs = 61_000;
  expect(await refusal(await upload(url, fields))).toEqual([
    403,
    "AccessDenied",
    expect.stringContaining("Policy expired"),
  ]);
});

test.each([
  [2, 400, "EntityTooSmall"],
  [3, 204, undefined],
  [1000, 204, undefined],
  [1001, 400, "EntityTooLarge"],
  [5_000_000, 400, "EntityTooLarge"],
])("a file of %i bytes in a range from 3 to 1000 is answered with %i %s", async (size, status, code) => {
  const { url, fields } = await presignPost();
  const response = await upload(url, fields, new Blob([Buffer.alloc(size)], { type: "image/png" }));
  expect((await refusal(response)).slice(0, 2)).toEqual([status, code]);
  expect(await keys()).toEqual(code ? expect.not.arrayContaining([KEY]) : expect.arrayContaining([KEY]));
  expect(events).toHaveLength(code ? 0 : 1);
  if (!code) await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY }));
});

test("a file that is too large is refused while it still comes in", async () => {
  const { url, fields } = await presignPost();
  const head = Object.entries(fields)
    .map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join("");
  const answer = await new Promise<string>((resolve, reject) => {
    const headers = { "content-type": "multipart/form-data; boundary=b" };
    const outgoing = http.request(url, { method: "POST", headers }, async (response) => {
      resolve(Buffer.concat(await response.toArray()).toString());
      outgoing.destroy();
    });
    outgoing.on("error", reject);
    // The form never ends: only a check on the way can answer it.
    outgoing.write(
      `${head}--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n${"x".repeat(5000)}`,
    );
  });
  expect(answer).toContain("EntityTooLarge");
});

test("starts-with lets any key below the prefix through, with the file's own name in it", async () => {
  const { url, fields } = await presignPost({
    Key: `inbox/${FILE_NAME}`,
    Conditions: [["starts-with", "$Content-Type", "image/"]],
  });
  expect((await upload(url, fields)).status).toBe(204);
  expect(await keys()).toContain("inbox/내 사진.png");
  const escaping = await upload(url, { ...fields, key: "inbox2/x" });
  expect((await refusal(escaping))[1]).toBe("AccessDenied");
});

test("fields behind the file are ignored, as S3 ignores them", async () => {
  const { url, fields } = await presignPost();
  expect((await upload(url, fields, undefined, { key: "uploads/evil.png" })).status).toBe(204);
  expect((await keys()).filter((key) => key.startsWith("uploads/"))).toEqual([KEY]);
  await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY }));
});

test.each([
  [
    "without a file",
    '--b\r\nContent-Disposition: form-data; name="key"\r\n\r\nx\r\n--b--\r\n',
    "InvalidArgument",
  ],
  ["that breaks off", '--b\r\nContent-Disposition: form-data; name="key"\r\n\r\nx', "MalformedPOSTRequest"],
  ["that is no form", "hello", "MalformedPOSTRequest"],
  ["whose part has no name", "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n", "MalformedPOSTRequest"],
  [
    "with 21 KB of fields",
    `--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n${"x".repeat(21_000)}\r\n--b--\r\n`,
    "MaxPostPreDataLengthExceeded",
  ],
])("a form %s is refused", async (_what, body, code) => {
  const headers = { "content-type": "multipart/form-data; boundary=b" };
  const response = await fetch(`${guard.url}/${BUCKET}`, { method: "POST", headers, body });
  expect((await refusal(response))[1]).toBe(code);
});

test("a policy that cannot be read is refused even when it is signed", async () => {
  const { url, fields } = await presignPost();
  const [, day = "", region = "", service = ""] = String(fields["X-Amz-Credential"]).split("/");
  for (const text of [
    "nonsense",
    "{}",
    '{"expiration":"2099-01-01T00:00:00Z"}',
    '{"expiration":"2099-01-01T00:00:00Z","conditions":[["matches","$key","x"]]}',
  ]) {
    const Policy = Buffer.from(text).toString("base64");
    const signature = signText(Policy, SECRET, { day, region, service });
    expect((await refusal(await upload(url, { ...fields, Policy, "X-Amz-Signature": signature })))[1]).toBe(
      "InvalidPolicyDocument",
    );
  }
});

test("nothing of a refused form stays on the disk", async () => {
  const left = (await readdir(tmpdir())).filter((name) => name.startsWith("s3-upload-"));
  expect(left).toEqual([]);
});

// Amazon S3 User Guide, "Using cross-origin resource sharing (CORS)".

test("a page of an allowed origin may ask first, upload, and read why it was refused", async () => {
  await client.send(
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
    fetch(`${guard.url}/${BUCKET}/x`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "PUT" },
    });
  expect((await ask("http://127.0.0.1:3000")).status).toBe(200);
  expect((await ask("http://evil.example")).status).toBe(403);

  const { url, fields } = await presignPost();
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, key: "other" })) form.append(name, value);
  form.append("file", new Blob(["12345"]));
  const send = (origin: string) => fetch(url, { method: "POST", body: form, headers: { origin } });
  const refused = await send("http://127.0.0.1:3000");
  expect([refused.status, refused.headers.has("access-control-allow-origin")]).toEqual([403, true]);
  expect((await send("http://evil.example")).headers.has("access-control-allow-origin")).toBe(false);
});

test.each(["../elsewhere/x", "a/../../elsewhere/x", "./x", "x\0"])(
  "the key %j, which would leave its bucket, is refused",
  async (key) => {
    const { url, fields } = await presignPost({ Key: key, Fields: { "Content-Type": "image/png" } });
    expect((await refusal(await upload(url, fields)))[1]).toBe("InvalidArgument");
    const put = await presignPut({ Key: key });
    const answer = await new Promise<string>((resolve, reject) => {
      // Not with fetch, which would take the dots away.
      const { port, pathname, search } = new URL(put.replace("..", "%2E%2E"));
      http
        .request({ port, host: "127.0.0.1", path: pathname + search, method: "PUT" }, async (response) =>
          resolve(Buffer.concat(await response.toArray()).toString()),
        )
        .on("error", reject)
        .end("x");
    });
    expect(answer).toMatch(/InvalidArgument|SignatureDoesNotMatch/);
    const CopySource = `${BUCKET}/${key}`;
    await expect(
      client.send(new CopyObjectCommand({ Bucket: BUCKET, Key: "stolen", CopySource })),
    ).rejects.toThrow();
    expect(events).toEqual([]);
  },
);

test("an address that is no valid encoding is refused and an unknown bucket does not exist", async () => {
  expect((await refusal(await fetch(`${guard.url}/media/%FF`)))[1]).toBe("InvalidURI");
  await expect(
    client.send(new PutObjectCommand({ Bucket: "nowhere", Key: "a", Body: "x".repeat(200_000) })),
  ).rejects.toMatchObject({
    name: "NoSuchBucket",
  });
});
