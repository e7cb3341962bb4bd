import { mediaContract } from "@haru/core/media/media.contract";
import { media } from "@haru/core/media/media.entity";
import { create, update } from "@haru/core/post/draft";
import { forget } from "@haru/core/post/forget";
import { posts } from "@haru/core/post/post.entity";
import { publish, unpublish } from "@haru/core/post/publish";
import { remove } from "@haru/core/post/remove";
import { schedule, unschedule } from "@haru/core/post/schedule";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type Person } from "../../test/call.ts";
import { newPerson, startLinkedTable } from "../../test/services.ts";
import { openStream, type TableStream } from "../../test/stream.ts";
import { coreFor } from "../core.ts";
import { handler as library } from "../media.ts";
import { handler } from "./media-uses.ts";

/* The way of a change from a post, over the table's own stream, to what the library says of a picture. */

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
let stream: TableStream;
beforeAll(async () => {
  engine = await startLinkedTable();
  stream = await openStream(engine);
});
afterAll(() => engine.stop());

const coreOf = (actor: Person) => coreFor("ko", { actor });

async function newPicture({ accountId: ownerId }: Person) {
  const core = coreFor("ko");
  const mediaId = core.newId("media");
  const now = core.now().toISOString();
  await media(core)
    .put({
      mediaId,
      ownerId,
      name: "잎",
      alt: "",
      caption: "",
      state: "waiting",
      bytes: 1,
      version: 1,
      createdAt: now,
      updatedAt: now,
    })
    .go();
  return mediaId;
}

const text = (title: string, shows: { readonly markdown?: string; readonly cover?: string }) => ({
  slug: `글-${crypto.randomUUID()}`,
  title,
  description: "",
  tags: [],
  markdown: shows.markdown ? `![](media:${shows.markdown})` : "글",
  settings: shows.cover ? { cover: { src: `media:${shows.cover}`, alt: "" } } : {},
});

/** The uses of a picture once what has happened took its way. */
async function usesOf(as: Person, mediaId: string) {
  const Records = await stream.changesOf("post", "postContent", "revision");
  expect(await handler({ Records })).toEqual({ batchItemFailures: [] });
  const { body } = await call(library, mediaContract.uses, { as, input: { mediaId } });
  return body.items;
}

const removalOf = async (as: Person, mediaId: string) =>
  (await call(library, mediaContract.remove, { as, input: { mediaId } })).status;

test.each(["markdown", "cover"] as const)(
  "a picture that readers see as %s is in use until they see another state, whatever the draft says",
  async (place) => {
    const author = await newPerson("author");
    const me = coreOf(author);
    const mediaId = await newPicture(author);
    const { postId } = await create(me, { lang: "ko", ...text("처음", { [place]: mediaId }) });
    expect(await usesOf(author, mediaId)).toEqual([{ postId, title: "처음", isPublished: false }]);
    await publish(me, { postId, revision: 1 });
    expect(await usesOf(author, mediaId)).toEqual([{ postId, title: "처음", isPublished: true }]);
    await update(me, { postId, revision: 1, ...text("그림 없이", {}) });
    expect(await usesOf(author, mediaId)).toEqual([{ postId, title: "그림 없이", isPublished: true }]);
    expect(await removalOf(author, mediaId)).toBe(409);
    await publish(me, { postId, revision: 2 });
    expect(await usesOf(author, mediaId)).toEqual([]);
    expect(await removalOf(author, mediaId)).toBe(200);
  },
);

test("a picture that readers will see at the appointed time is in use, whatever the draft says, until the time is withdrawn", async () => {
  const author = await newPerson("author");
  const me = coreOf(author);
  const [mediaId, publishAt] = [await newPicture(author), "2099-01-01T00:00:00.000Z"];
  const { postId } = await create(me, { lang: "ko", ...text("나중에", { markdown: mediaId }) });
  await schedule(me, { postId, revision: 1, publishAt });
  await update(me, { postId, revision: 1, ...text("그림 없이", {}) });
  expect(await usesOf(author, mediaId)).toEqual([{ postId, title: "그림 없이", isPublished: false }]);
  expect(await removalOf(author, mediaId)).toBe(409);
  await unschedule(me, { postId });
  expect(await usesOf(author, mediaId)).toEqual([]);
  expect(await removalOf(author, mediaId)).toBe(200);
});

test("a picture that only the draft of a published post shows is in use, and not for readers", async () => {
  const author = await newPerson("author");
  const me = coreOf(author);
  const mediaId = await newPicture(author);
  const { postId } = await create(me, { lang: "ko", ...text("글", {}) });
  await publish(me, { postId, revision: 1 });
  await update(me, { postId, revision: 1, ...text("그림과", { markdown: mediaId }) });
  expect(await usesOf(author, mediaId)).toEqual([{ postId, title: "그림과", isPublished: false }]);
  expect(await removalOf(author, mediaId)).toBe(409);
});

test("a post that is taken off the site shows its pictures to its author alone", async () => {
  const author = await newPerson("author");
  const me = coreOf(author);
  const mediaId = await newPicture(author);
  const { postId } = await create(me, { lang: "ko", ...text("글", { markdown: mediaId }) });
  await publish(me, { postId, revision: 1 });
  await update(me, { postId, revision: 1, ...text("그림 없이", {}) });
  expect(await usesOf(author, mediaId)).toMatchObject([{ isPublished: true }]);
  await unpublish(me, { postId });
  expect(await usesOf(author, mediaId)).toEqual([]);
});

test("a post that is forgotten before its changes were seen, as those of a closed account, uses no picture", async () => {
  const [owner, other] = [await newPerson("author"), await newPerson("author")];
  const them = coreOf(other);
  const mediaId = await newPicture(owner);
  const { postId } = await create(them, { lang: "ko", ...text("글", { markdown: mediaId, cover: mediaId }) });
  await publish(them, { postId, revision: 1 });
  expect(await usesOf(owner, mediaId)).toMatchObject([{ isPublished: true }]);
  await remove(them, { postId });
  const { data: removed } = await posts(them).get({ postId }).go({ consistent: true });
  if (!removed) throw new Error("The post is missing.");
  await forget(them, removed);
  expect(await usesOf(owner, mediaId)).toEqual([]);
  expect(await removalOf(owner, mediaId)).toBe(200);
});

test("of somebody else's published post a picture's owner learns only while readers see the picture there", async () => {
  const [owner, other] = [await newPerson("author"), await newPerson("author")];
  const them = coreOf(other);
  const mediaId = await newPicture(owner);
  const { postId } = await create(them, { lang: "ko", ...text("모두의 글", {}) });
  await publish(them, { postId, revision: 1 });
  await update(them, { postId, revision: 1, ...text("아직 비밀", { markdown: mediaId }) });
  expect(await usesOf(owner, mediaId)).toEqual([]);
  await publish(them, { postId, revision: 2 });
  expect(await usesOf(owner, mediaId)).toEqual([{ postId, title: "아직 비밀", isPublished: true }]);
});
