import { HeadObjectCommand, ListPartsCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startObjects, type TestObjects } from "../../test/objects.ts";
import { addressOf, largeFileOf, newLargePicture, sendInParts, sendPart } from "../../test/parts.ts";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import { type Author, after, fileOf, folderOf, newPicture, send, uploadPicture } from "../../test/uploads.ts";
import { collectGarbage } from "./garbage.ts";
import { type BegunInParts, quotaBytes } from "./media.contract.ts";
import { read, remove, usage } from "./media.ts";
import { abortParts, beginParts, completeParts, missingParts, replaceParts } from "./multipart-upload.ts";
import { originalKey, uploadKey } from "./objects.ts";
import { partBytes, storedParts } from "./parts.ts";
import { processUpload } from "./process.ts";
import { sweep } from "./sweep.ts";
import { maxFormBytes, maxUploadBytes } from "./upload.contract.ts";
import { begin, replace } from "./upload.ts";
import { lookAgain } from "./work.ts";

let table: TestTable;
let store: TestObjects;
let large: Buffer;
beforeAll(async () => {
  [table, store, large] = await Promise.all([startTable(), startObjects(), newLargePicture()]);
});
afterAll(() => Promise.all([table.stop(), store.stop()]));

const newAuthor = async (): Promise<Author> => ({
  ...(await newPerson(table.table)),
  objects: store.objects,
});

const keyOf = ({ media, upload }: BegunInParts) => uploadKey(media.mediaId, upload.uploadId);
const missing = async (author: Author, begun: BegunInParts) =>
  (await missingParts(author, addressOf(begun))).parts;
const numbers = (parts: readonly { readonly number: number }[]) => parts.map(({ number }) => number);

/** S3's id of an upload in parts, which no client needs to know. */
function multipartIdIn(url: string): string {
  return new URL(url).searchParams.get("uploadId") ?? "";
}

/** Whether the store still keeps the parts of an upload. */
async function isOpen(author: Author, begun: BegunInParts, multipartId: string): Promise<boolean> {
  return (await storedParts(author, { key: keyOf(begun), multipartId })) !== undefined;
}

test("a large file that comes in parts, in any order and one of them twice, becomes a picture", async () => {
  const author = await newAuthor();
  const begun = await beginParts(author, largeFileOf(large));
  expect(begun).toMatchObject({ media: { state: "waiting" }, upload: { parts: 4, partBytes } });
  const parts = await missing(author, begun);
  expect(parts.map(({ number, bytes }) => [number, bytes])).toEqual([
    [1, partBytes],
    [2, partBytes],
    [3, partBytes],
    [4, large.length - 3 * partBytes],
  ]);
  const [first, second, third, fourth] = parts;
  if (!first || !second || !third || !fourth) throw new Error("There are not four parts.");
  for (const part of [fourth, second, second]) expect(await sendPart(part, large)).toBe(200);
  // Whoever lost the connection asks what is missing, and gets fresh addresses for that alone.
  expect(numbers(await missing(author, begun))).toEqual([1, 3]);
  expect(await Promise.all([sendPart(third, large), sendPart(first, large)])).toEqual([200, 200]);
  expect(await missing(author, begun)).toEqual([]);
  expect(await completeParts(author, addressOf(begun))).toMatchObject({ state: "waiting" });

  const { client, bucket } = store.objects;
  const object = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: keyOf(begun) }));
  expect([object.ContentType, object.ContentLength]).toEqual(["image/jpeg", large.length]);
  expect(await processUpload(author, keyOf(begun))).toBe("ready");
  expect(await read(author, { mediaId: begun.media.mediaId })).toMatchObject({
    state: "ready",
    bytes: large.length,
  });
  expect(await usage(author, {})).toMatchObject({ bytes: large.length, count: 1 });
  expect(await store.keys("uploads/")).toEqual([]);
});

test("an address takes its part alone, at its exact length, and not for ever", async () => {
  const author = await newAuthor();
  const begun = await beginParts(author, largeFileOf(large));
  const [first, second] = await missing(author, begun);
  if (!first || !second) throw new Error("There are no parts.");
  expect(await sendPart(first, large, large.subarray(0, partBytes + 1))).toBe(403);
  expect(await sendPart(first, large, large.subarray(0, partBytes - 1))).toBe(403);
  for (const [from, to] of [
    ["partNumber=1", "partNumber=5"],
    ["X-Amz-Expires=300", "X-Amz-Expires=86400"],
    [begun.upload.uploadId, "elsewhere"],
  ] as const)
    expect(await sendPart({ ...first, url: first.url.replace(from, to) }, large)).toBe(403);
  expect(numbers(await missing(author, begun))).toEqual([1, 2, 3, 4]);
  // A checksum that the SDK makes of nothing would be one that S3 compares with what the browser sends.
  expect(first.url).not.toContain("checksum");
  expect(new URL(first.url).searchParams.get("X-Amz-SignedHeaders")).toBe("content-length;host");
});

