import { accounts } from "@haru/core/account/account.entity";
import { accountIdOf } from "@haru/core/id";
import { sessionContract, type Tokens } from "@haru/core/session/session.contract";
import { sessions } from "@haru/core/session/session.entity";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Answer, call } from "../test/call.ts";
import {
  current,
  newMember,
  refresh,
  type Services,
  signIn,
  startServices,
  tokensIn,
  withToken,
} from "../test/members.ts";
import { coreFor } from "./core.ts";
import { handler } from "./session.ts";

let services: Services;
beforeAll(async () => {
  services = await startServices();
});
afterAll(() => services.stop());

const sessionsOf = async (tokens: Tokens) =>
  (await call(handler, sessionContract.list, withToken(tokens))).body.items;

test("a person signs in and the tokens open the API", async () => {
  const answer = await signIn(await newMember(services));
  expect(answer).toMatchObject({ status: 200, body: { outcome: "signed_in" } });
  expect(await current(tokensIn(answer))).toMatchObject({ status: 200 });
});

test("a wrong password and an unknown e-mail are answered alike", async () => {
  const wrong = await signIn(await newMember(services), { password: "Wrong-horse-7" });
  const unknown = await signIn("nobody@example.com");
  expect(wrong).toMatchObject({ status: 401, body: { error: { code: "unauthenticated" } } });
  const comparable = ({ status, body }: Answer) => ({ status, error: { ...body.error, requestId: "" } });
  expect(comparable(unknown)).toEqual(comparable(wrong));
});

test("an e-mail that was never confirmed leads back to confirming, and only with the right password", async () => {
  const email = await newMember(services, { confirmed: false });
  expect(await signIn(email)).toMatchObject({ status: 200, body: { outcome: "not_confirmed" } });
  expect(await signIn(email, { password: "Wrong-horse-7" })).toMatchObject({ status: 401 });
});

test("twenty requests with one refresh token lead to one refresh, and all get its tokens", async () => {
  const { refreshToken } = tokensIn(await signIn(await newMember(services)));
  const before = services.refreshes();
  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(answers.map(({ body }) => body.accessToken)).size).toBe(1);
  expect(services.refreshes() - before).toBe(1);
  // A request that was on its way with the old token comes a little later.
  expect((await refresh(refreshToken)).body.accessToken).toBe(answers[0]?.body.accessToken);
  expect(services.refreshes() - before).toBe(1);
  const next = await refresh(answers[0]?.body.refreshToken);
  expect(next).toMatchObject({ status: 200 });
});

test.each(["", "x", "a".repeat(5_000)])("a refresh token that is none is refused: %s", async (token) => {
  expect((await refresh(token)).status).toBe(token.length === 1 ? 401 : 400);
});

test("a session is listed with its device, and the one that asks is marked", async () => {
  const email = await newMember(services);
  const here = tokensIn(await signIn(email));
  const there = tokensIn(await signIn(email));
  const phone =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
  await current(there, phone);
  const items = await sessionsOf(here);
  expect(items).toHaveLength(2);
  const devices = items.map(({ device, isCurrent }: { device: string; isCurrent: boolean }) => [
    device,
    isCurrent,
  ]);
  expect(devices).toContainEqual(["Safari · iPhone", false]);
  expect(devices).toContainEqual(["curl", true]);
});

test("an ended session is refused by the API at once and cannot be refreshed", async () => {
  const email = await newMember(services);
  const here = tokensIn(await signIn(email));
  const there = tokensIn(await signIn(email));
  await current(there);
  const [other] = (await sessionsOf(here)).filter(({ isCurrent }: { isCurrent: boolean }) => !isCurrent);
  const { sessionId } = other;
  const ended = await call(handler, sessionContract.end, { ...withToken(here), input: { sessionId } });
  expect(ended).toMatchObject({ status: 200 });
  expect(await current(there)).toMatchObject({ status: 401 });
  expect(await refresh(there.refreshToken)).toMatchObject({ status: 401 });
  expect(await current(here)).toMatchObject({ status: 200 });
});

