import { grantRole } from "@haru/core/person/person";
import { personContract } from "@haru/core/person/person.contract";
import type { Tokens } from "@haru/core/session/session.contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call } from "../test/call.ts";
import {
  current,
  newMember,
  refresh,
  type Services,
  type SignedIn,
  signedInMember,
  signIn,
  startServices,
  tokensIn,
  withToken,
} from "../test/members.ts";
import { coreFor } from "./core.ts";
import { handler } from "./person.ts";

let services: Services;
let admin: SignedIn;
beforeAll(async () => {
  services = await startServices();
  admin = await newAdmin();
});
afterAll(() => services.stop());

const member = () => signedInMember(services);

/** As the command makes the first one. */
async function newAdmin(): Promise<SignedIn> {
  const person = await member();
  const { accountId } = person;
  const { pool } = services;
  const userPool = { client: pool.sdk, clientId: pool.clientId, poolId: pool.poolId };
  const core = { ...coreFor("ko", { actor: { accountId, roles: ["admin"] } }), userPool };
  await grantRole(core, { accountId, role: "admin" });
  services.pool.passSeconds(600);
  return { ...person, tokens: tokensIn(await signIn(person.email)) };
}

type Verb = keyof typeof personContract;
const as = ({ tokens }: SignedIn, verb: Verb, input: Record<string, unknown>) =>
  call(handler, personContract[verb], { ...withToken(tokens), input });
const trail = async (): Promise<{ action: string; target: { accountId: string } }[]> =>
  (await as(admin, "audit", { limit: 50 })).body.items;

test("people are found by how their e-mail begins, page by page, and without reading anybody else", async () => {
  const prefix = `find-${Date.now()}`;
  for (const name of ["a", "b", "c"]) await newMember(services, { email: `${prefix}-${name}@example.com` });
  const first = await as(admin, "list", { email: prefix.toUpperCase(), limit: 2 });
  expect(first.body.items.map(({ email }: { email: string }) => email)).toEqual([
    `${prefix}-a@example.com`,
    `${prefix}-b@example.com`,
  ]);
  const second = await as(admin, "list", { email: prefix, limit: 2, cursor: first.body.cursor });
  expect(second.body.items).toHaveLength(1);
  expect(second.body.cursor).toBeUndefined();
});

test("a role that was given holds with the next token, and one that was taken is gone at once", async () => {
  const author = await member();
  const { accountId } = author;
  expect(await as(admin, "grantRole", { accountId, role: "author" })).toMatchObject({
    status: 200,
    body: { roles: ["reader", "author"] },
  });
  services.pool.passSeconds(600);
  const renewed: Tokens = (await refresh(author.tokens.refreshToken)).body;
  expect((await current(renewed)).body.roles).toEqual(["reader", "author"]);
  expect(await as(admin, "takeRole", { accountId, role: "author" })).toMatchObject({ status: 200 });
  expect((await current(renewed)).body.roles).toEqual(["reader"]);
});

test("a suspended person is out at once and everywhere, and in again when restored", async () => {
  const { email, tokens, accountId } = await member();
  expect(await as(admin, "suspend", { accountId, reason: "광고" })).toMatchObject({ status: 200 });
  expect(await current(tokens)).toMatchObject({ status: 401 });
  expect(await refresh(tokens.refreshToken)).toMatchObject({ status: 401 });
  expect(await signIn(email)).toMatchObject({ status: 401 });
  expect(await as(admin, "restore", { accountId })).toMatchObject({ status: 200 });
  expect(await current(tokensIn(await signIn(email)))).toMatchObject({ status: 200 });
});

test("every change stands once in the trail, newest first, also when it was sent twice", async () => {
  const { accountId } = await member();
  for (let time = 0; time < 2; time++) await as(admin, "grantRole", { accountId, role: "author" });
  for (let time = 0; time < 2; time++) await as(admin, "suspend", { accountId, reason: "광고" });
  for (let time = 0; time < 2; time++) await as(admin, "restore", { accountId });
  const mine = (await trail()).filter(({ target }) => target.accountId === accountId);
  expect(mine.map(({ action }) => action)).toEqual(["restored", "suspended", "role_granted"]);
  expect(mine[1]).toMatchObject({ reason: "광고", actor: { accountId: admin.accountId }, from: "192.0.2.1" });
});

test("the last administrator can be neither demoted nor suspended; of two who remove each other one stays", async () => {
  const { accountId } = admin;
  for (const [verb, input] of [
    ["takeRole", { accountId, role: "admin" }],
    ["suspend", { accountId, reason: "" }],
  ] as const)
    expect(await as(admin, verb, input)).toMatchObject({
      status: 422,
      body: { error: { message: expect.stringContaining("마지막 관리자") } },
    });
  const second = await newAdmin();
  const outcomes = await Promise.all([
    as(admin, "takeRole", { accountId: second.accountId, role: "admin" }),
    as(second, "takeRole", { accountId: admin.accountId, role: "admin" }),
  ]);
  expect(outcomes.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
  if (outcomes[1]?.status === 200) admin = second;
});

test.each(["list", "grantRole", "takeRole", "suspend", "restore", "audit"] as const)(
  "%s is for administrators alone",
  async (verb) => {
    const nobody = await call(handler, personContract[verb], {
      input: { accountId: admin.accountId, role: "author" },
    });
    expect(nobody).toMatchObject({ status: 401 });
    const reader = await member();
    expect(await as(reader, verb, { accountId: reader.accountId, role: "admin" })).toMatchObject({
      status: 403,
    });
  },
);

test("somebody who is not there is missing", async () => {
  const accountId = `acc_${crypto.randomUUID()}`;
  expect(await as(admin, "grantRole", { accountId, role: "author" })).toMatchObject({ status: 404 });
});

test("everybody stays a reader", async () => {
  const { accountId } = await member();
  expect(await as(admin, "takeRole", { accountId, role: "reader" })).toMatchObject({ status: 400 });
});