test("what has not arrived as a whole is not put together", async () => {
  const author = await newAuthor();
  const begun = await beginParts(author, largeFileOf(large));
  const parts = await missing(author, begun);
  for (const part of parts.slice(1)) await sendPart(part, large);
  await expect(completeParts(author, addressOf(begun))).rejects.toMatchObject({ code: "conflict" });
  expect(await store.keys("uploads/")).toEqual([]);
  expect(numbers(await missing(author, begun))).toEqual([1]);
});

test("completing twice, at once and after the picture is ready, changes nothing", async () => {
  const author = await newAuthor();
  const begun = await beginParts(author, largeFileOf(large));
  for (const part of await missing(author, begun)) await sendPart(part, large);
  const answers = await Promise.all([1, 2, 3].map(() => completeParts(author, addressOf(begun))));
  expect(answers.map(({ state }) => state)).toEqual(["waiting", "waiting", "waiting"]);
  expect(await missing(author, begun)).toEqual([]);
  expect(await processUpload(author, keyOf(begun))).toBe("ready");
  expect(await completeParts(author, addressOf(begun))).toMatchObject({ state: "ready" });
  expect(await missing(author, begun)).toEqual([]);
  expect(await store.keys("uploads/")).toEqual([]);
  expect(await usage(author, {})).toMatchObject({ bytes: large.length, count: 1 });
});

test("a death between the note and the store's answer is mended by asking again", async () => {
  const author = await newAuthor();
  const begun = await beginParts(author, largeFileOf(large));
  for (const part of await missing(author, begun)) await sendPart(part, large);
  await expect(
    completeParts(deafTo("CompleteMultipartUploadCommand", author), addressOf(begun)),
  ).rejects.toThrow("The power is gone.");
  expect(await store.keys("uploads/")).toEqual([]);
  await completeParts(author, addressOf(begun));
  expect(await store.keys("uploads/")).toEqual([keyOf(begun)]);
  await processUpload(author, keyOf(begun));
});

test("the same content by a form and in parts is one set of files", async () => {
  const author = await newAuthor();
  const first = await beginParts(author, largeFileOf(large));
  await sendInParts(author, first, large);
  await processUpload(author, keyOf(first));
  const second = await beginParts(author, largeFileOf(large));
  await sendInParts(author, second, large);
  await processUpload(author, keyOf(second));
  const [one, other] = await Promise.all(
    [first, second].map(({ media: { mediaId } }) => read(author, { mediaId })),
  );
  expect(other?.picture).toEqual(one?.picture);
  const pictureId = one && folderOf(one).split("/")[1];
  // The copy of an object that came in parts is the whole of it.
  const { client, bucket } = store.objects;
  const Key = originalKey(pictureId as `pic_${string}`);
  const { ContentLength } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key }));
  expect(ContentLength).toBe(large.length);
});

test("an upload that is ended gives its room back, its parts go, and ending it again finds nothing", async () => {
  const author = await newAuthor();
  const begun = await beginParts(author, largeFileOf(large));
  const [first] = await missing(author, begun);
  if (!first) throw new Error("There are no parts.");
  await sendPart(first, large);
  const multipartId = multipartIdIn(first.url);
  await abortParts(author, addressOf(begun));
  expect(await usage(author, {})).toMatchObject({ bytes: 0, count: 0 });
  await lookAgain(author, begun.media.mediaId);
  expect(await isOpen(author, begun, multipartId)).toBe(false);
  expect(await sendPart(first, large)).toBe(404);
  for (const attempt of [abortParts, completeParts, missingParts])
    await expect(attempt(author, addressOf(begun))).rejects.toMatchObject({ code: "not_found" });
});

test("a picture whose replacement in parts is ended, or gives way to a newer one, stays as it was", async () => {
  const author = await newAuthor();
  const media = await uploadPicture(author, await newPicture());
  const { mediaId } = media;
  const begun = await replaceParts(author, { mediaId, ...largeFileOf(large) });
  await sendInParts(author, begun, large);
  // Also when all of it has arrived and nobody has worked on it yet.
  await abortParts(author, addressOf(begun));
  expect(await read(author, { mediaId })).toMatchObject({ state: "ready", picture: media.picture });
  await expect(completeParts(author, addressOf(begun))).rejects.toMatchObject({ code: "not_found" });
  await lookAgain(author, mediaId);
  expect(await store.keys("uploads/")).toEqual([]);

  const older = await replaceParts(author, { mediaId, ...largeFileOf(large) });
  const [part] = await missing(author, older);
  const bytes = await newPicture();
  const newer = await replace(author, { mediaId, ...fileOf(bytes) });
  await expect(completeParts(author, addressOf(older))).rejects.toMatchObject({ code: "not_found" });
  await collectGarbage(author);
  expect(await isOpen(author, older, multipartIdIn(part?.url ?? ""))).toBe(false);
  expect(await send(newer, bytes)).toBe(204);
  expect(await processUpload(author, newer.upload.fields.key ?? "")).toBe("ready");
  expect(await usage(author, {})).toMatchObject({ bytes: bytes.length, count: 1 });
});

