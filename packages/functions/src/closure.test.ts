import { createECDH } from "node:crypto";
import { AdminGetUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { accounts } from "@haru/core/account/account.entity";
import { closeWhatIsDue, type SiteCore } from "@haru/core/closure/close";
import { closureContract } from "@haru/core/closure/closure.contract";
import { closures } from "@haru/core/closure/closure.entity";
import { create as comment, edit, list as listComments, report } from "@haru/core/comment/comment";
import { commenters } from "@haru/core/comment/comment.entity";
import type { ActorCore } from "@haru/core/core";
import { avatarIdOf } from "@haru/core/id";
import { create, update } from "@haru/core/post/draft";
import { read } from "@haru/core/post/post";
import { publish } from "@haru/core/post/publish";
import { create as createPreviewLink } from "@haru/core/preview-link/preview-link";
import { changeHandle } from "@haru/core/profile/profile";
import { subscribe } from "@haru/core/push-subscription/push-subscription";
import { claimPush } from "@haru/core/reminder/reminder";
import { secondFactorContract } from "@haru/core/second-factor/second-factor.contract";
import type { Tokens } from "@haru/core/session/session.contract";
import { takeoutContract } from "@haru/core/takeout/takeout.contract";
import { push } from "@haru/core/todo/push";
import { emptyContent } from "@haru/core/todo/todo.contract";
import { listMembers } from "@haru/core/todo/todo.entity";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call } from "../test/call.ts";
import {
  current,
  password,
  refresh,
  type Services,
  signedInMember,
  signIn,
  startServices,
  tokensIn,
  withToken,
} from "../test/members.ts";
import { startTakeoutStores, type TakeoutStores } from "../test/stores.ts";
import { handler } from "./closure.ts";
import { coreFor } from "./core.ts";
import { handler as takeoutJob } from "./events/takeout.ts";
import { handler as secondFactor } from "./second-factor.ts";
import { handler as takeout } from "./takeout.ts";

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

const day = 24 * 60 * 60 * 1000;
const proof = { currentPassword: password };
const send = (tokens: Tokens, verb: keyof typeof closureContract, input = {}) =>
  call(handler, closureContract[verb], { ...withToken(tokens), input });

/** The core of the job, so many days from now. */
function siteCore(days: number): SiteCore {
  const { pool } = services;
  const userPool = { client: pool.sdk, clientId: pool.clientId, poolId: pool.poolId };
  return { ...coreFor("ko"), now: () => new Date(Date.now() + days * day), userPool, zips: stores.zips };
}
const outcomesAfter = async (days: number, accountId: string) =>
  (await closeWhatIsDue(siteCore(days)))
    .filter((one) => one.accountId === accountId)
    .map(({ outcome }) => outcome);

const member = () => signedInMember(services);

/** Whatever the table holds, as text, each item with its entity. */
async function everyItem(): Promise<{ readonly entity: string; readonly text: string }[]> {
  const { client, table: TableName } = coreFor("ko").table;
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  return Items.map((item) => ({ entity: String(item.__edb_e__), text: JSON.stringify(item) }));
}

const postInput = (slug: string) => ({
  lang: "ko" as const,
  title: "글",
  slug,
  description: "",
  tags: ["하루"],
  markdown: "본문",
});

test("whoever is kept after all keeps nobody behind them from leaving, however many they are", async () => {
  const closesAt = new Date().toISOString();
  const core = coreFor("ko");
  const kept = Array.from({ length: 10 }, () => `acc_${crypto.randomUUID()}` as const);
  for (const accountId of kept) {
    const person = { accountId, email: `${accountId}@example.com`, displayName: "관리자", closesAt };
    const row = { ...person, locale: "ko" as const, roles: ["admin"] as const, createdAt: closesAt };
    await accounts(core).put(row).go();
    await closures(core).put({ accountId, closesAt }).go();
  }
  const { tokens, accountId } = await member();
  await send(tokens, "request", proof);
  expect(await outcomesAfter(15, accountId)).toEqual(["erased"]);
  for (const each of kept) await closures(core).delete({ accountId: each, closesAt }).go();
});

