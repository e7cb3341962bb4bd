import { GetObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startObjects, type TestObjects } from "../../test/objects.ts";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import {
  type Author,
  failingAfter,
  fileOf,
  folderOf,
  keyOf,
  newPicture,
  send,
  uploadPicture,
} from "../../test/uploads.ts";
import { create, update as updatePost } from "../post/draft.ts";
import { publish } from "../post/publish.ts";
import { collectGarbage } from "./garbage.ts";
import type { Media } from "./media.contract.ts";
import * as verbs from "./media.ts";
import { processUpload } from "./process.ts";
import { begin, replace } from "./upload.ts";
import { trackPublication, trackUses } from "./use.ts";
import { lookAgain } from "./work.ts";

let table: TestTable;
let store: TestObjects;
beforeAll(async () => {
  [table, store] = await Promise.all([startTable(), startObjects()]);
});
afterAll(() => Promise.all([table.stop(), store.stop()]));

const newAuthor = async (): Promise<Author> => ({
  ...(await newPerson(table.table)),
  objects: store.objects,
});

const { update, usage } = verbs;
/** By the id alone, whatever else is known of the picture. */
const read = (author: Author, { mediaId }: Pick<Media, "mediaId">) => verbs.read(author, { mediaId });
const remove = (author: Author, { mediaId }: Pick<Media, "mediaId">) => verbs.remove(author, { mediaId });
test("an upload becomes a picture with every size in every format, and the upload itself goes", async () => {
  const author = await newAuthor();
  const bytes = await newPicture();
  const begun = await begin(author, fileOf(bytes));
  expect(begun.media.state).toBe("waiting");
  expect(await send(begun, bytes)).toBe(204);
  expect(await processUpload(author, keyOf(begun))).toBe("ready");

  const { state, picture } = await read(author, begun.media);
  expect({ state, width: picture?.width, height: picture?.height }).toEqual({
    state: "ready",
    width: 320,
    height: 200,
  });
  expect(picture?.inline.sources.map(({ type }) => type)).toEqual(["image/avif", "image/webp"]);
  expect(await store.keys("uploads/")).toEqual([]);
  const paths = [picture?.full, picture?.medium, picture?.thumbnail.src].map((path) => path?.slice(1) ?? "");
  for (const Key of paths) {
    const object = await store.objects.client.send(
      new GetObjectCommand({ Bucket: store.objects.bucket, Key }),
    );
    expect(object).toMatchObject({
      ContentType: "image/jpeg",
      CacheControl: "public, max-age=31536000, immutable",
    });
  }
  expect(await usage(author, {})).toMatchObject({ bytes: bytes.length, count: 1 });
});

test("the form takes the stated file only: another length, another type and another key are refused", async () => {
  const author = await newAuthor();
  const bytes = await newPicture();
  const begun = await begin(author, fileOf(bytes));
  expect(await send(begun, Buffer.concat([bytes, bytes]))).toBe(400);
  expect(await send(begun, bytes.subarray(1))).toBe(400);
  expect(await send(begun, bytes, "text/html")).toBe(403);
  const elsewhere = { ...begun.upload, fields: { ...begun.upload.fields, key: "media/mine.html" } };
  expect(await send({ ...begun, upload: elsewhere }, bytes)).toBe(403);
  expect(await store.keys("media/mine")).toEqual([]);
});

test("the same content twice is one set of files with two references, and goes with the last one", async () => {
  const author = await newAuthor();
  const other = await newAuthor();
  const bytes = await newPicture();
  const first = await uploadPicture(author, bytes);
  const second = await uploadPicture(other, bytes);
  expect(second.picture).toEqual(first.picture);
  const folder = folderOf(first);
  const made = await store.keys(folder);

  await remove(author, first);
  await collectGarbage(author);
  expect(await store.keys(folder)).toEqual(made);
  await remove(other, second);
  await collectGarbage(author);
  expect(await store.keys(folder)).toEqual([]);
  expect(await usage(author, {})).toMatchObject({ bytes: 0, count: 0 });
});