test("an upload in parts that never ended is forgotten after a day, and with a picture that is deleted at once", async () => {
  const author = await newAuthor();
  const begun = [await beginParts(author, largeFileOf(large)), await beginParts(author, largeFileOf(large))];
  const ids = [];
  for (const one of begun) {
    const [part] = await missing(author, one);
    if (part) await sendPart(part, large);
    ids.push(multipartIdIn(part?.url ?? ""));
  }
  const [abandoned, deleted] = begun as [BegunInParts, BegunInParts];
  await remove(author, { mediaId: deleted.media.mediaId });
  await collectGarbage(author);
  expect(await isOpen(author, deleted, ids[1] ?? "")).toBe(false);
  expect(await isOpen(author, abandoned, ids[0] ?? "")).toBe(true);
  await sweep(after(author, 25), async () => {});
  expect(await isOpen(author, abandoned, ids[0] ?? "")).toBe(false);
  expect(await usage(author, {})).toMatchObject({ bytes: 0, count: 0 });
});

test("someone else's upload answers as a missing one", async () => {
  const [author, stranger] = [await newAuthor(), await newAuthor()];
  const begun = await beginParts(author, largeFileOf(large));
  const { mediaId } = begun.media;
  for (const attempt of [
    () => missingParts(stranger, addressOf(begun)),
    () => completeParts(stranger, addressOf(begun)),
    () => abortParts(stranger, addressOf(begun)),
    () => replaceParts(stranger, { mediaId, ...largeFileOf(large) }),
    () => missingParts(author, { mediaId, uploadId: author.newId("picture") }),
    () => missingParts(author, { ...addressOf(begun), mediaId: author.newId("media") }),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
  expect(numbers(await missing(author, begun))).toEqual([1, 2, 3, 4]);
});

test("an upload by a form has no parts", async () => {
  const author = await newAuthor();
  const { media, upload } = await begin(author, fileOf(await newPicture()));
  const uploadId = upload.fields.key?.split("/").at(-1) as `pic_${string}`;
  for (const attempt of [missingParts, completeParts, abortParts])
    await expect(attempt(author, { mediaId: media.mediaId, uploadId })).rejects.toMatchObject({
      code: "not_found",
    });
});

test("an upload begun twice under one key is one upload, and the store keeps no other", async () => {
  const author = await newAuthor();
  const sent = { ...largeFileOf(large), idempotencyKey: crypto.randomUUID() };
  const [first, again] = await Promise.all([beginParts(author, sent), beginParts(author, sent)]);
  expect(again).toEqual(first);
  const [part] = await missing(author, first);
  await collectGarbage(author);
  const { client, bucket } = store.objects;
  const kept = new ListPartsCommand({
    Bucket: bucket,
    Key: keyOf(first),
    UploadId: multipartIdIn(part?.url ?? ""),
  });
  expect((await client.send(kept)).Parts ?? []).toEqual([]);
  expect(await usage(author, {})).toMatchObject({ bytes: large.length, count: 1 });
});

test("room is reserved exactly: of many uploads at once only those begin that fit", async () => {
  const author = await newAuthor();
  const file = { ...largeFileOf(large), bytes: maxUploadBytes };
  const fitting = quotaBytes / maxUploadBytes;
  const taken = await Promise.allSettled(Array.from({ length: fitting + 6 }, () => beginParts(author, file)));
  const begun = taken.filter(({ status }) => status === "fulfilled").length;
  expect((await usage(author, {})).bytes).toBe(begun * maxUploadBytes);
  for (let index = begun; index < fitting; index++) await beginParts(author, file);
  await expect(beginParts(author, file)).rejects.toMatchObject({ code: "unprocessable" });
  await expect(begin(author, fileOf(await newPicture()))).rejects.toMatchObject({ code: "unprocessable" });
  expect(await usage(author, {})).toMatchObject({ bytes: quotaBytes, count: fitting });
});

test.each([0, maxFormBytes, maxUploadBytes + 1, 26_000_000.5])(
  "%s bytes are no length of a file in parts",
  async (bytes) => {
    const author = await newAuthor();
    await expect(beginParts(author, { ...largeFileOf(large), bytes })).rejects.toMatchObject({
      code: "invalid_input",
    });
  },
);

/** The same core with a store that one command never reaches. */
function deafTo(command: string, author: Author): Author {
  const client = new Proxy(author.objects.client, {
    get: (target, name) =>
      name === "send"
        ? (sent: { readonly constructor: { readonly name: string } }) => {
            if (sent.constructor.name === command) throw new Error("The power is gone.");
            return target.send(sent as never);
          }
        : Reflect.get(target, name),
  });
  return { ...author, objects: { ...author.objects, client } };
}