test("everything of a person who left is gone from every store, and what others made stays", async () => {
  const leaver = await member();
  const other = await member();
  for (const { core } of [leaver, other])
    await commenters(core).put({ accountId: core.actor.accountId, approved: 1 }).go();
  const { accountId } = leaver.core.actor;

  const { postId } = await create(leaver.core, postInput("떠나는-글"));
  await publish(leaver.core, { postId, revision: 1 });
  const { lang: _, ...text } = postInput("떠나는-글-2");
  await update(leaver.core, { ...text, postId, revision: 1, keepReplaced: true });
  await createPreviewLink(leaver.core, { postId, days: 1 });
  await create(leaver.core, postInput("초안"));
  await comment(other.core, { postId, markdown: "남의 댓글" });
  const staying = await create(other.core, postInput("남는-글"));
  await publish(other.core, { postId: staying.postId, revision: 1 });
  const under = { postId: staying.postId };
  const alone = await comment(leaver.core, { ...under, markdown: "혼자 있는 댓글" });
  await edit(leaver.core, { ...under, commentId: alone.commentId, revision: 1, markdown: "고친 댓글" });
  const answered = await comment(leaver.core, { ...under, markdown: "답이 달린 댓글" });
  const answer = await comment(other.core, { ...under, parentId: answered.commentId, markdown: "남의 답" });
  await report(leaver.core, {
    ...under,
    commentId: answer.commentId,
    parentId: answered.commentId,
    reason: "spam",
  });

  const newList = (core: ActorCore, listId: `lst_${string}`) => {
    const mutationId = core.newId("mutation");
    const args = { listId, name: "목록", color: "ink" as const };
    return push(core, {
      deviceId: core.newId("device"),
      mutations: [{ mutationId, seen: 0, name: "list.create", args }],
    });
  };
  const [mine, shared] = [leaver.core.newId("list"), leaver.core.newId("list")];
  await newList(leaver.core, mine);
  await newList(other.core, shared);
  const todoId = leaver.core.newId("todo");
  await push(leaver.core, {
    deviceId: leaver.core.newId("device"),
    mutations: [
      {
        mutationId: leaver.core.newId("mutation"),
        seen: 1,
        name: "todo.create",
        args: { listId: mine, todoId, content: emptyContent("할 일", "V") },
      },
    ],
  });
  const membership = {
    accountId,
    listId: shared,
    role: "editor",
    displayName: "김하루",
    joinedAt: new Date().toISOString(),
  } as const;
  await listMembers(leaver.core).put(membership).go();
  await changeHandle(leaver.core, { handle: "first-name" });
  await changeHandle(leaver.core, { handle: "second-name" });
  await call(secondFactor, secondFactorContract.begin, { ...withToken(leaver.tokens), input: proof });

  const mediaId = await stores.addPicture(leaver.core, "바다.jpg");
  const avatarId = await stores.addPicture(leaver.core, "avatar.jpeg", avatarIdOf(accountId));
  await call(takeout, takeoutContract.request, withToken(leaver.tokens));
  await takeoutJob(await stores.nextEvent());
  expect(await stores.keys()).toHaveLength(1);

  expect(await send(leaver.tokens, "request", proof)).toMatchObject({
    status: 200,
    body: { closesAt: expect.any(String) },
  });
  const subscription = { endpoint: "https://push.example.com/leaver", auth: "0".repeat(22) };
  const pair = createECDH("prime256v1");
  await subscribe(leaver.core, { ...subscription, p256dh: pair.generateKeys("base64url") });
  const reminder = { accountId, listId: mine, todoId, remindAt: new Date().toISOString() };
  await claimPush(leaver.core, reminder, "0".repeat(43));
  expect(await outcomesAfter(13, accountId)).toEqual([]);
  expect(await outcomesAfter(15, accountId)).toEqual(["erased"]);
  expect(await outcomesAfter(15, accountId)).toEqual(["gone"]);
  expect(await outcomesAfter(15, accountId)).toEqual([]);

  const marks = [
    accountId,
    leaver.email,
    "first-name",
    "second-name",
    postId,
    mine,
    alone.commentId,
    todoId,
    subscription.endpoint,
    mediaId,
    avatarId,
  ];
  const left = (await everyItem()).filter(({ text }) => marks.some((mark) => text.includes(mark)));
  // The trail tells that an account was deleted; keys against double sending go within a day; an
  // address that readers knew says for ever that the post is gone. None of them says who it was.
  const mayStay = ["address", "auditEntry", "idempotencyKey", "publication"];
  expect(
    [...new Set(left.map(({ entity }) => entity))].filter((entity) => !mayStay.includes(entity)),
  ).toEqual([]);
  expect(left.filter(({ text }) => text.includes(leaver.email) || text.includes("-name"))).toEqual([]);
  expect(left.find(({ entity }) => entity === "auditEntry")?.text).toContain("account_deleted");
  expect(await stores.keys()).toEqual([]);
  const { poolId: UserPoolId } = services.pool;
  await expect(
    services.pool.sdk.send(new AdminGetUserCommand({ UserPoolId, Username: leaver.email })),
  ).rejects.toThrow(expect.objectContaining({ name: "UserNotFoundException" }));
  expect(await signIn(leaver.email)).toMatchObject({ status: 401 });
  expect(await refresh(leaver.tokens.refreshToken)).toMatchObject({ status: 401 });

  const { items } = await listComments(coreFor("ko"), under);
  expect(items.map(({ html }) => html.includes("남의 답"))).toEqual([false, true]);
  expect(items[0]).toMatchObject({ html: "", isAccountDeleted: true });
  expect((await read(coreFor("ko"), { lang: "ko", slug: "남는-글" })).commentCount).toBe(1);
  const stays = (await everyItem()).filter(({ text }) => text.includes(shared)).map(({ entity }) => entity);
  expect(stays).toEqual(expect.arrayContaining(["todoList", "todoListMember"]));
});

