import { afterAll, beforeAll, expect, test } from "vitest";
import { startObjects, type TestObjects } from "../../test/objects.ts";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import {
  type Author,
  after,
  failingAfter,
  fileOf,
  folderOf,
  keyOf,
  newPicture,
  send,
  uploadPicture,
} from "../../test/uploads.ts";
import type { AvatarId, MediaId } from "../id.ts";
import type { Media } from "./media.contract.ts";
import * as verbs from "./media.ts";
import { originalKey, parseUploadKey } from "./objects.ts";
import { processUpload } from "./process.ts";
import { rebuild } from "./rebuild.ts";
import { sweep } from "./sweep.ts";
import { begin, replace } from "./upload.ts";
import { changeWatermark } from "./watermark-setting.ts";
import { lookAgain } from "./work.ts";

let table: TestTable;
let store: TestObjects;
beforeAll(async () => {
  [table, store] = await Promise.all([startTable(), startObjects()]);
});
afterAll(() => Promise.all([table.stop(), store.stop()]));

const newAuthor = async (role: "author" | "admin" = "author"): Promise<Author> => ({
  ...(await newPerson(table.table, { role })),
  objects: store.objects,
});
const read = (author: Author, { mediaId }: Pick<Media, "mediaId">) => verbs.read(author, { mediaId });

/** Sweeps some hours from now; answers the report and what the worker was asked to look at. */
async function sweepAfter(author: Author, hours: number) {
  const asked: (MediaId | AvatarId)[] = [];
  const report = await sweep(after(author, hours), async (mediaId) => {
    asked.push(mediaId);
  });
  return { report, asked };
}

test("an upload that never came is asked after, forgotten after a day with its room, and then nothing is left to do", async () => {
  const author = await newAuthor();
  const { media } = await begin(author, fileOf(await newPicture()));
  const nothing = { abandoned: 0, failed: 0, askedAgain: 0, collected: 0 };
  expect((await sweepAfter(author, 0.5)).report).toEqual(nothing);
  const soon = await sweepAfter(author, 2);
  expect(soon).toEqual({ report: { ...nothing, askedAgain: 1 }, asked: [media.mediaId] });
  const late = await sweepAfter(author, 25);
  expect(late.report).toEqual({ ...nothing, abandoned: 1, collected: 2 });
  await expect(read(author, media)).rejects.toMatchObject({ code: "not_found" });
  expect(await verbs.usage(author, {})).toMatchObject({ bytes: 0, count: 0 });
  expect((await sweepAfter(author, 25)).report).toEqual(nothing);
});

test("an upload on which the worker died is told to its author as failed, and leaves no files", async () => {
  const author = await newAuthor();
  const bytes = await newPicture();
  const begun = await begin(author, fileOf(bytes));
  await send(begun, bytes);
  await expect(processUpload(failingAfter(author, 4), keyOf(begun))).rejects.toThrow("The power is gone.");
  const { pictureId = "" } = parseUploadKey(keyOf(begun)) ?? {};
  expect(await store.keys(`media/${pictureId}/`)).not.toEqual([]);
  expect((await sweepAfter(author, 2)).report).toMatchObject({ failed: 1 });
  expect(await read(author, begun.media)).toMatchObject({ state: "refused", refusal: "failed" });
  expect(await verbs.usage(author, {})).toMatchObject({ bytes: 0, count: 1 });
  expect(await store.keys(`media/${pictureId}/`)).toEqual([]);
  expect(await store.keys(`uploads/${begun.media.mediaId}/`)).toEqual([]);
  await verbs.remove(author, { mediaId: begun.media.mediaId });
});

test("a picture whose replacement never came stays as it was", async () => {
  const author = await newAuthor();
  const media = await uploadPicture(author, await newPicture());
  await replace(author, { mediaId: media.mediaId, ...fileOf(await newPicture()) });
  await sweepAfter(author, 25);
  const { picture, state } = await read(author, media);
  expect({ picture, state }).toEqual({ picture: media.picture, state: "ready" });
  expect(await store.keys(folderOf(media))).toHaveLength(12);
});

