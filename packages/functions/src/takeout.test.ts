import { create as comment } from "@haru/core/comment/comment";
import { commenters } from "@haru/core/comment/comment.entity";
import { avatarIdOf } from "@haru/core/id";
import { create } from "@haru/core/post/draft";
import { publish } from "@haru/core/post/publish";
import { takeoutContract } from "@haru/core/takeout/takeout.contract";
import { takeouts } from "@haru/core/takeout/takeout.entity";
import { push } from "@haru/core/todo/push";
import { emptyContent } from "@haru/core/todo/todo.contract";
import { planImport } from "@haru/core/transfer/plan";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call } from "../test/call.ts";
import { type Services, type SignedIn, signedInMember, startServices, withToken } from "../test/members.ts";
import { startTakeoutStores, type TakeoutStores } from "../test/stores.ts";
import { handler as job } from "./events/takeout.ts";
import { handler } from "./takeout.ts";

let services: Services;
let stores: TakeoutStores;
beforeAll(async () => {
  services = await startServices();
  stores = await startTakeoutStores();
});
afterAll(async () => {
  await stores.stop();
  await services.stop();
});

const member = () => signedInMember(services);

const send = ({ tokens }: SignedIn, verb: keyof typeof takeoutContract) =>
  call(handler, takeoutContract[verb], withToken(tokens));

/** What the zip behind the link holds, by path. */
async function fetchZip(person: SignedIn): Promise<Record<string, string>> {
  const { body } = await send(person, "link");
  const response = await fetch(body.url);
  expect(response.status).toBe(200);
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, strFromU8(bytes)]));
}

test("everything that a person made is in the zip, and nothing of anybody else", async () => {
  const me = await member();
  const other = await member();
  for (const { core } of [me, other])
    await commenters(core).put({ accountId: core.actor.accountId, approved: 1 }).go();
  const post = {
    lang: "ko" as const,
    title: "내 글",
    description: "",
    tags: ["하루"],
    markdown: "본문: **굵게**",
  };
  const { postId } = await create(me.core, { ...post, slug: "내-글" });
  await publish(me.core, { postId, revision: 1 });
  await create(me.core, { ...post, slug: "초안" });
  await create(other.core, { ...post, slug: "남의-글", title: "남의 글" });
  await comment(me.core, { postId, markdown: "내 댓글" });
  await comment(other.core, { postId, markdown: "남의 댓글" });
  const mediaId = await stores.addPicture(me.core, "바다 사진.jpg");
  const avatarId = await stores.addPicture(me.core, "avatar.jpeg", avatarIdOf(me.core.actor.accountId));
  await stores.addPicture(other.core, "남의 사진.jpg");
  const listId = me.core.newId("list");
  const todoId = me.core.newId("todo");
  await push(me.core, {
    deviceId: me.core.newId("device"),
    mutations: [
      {
        mutationId: me.core.newId("mutation"),
        seen: 0,
        name: "list.create",
        args: { listId, name: "장보기", color: "ink" },
      },
      {
        mutationId: me.core.newId("mutation"),
        seen: 1,
        name: "todo.create",
        args: { listId, todoId, content: emptyContent("사과 사기", "V") },
      },
    ],
  });

  expect(await send(me, "request")).toMatchObject({ status: 202, body: { state: "queued" } });
  expect(await job(await stores.nextEvent())).toEqual({ batchItemFailures: [] });
  const { takeout } = (await send(me, "read")).body;
  expect(takeout).toMatchObject({ state: "ready", done: takeout.total, bytes: expect.any(Number) });

  const files = await fetchZip(me);
  expect(Object.keys(files).sort()).toEqual(
    [
      "account.json",
      "comments.json",
      "pictures.json",
      `pictures/${avatarId}-avatar.jpeg`,
      `pictures/${mediaId}-바다-사진.jpg`,
      "posts/ko/내-글.md",
      "posts/ko/초안.md",
      "todos.json",
    ].sort(),
  );
  expect(JSON.parse(files["account.json"] ?? "")).toMatchObject({
    email: me.email,
    sessions: [expect.anything()],
  });
  expect(JSON.parse(files["comments.json"] ?? "")).toMatchObject([{ markdown: "내 댓글" }]);
  expect(JSON.parse(files["todos.json"] ?? "")).toMatchObject([
    { name: "장보기", todos: [{ title: "사과 사기" }] },
  ]);
  expect(Object.values(files).join()).not.toMatch(/남의 글|남의 댓글|남의 사진/);

  // The posts come back as they were.
  const texts = Object.entries(files).filter(([path]) => path.endsWith(".md"));
  const { works, failed } = planImport(
    texts.map(([path, text]) => ({ path, text })),
    "en",
  );
  expect(failed).toEqual([]);
  expect(works.flat().map(({ post: { slug, isDraft, markdown } }) => [slug, isDraft, markdown])).toEqual(
    expect.arrayContaining([
      ["내-글", false, post.markdown],
      ["초안", true, post.markdown],
    ]),
  );
});

test("asked for again while it is made it goes on, and a message that comes twice does no harm", async () => {
  const me = await member();
  const first = await send(me, "request");
  const again = await send(me, "request");
  expect(again.body.requestedAt).toBe(first.body.requestedAt);
  for (let time = 0; time < 2; time++)
    expect(await job(await stores.nextEvent())).toEqual({ batchItemFailures: [] });
  expect((await send(me, "read")).body.takeout.state).toBe("ready");
  expect((await stores.keys()).filter((key) => key.startsWith(me.core.actor.accountId))).toHaveLength(1);
});

test("what fails comes again, and after the last time its owner is told and can ask anew", async () => {
  const me = await member();
  await send(me, "request");
  const event = await stores.nextEvent(3);
  await stores.withoutBucket(async () => {
    expect((await job(event)).batchItemFailures).toHaveLength(1);
  });
  expect((await send(me, "read")).body.takeout.state).toBe("failed");
  expect(await send(me, "request")).toMatchObject({ status: 202, body: { state: "queued" } });
  await job(await stores.nextEvent());
  expect((await send(me, "read")).body.takeout.state).toBe("ready");
});

test("the link is its owner's alone and ends, and so does the zip", async () => {
  const me = await member();
  expect(await send(me, "link")).toMatchObject({ status: 404 });
  await send(me, "request");
  await job(await stores.nextEvent());
  const { url, expiresInSeconds } = (await send(me, "link")).body;
  expect(expiresInSeconds).toBe(300);
  expect(new URL(url).searchParams.get("X-Amz-Expires")).toBe("300");
  expect((await fetch(url)).headers.get("content-disposition")).toMatch(/^attachment; filename="haru-/);
  const unsigned = new URL(url);
  unsigned.search = "";
  expect((await fetch(unsigned)).status).toBe(403);
  expect(await send(await member(), "link")).toMatchObject({ status: 404 });
  const expiresAt = new Date(Date.now() - 1000).toISOString();
  await takeouts(me.core).patch(me.core.actor).set({ expiresAt }).go();
  expect((await send(me, "read")).body).toEqual({});
  expect(await send(me, "link")).toMatchObject({ status: 404 });
});

test.each(Object.keys(takeoutContract) as (keyof typeof takeoutContract)[])(
  "%s needs somebody",
  async (verb) => {
    expect(await call(handler, takeoutContract[verb], {})).toMatchObject({ status: 401 });
  },
);