test("asking for it ends every session at once; until the time is up one signs in and keeps the account", async () => {
  const { email, tokens, core } = await member();
  const { accountId } = core.actor;
  expect(await send(tokens, "request", proof)).toMatchObject({ status: 200 });
  expect(await current(tokens)).toMatchObject({ status: 401 });
  services.pool.passSeconds(60);
  const again = tokensIn(await signIn(email));
  expect((await send(again, "read")).body).toEqual({ closesAt: expect.any(String) });
  for (let time = 0; time < 2; time++)
    expect(await send(again, "cancel")).toMatchObject({ status: 200, body: {} });
  expect((await send(again, "read")).body).toEqual({});
  expect(await outcomesAfter(30, accountId)).toEqual([]);
  expect(await current(again)).toMatchObject({ status: 200 });
});

test("sent twice, the first time counts", async () => {
  const { email, tokens } = await member();
  const first = await send(tokens, "request", proof);
  services.pool.passSeconds(60);
  const again = tokensIn(await signIn(email));
  expect((await send(again, "request", proof)).body).toEqual(first.body);
});

test("it asks for the password", async () => {
  const { tokens } = await member();
  expect(await send(tokens, "request", { currentPassword: "Wrong-horse-7" })).toMatchObject({
    status: 422,
    body: { error: { fields: { currentPassword: [expect.any(String)] } } },
  });
  expect((await send(tokens, "read")).body).toEqual({});
});

test("an administrator gives the role up first", async () => {
  const { tokens, core } = await member();
  await accounts(core)
    .patch(core.actor)
    .set({ roles: ["reader", "author", "admin"] })
    .go();
  expect(await send(tokens, "request", proof)).toMatchObject({ status: 422 });
});

test("a run that was cut off is taken up by the next one", async () => {
  const { core, tokens } = await member();
  const { accountId } = core.actor;
  for (const slug of ["하나", "둘", "셋"]) await create(core, postInput(`끊긴-${slug}`));
  await send(tokens, "request", proof);
  const site = siteCore(15);
  let calls = 0;
  const client = new Proxy(site.table.client, {
    get(target, name) {
      if (name !== "send") return Reflect.get(target, name);
      return (...given: unknown[]) => {
        if (++calls > 12) throw new Error("The process was ended.");
        return Reflect.apply(target.send, target, given);
      };
    },
  });
  const cutOff = { ...site, table: { ...site.table, client } };
  const [failed] = (await closeWhatIsDue(cutOff)).filter((one) => one.accountId === accountId);
  expect(failed?.outcome).toBe("failed");
  expect(await outcomesAfter(15, accountId)).toEqual(["erased"]);
  expect(await outcomesAfter(15, accountId)).toEqual(["gone"]);
});

test.each(Object.keys(closureContract) as (keyof typeof closureContract)[])(
  "%s needs somebody",
  async (verb) => {
    expect(await call(handler, closureContract[verb], { input: {} })).toMatchObject({ status: 401 });
  },
);