test("one event delivered many times at once and again later changes nothing", async () => {
  const author = await newAuthor();
  const bytes = await newPicture();
  const begun = await begin(author, fileOf(bytes));
  await send(begun, bytes);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 4 }, () => processUpload(author, keyOf(begun))),
  );
  expect(outcomes.some((outcome) => outcome.status === "fulfilled" && outcome.value === "ready")).toBe(true);
  const ready = await read(author, begun.media);
  expect(await processUpload(author, keyOf(begun))).toBe("stale");
  await collectGarbage(author);
  expect(await read(author, begun.media)).toEqual(ready);
  const files = await store.keys(folderOf(ready));
  expect(files).toHaveLength(12);
  expect(await usage(author, {})).toMatchObject({ bytes: bytes.length, count: 1 });
});

test("two uploads of one content at the same moment end as one set of files", async () => {
  const author = await newAuthor();
  const bytes = await newPicture();
  const begun = await Promise.all([begin(author, fileOf(bytes)), begin(author, fileOf(bytes))]);
  await Promise.all(begun.map((one) => send(one, bytes)));
  const before = await store.keys("media/");
  expect(await Promise.all(begun.map((one) => processUpload(author, keyOf(one))))).toEqual([
    "ready",
    "ready",
  ]);
  await collectGarbage(author);
  const [first, second] = await Promise.all(begun.map((one) => read(author, one.media)));
  expect(first?.picture).toEqual(second?.picture);
  expect((await store.keys("media/")).length - before.length).toBe(12);
});

test("of two uploads to one picture the newer wins, in whichever order they arrive", async () => {
  const author = await newAuthor();
  const [old, older, newest] = [await newPicture(), await newPicture(), await newPicture()];
  const media = await uploadPicture(author, old);
  const first = await replace(author, { mediaId: media.mediaId, ...fileOf(older) });
  const second = await replace(author, { mediaId: media.mediaId, ...fileOf(newest) });
  await Promise.all([send(first, older), send(second, newest)]);
  expect((await read(author, media)).picture).toEqual(media.picture);
  expect(await processUpload(author, keyOf(second))).toBe("ready");
  expect(await processUpload(author, keyOf(first))).toBe("stale");
  const { picture } = await read(author, media);
  expect(picture).not.toEqual(media.picture);
  // Pages that were kept may show the old one for a day.
  const inTwoDays = new Date(Date.now() + 2 * 24 * 60 * 60 * 1000);
  await collectGarbage({ ...author, now: () => inTwoDays });
  expect(await store.keys(folderOf(media))).toEqual([]);
  expect(await usage(author, {})).toMatchObject({ bytes: newest.length, count: 1 });
});

test("a crash between two files is finished by the next delivery", async () => {
  const author = await newAuthor();
  const bytes = await newPicture();
  const begun = await begin(author, fileOf(bytes));
  await send(begun, bytes);
  const broken = failingAfter(author, 5);
  await expect(processUpload(broken, keyOf(begun))).rejects.toThrow("The power is gone.");
  expect((await read(author, begun.media)).state).toBe("processing");
  expect(await processUpload(author, keyOf(begun))).toBe("ready");
});

test("room is reserved exactly: of many uploads at once only those are taken that fit", async () => {
  const author = await newAuthor();
  const large = { name: "큰 그림.jpg", contentType: "image/jpeg" as const, bytes: 25_000_000 };
  const taken = await Promise.allSettled(Array.from({ length: 12 }, () => begin(author, large)));
  const begun = taken.filter(({ status }) => status === "fulfilled").length;
  expect((await usage(author, {})).bytes).toBe(begun * large.bytes);
  for (let index = begun; index < 80; index++) await begin(author, large);
  await expect(begin(author, large)).rejects.toMatchObject({ code: "unprocessable" });
  expect(await usage(author, {})).toMatchObject({ bytes: 2_000_000_000, count: 80 });
});