test("nobody ends the session of somebody else", async () => {
  const mine = tokensIn(await signIn(await newMember(services)));
  await current(mine);
  const [{ sessionId }] = await sessionsOf(mine);
  const stranger = tokensIn(await signIn(await newMember(services)));
  const answer = await call(handler, sessionContract.end, { ...withToken(stranger), input: { sessionId } });
  expect(answer).toMatchObject({ status: 404 });
  expect(await current(mine)).toMatchObject({ status: 200 });
});

test("signing out everywhere ends every session at once, and signing in again works", async () => {
  const email = await newMember(services);
  const here = tokensIn(await signIn(email));
  const there = tokensIn(await signIn(email));
  expect(await call(handler, sessionContract.endAll, withToken(here))).toMatchObject({ status: 200 });
  for (const tokens of [here, there]) {
    expect(await current(tokens)).toMatchObject({ status: 401 });
    expect(await refresh(tokens.refreshToken)).toMatchObject({ status: 401 });
  }
  services.pool.passSeconds(60);
  const again = tokensIn(await signIn(email));
  expect(await current(again)).toMatchObject({ status: 200 });
  expect(await sessionsOf(again)).toMatchObject([{ isCurrent: true }]);
});

test("sessions that are over crowd none out of the list", async () => {
  const tokens = tokensIn(await signIn(await newMember(services)));
  const { accountId } = (await current(tokens)).body;
  const at = new Date().toISOString();
  const nowSeconds = Math.floor(Date.now() / 1000);
  const over = { accountId, device: "?", createdAt: at, lastUsedAt: at, endedAt: at };
  const rows = Array.from({ length: 100 }, (_, index) => ({
    ...over,
    sessionId: `0-${index}`,
    signedInAtSeconds: nowSeconds,
    expireAt: nowSeconds + 1_000,
  }));
  await sessions(coreFor("ko")).put(rows).go();
  expect(await sessionsOf(tokens)).toMatchObject([{ isCurrent: true }]);
});

test("signing out ends the session, also for the access token that is still out, and may be repeated", async () => {
  const tokens = tokensIn(await signIn(await newMember(services)));
  await current(tokens);
  const { refreshToken } = tokens;
  for (let time = 0; time < 2; time++)
    expect(await call(handler, sessionContract.signOut, { input: { refreshToken } })).toMatchObject({
      status: 200,
    });
  expect(await current(tokens)).toMatchObject({ status: 401 });
});

test("a suspended person's tokens stop at once, whatever they were good for", async () => {
  const tokens = tokensIn(await signIn(await newMember(services)));
  const { accountId } = (await current(tokens)).body;
  await accounts(coreFor("ko")).patch({ accountId }).set({ suspendedAt: "2026-11-21T00:00:00.000Z" }).go();
  expect(await current(tokens)).toMatchObject({ status: 401 });
  expect(await refresh(tokens.refreshToken)).toMatchObject({ status: 401 });
});

test("guessing is slowed down for the pair of e-mail and address, with a time to wait", async () => {
  const email = await newMember(services);
  const http = { sourceIp: "198.51.100.9", method: "POST", path: "/sessions", protocol: "", userAgent: "" };
  const guess = (given: string) =>
    call(handler, sessionContract.signIn, {
      input: { email, password: given },
      event: { requestContext: { requestId: "r", http } as never },
    });
  // Twice the quota, since the clock may begin a new minute in between. The pool's own lock says 429, too.
  const answers = [];
  for (let time = 0; time < 11; time++) answers.push(await guess("Wrong-horse-7"));
  expect(answers[0]).toMatchObject({ status: 401 });
  const refused = answers.find(({ status }) => status === 429);
  expect(refused).toMatchObject({ headers: { "retry-after": expect.stringMatching(/^\d+$/) } });
  expect(answers.at(-1)).toMatchObject({ status: 429 });
  // The lock of the pool is over in a minute at most; elsewhere the owner was never counted.
  services.pool.passSeconds(64);
  expect(await signIn(email)).toMatchObject({ status: 200 });
});

test("an account's id follows from the token", async () => {
  const tokens = tokensIn(await signIn(await newMember(services)));
  const { sub } = JSON.parse(Buffer.from(tokens.accessToken.split(".")[1] ?? "", "base64url").toString());
  expect((await current(tokens)).body.accountId).toBe(accountIdOf(sub));
});