test("a crop whose message was lost is asked for again", async () => {
  const author = await newAuthor();
  const media = await uploadPicture(author, await newPicture());
  await verbs.update(author, { mediaId: media.mediaId, focus: { x: 1, y: 0.5 } });
  const { asked } = await sweepAfter(author, 2);
  expect(asked).toEqual([media.mediaId]);
  for (const mediaId of asked) await lookAgain(author, mediaId);
  expect((await sweepAfter(author, 2)).asked).toEqual([]);
  expect((await read(author, media)).picture?.thumbnail.src).not.toBe(media.picture?.thumbnail.src);
});

test("a crop that cannot be made is asked for during a day; the picture then keeps the one it has, and can be moved again", async () => {
  const author = await newAuthor();
  const media = await uploadPicture(author, await newPicture());
  await verbs.update(author, { mediaId: media.mediaId, focus: { x: 1, y: 0.5 } });
  expect((await sweepAfter(author, 23)).asked).toEqual([media.mediaId]);
  const late = await sweepAfter(author, 25);
  expect(late).toMatchObject({ report: { failed: 1, askedAgain: 0 }, asked: [] });
  expect((await sweepAfter(author, 50)).report).toMatchObject({ failed: 0, askedAgain: 0 });
  expect(await read(author, media)).toMatchObject({ state: "ready", picture: media.picture });
  await verbs.update(author, { mediaId: media.mediaId, focus: { x: 0, y: 0.5 } });
  await lookAgain(author, media.mediaId);
  expect((await read(author, media)).picture?.thumbnail.src).not.toBe(media.picture?.thumbnail.src);
});

test("files are made anew after the mark was changed, for everybody who shows them, and once", async () => {
  const [author, other, admin] = [await newAuthor(), await newAuthor(), await newAuthor("admin")];
  const bytes = await newPicture();
  const [first, second] = [await uploadPicture(author, bytes), await uploadPicture(other, bytes)];
  const key = originalKey(folderOf(first).split("/")[1] as `pic_${string}`);
  expect(await rebuild(author, key)).toBe("unchanged");

  await changeWatermark(admin, { isOn: true, position: "top-left", opacity: 0.4 });
  // Broken off in the middle, it is done again from its beginning.
  await expect(rebuild(failingAfter(author, 3), key)).rejects.toThrow("The power is gone.");
  expect((await read(author, first)).picture).toEqual(first.picture);
  expect(await rebuild(author, key)).toBe("rebuilt");
  const { picture } = await read(author, first);
  expect((await read(other, second)).picture).toEqual(picture);
  expect(picture?.full).not.toBe(first.picture?.full);
  expect({ ...picture, full: "" }).toEqual({ ...first.picture, full: "" });
  expect(await rebuild(author, key)).toBe("unchanged");

  // Pages that were kept may show the old file for a day.
  const oldFile = first.picture?.full.slice(1) ?? "";
  await sweepAfter(author, 2);
  expect(await store.keys(oldFile)).toHaveLength(1);
  await sweepAfter(author, 25);
  expect(await store.keys(oldFile)).toEqual([]);
  expect(await store.keys(folderOf(first))).toHaveLength(12);
  await changeWatermark(admin, { isOn: false, position: "top-left", opacity: 0.4 });
});

test("a crop of one's own is made anew too, by the worker", async () => {
  const [author, admin] = [await newAuthor(), await newAuthor("admin")];
  const { mediaId } = await uploadPicture(author, await newPicture());
  await verbs.update(author, { mediaId, focus: { x: 0, y: 0 } });
  await lookAgain(author, mediaId);
  const cropped = await read(author, { mediaId });
  await changeWatermark(admin, { isOn: true, position: "centre", opacity: 1 });
  expect(await rebuild(author, originalKey(folderOf(cropped).split("/")[1] as `pic_${string}`))).toBe(
    "rebuilt",
  );
  await lookAgain(author, mediaId);
  const { picture } = await read(author, { mediaId });
  expect(picture?.thumbnail).toEqual(cropped.picture?.thumbnail);
  expect(picture?.full).not.toBe(cropped.picture?.full);
});

test("an original that no picture shows any more is not made anew", async () => {
  const author = await newAuthor();
  const media = await uploadPicture(author, await newPicture());
  await verbs.remove(author, { mediaId: media.mediaId });
  expect(await rebuild(author, originalKey(folderOf(media).split("/")[1] as `pic_${string}`))).toBe(
    "unneeded",
  );
});
