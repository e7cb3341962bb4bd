import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startObjects, type TestObjects } from "../../test/objects.ts";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import { type Author, newPicture, sendForm, uploadPicture } from "../../test/uploads.ts";
import { create, list as listComments } from "../comment/comment.ts";
import { createCore } from "../core.ts";
import { avatarIdOf } from "../id.ts";
import { create as createPost } from "../post/draft.ts";
import { publish } from "../post/publish.ts";
import { own, read as readProfile } from "../profile/profile.ts";
import { readAvatar, removeAvatar } from "./avatar.ts";
import { beginAvatar } from "./avatar-upload.ts";
import { readMedia } from "./change.ts";
import { collectGarbage } from "./garbage.ts";
import { list, usage } from "./media.ts";
import { readObject } from "./objects.ts";
import { processUpload } from "./process.ts";
import { rebuild } from "./rebuild.ts";

let table: TestTable;
let store: TestObjects;
beforeAll(async () => {
  [table, store] = await Promise.all([startTable(), startObjects()]);
});
afterAll(() => Promise.all([table.stop(), store.stop()]));

const newAuthor = async (role: "reader" | "author" = "reader"): Promise<Author> => ({
  ...(await newPerson(table.table, { role })),
  objects: store.objects,
});
const stateOf = (person: Author) => readAvatar(person, {});
const begin = (person: Author, bytes: Buffer) =>
  beginAvatar(person, { contentType: "image/jpeg", bytes: bytes.length });

/** Uploads an avatar; answers what became of it. */
async function upload(person: Author, bytes: Buffer) {
  const { upload: form } = await begin(person, bytes);
  expect(await sendForm(form, bytes)).toBe(204);
  return processUpload(person, form.fields.key ?? "");
}

test("an upload becomes small squares that the profile shows, and no picture of the library", async () => {
  const person = await newAuthor();
  expect(await stateOf(person)).toEqual({ state: "none" });
  const bytes = await newPicture();
  expect(await upload(person, bytes)).toBe("ready");
  const { state, avatar } = await stateOf(person);
  expect(state).toBe("ready");
  expect(avatar?.srcset).toMatch(/96x96-\w+\.webp 96w, .+288x288-\w+\.webp 288w$/);
  const file = await readObject(person, avatar?.src.slice(1) ?? "", 100_000);
  expect(await sharp(file).metadata()).toMatchObject({ format: "webp", width: 96, height: 96 });
  expect(file?.includes("EXIF")).toBe(false);

  expect((await own(person, {})).avatar).toEqual(avatar);
  const visitor = createCore({ table: table.table, locale: "ko" });
  expect((await readProfile(visitor, { name: person.actor.accountId })).avatar).toEqual(avatar);
  expect((await list(person, {})).items).toEqual([]);
  expect(await usage(person, {})).toMatchObject({ bytes: bytes.length, count: 1 });
});

test("another one takes its place when it is ready, and what is no picture leaves it as it is", async () => {
  const person = await newAuthor();
  await upload(person, await newPicture());
  const { avatar: first } = await stateOf(person);
  const next = await newPicture();
  const begun = await begin(person, next);
  expect(await stateOf(person)).toEqual({ state: "waiting", avatar: first });
  await sendForm(begun.upload, next);
  await processUpload(person, begun.upload.fields.key ?? "");
  const { avatar: second } = await stateOf(person);
  expect(second).not.toEqual(first);
  expect(await upload(person, Buffer.from("<svg onload='alert(1)'/>"))).toBe("refused");
  expect(await stateOf(person)).toEqual({ state: "refused", refusal: "svg", avatar: second });
});

test("begun on two devices at once it is one avatar, and the newer file wins", async () => {
  const person = await newAuthor();
  const bytes = await newPicture();
  const forms = await Promise.all([begin(person, bytes), begin(person, bytes)]);
  await Promise.all(forms.map(({ upload: form }) => sendForm(form, bytes)));
  const outcomes = await Promise.all(
    forms.map(({ upload: form }) => processUpload(person, form.fields.key ?? "")),
  );
  expect(outcomes.sort()).toEqual(["ready", "stale"]);
  expect(await usage(person, {})).toMatchObject({ bytes: bytes.length, count: 1 });
});

test("removed, nothing of it is left, and removing twice changes nothing", async () => {
  const person = await newAuthor();
  await upload(person, await newPicture());
  const row = await readMedia(person, avatarIdOf(person.actor.accountId));
  const pictureId = row?.picture?.pictureId;
  for (let time = 0; time < 2; time++) expect(await removeAvatar(person, {})).toEqual({ state: "none" });
  await collectGarbage(person);
  for (const folder of [`media/${pictureId}/`, `originals/${pictureId}`])
    expect(await store.keys(folder)).toEqual([]);
  expect((await own(person, {})).avatar).toBeUndefined();
  expect(await usage(person, {})).toMatchObject({ bytes: 0, count: 0 });
});

test("the same bytes as a picture and as an avatar are two sets of files, and each is made anew as what it is", async () => {
  const person = await newAuthor("author");
  const bytes = await newPicture();
  await upload(person, bytes);
  const picture = await uploadPicture(person, bytes);
  expect(picture.picture?.full).toContain("/full/");
  const row = await readMedia(person, avatarIdOf(person.actor.accountId));
  const { pictureId } = row?.picture ?? {};
  expect(await rebuild(person, `originals/${pictureId}`)).toBe("unchanged");
  expect(await store.keys(`media/${pictureId}/`)).toHaveLength(2);
});

test("comments show what their authors look like now", async () => {
  const author = await newAuthor("author");
  const [one, other] = [await newAuthor("author"), await newAuthor("author")];
  const text = { lang: "ko" as const, title: "글", slug: "avatars", description: "", tags: [] };
  const { postId } = await createPost(author, { ...text, markdown: "본문" });
  await publish(author, { postId, revision: 1 });
  for (const person of [one, other, one]) await create(person, { postId, markdown: "댓글" });
  await upload(one, await newPicture());
  const { avatar } = await stateOf(one);
  const { items } = await listComments(author, { postId });
  expect(items.map((comment) => comment.author?.avatar)).toEqual([avatar, undefined, avatar]);
});