test("what is no picture is refused with its reason, and its room is free again", async () => {
  const author = await newAuthor();
  const bytes = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
  const begun = await begin(author, fileOf(bytes));
  await send(begun, bytes);
  expect(await processUpload(author, keyOf(begun))).toBe("refused");
  expect(await read(author, begun.media)).toMatchObject({ state: "refused", refusal: "svg" });
  expect(await usage(author, {})).toMatchObject({ bytes: 0 });
  expect(await store.keys("uploads/")).toEqual([]);
});

test("a point that is moved makes the crop anew, under another address", async () => {
  const author = await newAuthor();
  const media = await uploadPicture(author, await newPicture());
  await update(author, { mediaId: media.mediaId, focus: { x: 0, y: 0.5 } });
  await lookAgain(author, media.mediaId);
  const cropped = await read(author, media);
  expect(cropped.picture?.thumbnail.src).not.toBe(media.picture?.thumbnail.src);
  expect(cropped.picture?.full).toBe(media.picture?.full);
  expect(await store.keys(cropped.picture?.thumbnail.src.slice(1) ?? "")).toHaveLength(1);
});

test("someone else's picture answers as a missing one", async () => {
  const [author, stranger] = [await newAuthor(), await newAuthor()];
  const media = await uploadPicture(author, await newPicture());
  const { mediaId } = media;
  for (const attempt of [
    () => read(stranger, { mediaId }),
    () => update(stranger, { mediaId, alt: "mine" }),
    () => remove(stranger, { mediaId }),
    () => replace(stranger, { mediaId, name: "a", contentType: "image/png", bytes: 1 }),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
});

test("what an administrator puts in place of a picture takes its owner's room", async () => {
  const author = await newAuthor();
  const admin: Author = { ...(await newPerson(table.table, { role: "admin" })), objects: store.objects };
  const { mediaId } = await uploadPicture(author, await newPicture());
  const bytes = await newPicture({ width: 200, height: 100 });
  const begun = await replace(admin, { mediaId, ...fileOf(bytes) });
  await send(begun, bytes);
  expect(await processUpload(admin, keyOf(begun))).toBe("ready");
  expect(await usage(admin, {})).toMatchObject({ bytes: 0, count: 0 });
  expect(await usage(author, {})).toMatchObject({ bytes: bytes.length, count: 1 });
});

test("of somebody else's post that shows a picture its owner sees what readers see, and no draft", async () => {
  const [author, other] = [await newAuthor(), await newAuthor()];
  const { mediaId } = await uploadPicture(author, await newPicture());
  const text = { description: "", tags: [], markdown: `![](media:${mediaId})` };
  const usesIt = async (title: string) => {
    const { postId } = await create(other, { lang: "ko", slug: crypto.randomUUID(), title, ...text });
    await trackUses(other, { postId, place: "text", before: "", after: text.markdown });
    return postId;
  };
  await usesIt("아직 비밀");
  const postId = await usesIt("모두의 글");
  await publish(other, { postId, revision: 1 });
  await trackPublication(other, { postId, before: undefined, after: 1 });
  await updatePost(other, { postId, revision: 1, slug: crypto.randomUUID(), title: "고치는 글", ...text });
  expect((await verbs.uses(author, { mediaId })).items).toEqual([
    { postId, title: "모두의 글", isPublished: true },
  ]);
});

test("an upload begun twice under one key is one upload", async () => {
  const author = await newAuthor();
  const sent = { ...fileOf(await newPicture()), idempotencyKey: crypto.randomUUID() };
  const [first, again] = await Promise.all([begin(author, sent), begin(author, sent)]);
  expect(again.media.mediaId).toBe(first.media.mediaId);
  expect(keyOf(again)).toBe(keyOf(first));
});

test.each(["uploads/../media/x", "uploads/med_x/pic_y", "uploads/%2e%2e/x", "uploads/", "media/a"])(
  "the key %s names no upload and is left alone",
  async (key) => {
    expect(await processUpload(await newAuthor(), key)).toBe("stale");
  },
);
