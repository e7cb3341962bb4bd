import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
} from "@aws-sdk/client-s3";
import type { PresignedPostOptions } from "@aws-sdk/s3-presigned-post";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { BUCKET, type ObjectStore, refusal, startObjectStore } from "../../test/object-store.ts";
import { SECRET_ACCESS_KEY } from "../credentials.ts";
import { signText } from "./s3-guard-signature.ts";

let store: ObjectStore;
beforeAll(async () => {
  store = await startObjectStore();
});
afterAll(() => store.stop());
beforeEach(() => store.reset());

// Amazon S3 API Reference, "Browser-Based Uploads Using POST (AWS Signature Version 4)": "Creating a POST Policy".

const KEY = "uploads/one.png";
// biome-ignore lint/suspicious/noTemplateCurlyInString: S3's own variable, which only looks like JavaScript's.
const FILE_NAME = "${filename}";

const presignPost = (more: Partial<PresignedPostOptions> = {}) =>
  store.presignPost({
    Key: KEY,
    Conditions: [
      ["content-length-range", 3, 1000],
      ["eq", "$Content-Type", "image/png"],
    ],
    Fields: { "Content-Type": "image/png" },
    ...more,
  });

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
    `${store.url}/${BUCKET}/${encodeURIComponent(KEY)}`.replace("%2F", "/"),
  );
  const stored = await store.behind.send(new HeadObjectCommand({ Bucket: BUCKET, Key: KEY }));
  expect([stored.ContentType, stored.ContentLength]).toEqual(["image/png", 5]);
  expect(store.events).toEqual([`ObjectCreated:Post ${KEY}`]);
  await store.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY }));
});

test("bytes arrive as they were sent, also those that look like the form's own", async () => {
  const { url, fields } = await presignPost({ Conditions: [["starts-with", "$Content-Type", ""]] });
  const bytes = Buffer.concat([
    Buffer.from("\r\n--\r\n----WebKit\r\n\r\n\0"),
    randomBytes(3_000_000),
    Buffer.from("\r\n--"),
  ]);
  expect((await upload(url, fields, new Blob([bytes], { type: "image/png" }))).status).toBe(204);
  const { Body } = await store.behind.send(new GetObjectCommand({ Bucket: BUCKET, Key: KEY }));
  const stored = (await Body?.transformToByteArray()) ?? new Uint8Array();
  const digest = (data: Uint8Array) => createHash("sha256").update(data).digest("hex");
  expect(digest(stored)).toBe(digest(bytes));
  await store.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY }));
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
  expect((await store.keys()).filter((key) => key.startsWith("uploads/"))).toEqual([]);
  expect(store.events).toEqual([]);
});

test("a form sent to another bucket than the policy's is refused", async () => {
  await store.client.send(new CreateBucketCommand({ Bucket: "elsewhere" }));
  const { url, fields } = await presignPost();
  expect((await refusal(await upload(url.replace(BUCKET, "elsewhere"), fields)))[1]).toBe("AccessDenied");
});

test("a form is refused once its policy has expired", async () => {
  const { url, fields } = await presignPost();
  store.setAhead(61_000);
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
  expect(await store.keys()).toEqual(
    code ? expect.not.arrayContaining([KEY]) : expect.arrayContaining([KEY]),
  );
  expect(store.events).toHaveLength(code ? 0 : 1);
  if (!code) await store.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY }));
});

/** All of a form with the boundary `b` that stands before the bytes of its file. */
function formHead(fields: Record<string, string>): string {
  const part = (name: string, more = "") =>
    `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;
  const before = Object.entries(fields).map(([name, value]) => `${part(name)}${value}\r\n`);
  return `${before.join("")}${part("file", '; filename="x"')}`;
}

test("a file that is too large is refused while it still comes in", async () => {
  const { url, fields } = await presignPost();
  const answer = await new Promise<string>((resolve, reject) => {
    const headers = { "content-type": "multipart/form-data; boundary=b" };
    const outgoing = http.request(url, { method: "POST", headers }, async (response) => {
      resolve(Buffer.concat(await response.toArray()).toString());
      outgoing.destroy();
    });
    outgoing.on("error", reject);
    // The form never ends: only a check on the way can answer it.
    outgoing.write(`${formHead(fields)}${"x".repeat(5000)}`);
  });
  expect(answer).toContain("EntityTooLarge");
});

test("starts-with lets any key below the prefix through, with the file's own name in it", async () => {
  const { url, fields } = await presignPost({
    Key: `inbox/${FILE_NAME}`,
    Conditions: [["starts-with", "$Content-Type", "image/"]],
  });
  expect((await upload(url, fields)).status).toBe(204);
  expect(await store.keys()).toContain("inbox/내 사진.png");
  const escaping = await upload(url, { ...fields, key: "inbox2/x" });
  expect((await refusal(escaping))[1]).toBe("AccessDenied");
});

test("fields behind the file are ignored, as S3 ignores them", async () => {
  const { url, fields } = await presignPost();
  expect((await upload(url, fields, undefined, { key: "uploads/evil.png" })).status).toBe(204);
  expect((await store.keys()).filter((key) => key.startsWith("uploads/"))).toEqual([KEY]);
  await store.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY }));
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
  const response = await fetch(`${store.url}/${BUCKET}`, { method: "POST", headers, body });
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
    const signature = signText(Policy, SECRET_ACCESS_KEY, { day, region, service });
    expect((await refusal(await upload(url, { ...fields, Policy, "X-Amz-Signature": signature })))[1]).toBe(
      "InvalidPolicyDocument",
    );
  }
});

describe("nothing stays on the disk", () => {
  let folder = "";
  beforeEach(async () => {
    // Its own folder: other processes of the machine upload as well.
    folder = await mkdtemp(path.join(tmpdir(), "uploads-"));
    vi.stubEnv("TMPDIR", folder);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  test("of forms that are refused", async () => {
    const { url, fields } = await presignPost();
    const refused = await Promise.all(
      [2, 1001, 100_000].flatMap((size) =>
        Array.from({ length: 20 }, () => upload(url, fields, "x".repeat(size))),
      ),
    );
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([400]));
    expect(await readdir(folder)).toEqual([]);
  });

  test("of a form that is stored", async () => {
    const { url, fields } = await presignPost();
    expect((await upload(url, fields)).status).toBe(204);
    await expect.poll(() => readdir(folder)).toEqual([]);
    await store.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: KEY }));
  });

  test("of a form whose sender goes while the file comes in", async () => {
    const { url, fields } = await presignPost();
    const headers = { "content-type": "multipart/form-data; boundary=b" };
    const outgoing = http.request(url, { method: "POST", headers }).on("error", () => {});
    outgoing.write(`${formHead(fields)}${"x".repeat(500)}`);
    await expect.poll(() => readdir(folder)).toHaveLength(1);
    outgoing.destroy();
    await expect.poll(() => readdir(folder)).toEqual([]);
    expect(store.events).toEqual([]);
  });
});

test.each(["../elsewhere/x", "a/../../elsewhere/x", "./x", "x\0"])(
  "the key %j, which would leave its bucket, is refused",
  async (key) => {
    const { url, fields } = await presignPost({ Key: key });
    expect((await refusal(await upload(url, fields)))[1]).toBe("InvalidArgument");
    expect(store.events).toEqual([]);
  },
);
