import { accounts } from "@haru/core/account/account.entity";
import { credentialContract } from "@haru/core/credential/credential.contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Answer, call } from "../test/call.ts";
import {
  current,
  newMember,
  password,
  refresh,
  type Services,
  signIn,
  startServices,
  tokensIn,
  withToken,
} from "../test/members.ts";
import { coreFor } from "./core.ts";
import { handler } from "./credential.ts";

let services: Services;
beforeAll(async () => {
  services = await startServices();
});
afterAll(() => services.stop());

const newPassword = "Bom-nalssi8";
const forgot = (email: string) => call(handler, credentialContract.forgotPassword, { input: { email } });
const reset = (email: string, code: string, more = {}) =>
  call(handler, credentialContract.resetPassword, { input: { email, code, password: newPassword, ...more } });
const comparable = ({ status, headers, body }: Answer) => {
  const { ratelimit: _, ...others } = headers;
  return { status, headers: others, body: { ...body, error: { ...body.error, requestId: "" } } };
};

// Before any test that moves the pool's clock on: sessions are told apart by when they began.
test("a changed password ends the other sessions and keeps this one", async () => {
  const email = await newMember(services);
  const here = tokensIn(await signIn(email));
  const there = tokensIn(await signIn(email));
  await current(there);
  // Whoever has found out the password may wait with a first request, of which the API would know.
  const silent = tokensIn(await signIn(email));
  const input = { currentPassword: password, password: newPassword };
  expect(await call(handler, credentialContract.changePassword, { ...withToken(here), input })).toMatchObject(
    { status: 200 },
  );
  expect(await refresh(silent.refreshToken)).toMatchObject({ status: 401 });
  for (const ended of [there, silent]) expect(await current(ended)).toMatchObject({ status: 401 });
  expect(await current(here)).toMatchObject({ status: 200 });
  expect(await refresh(here.refreshToken)).toMatchObject({ status: 200 });
  expect(await signIn(email, { password: newPassword })).toMatchObject({ status: 200 });
});

test("a forgotten password is replaced with the mailed code, and every session from before is over", async () => {
  const email = await newMember(services);
  const before = tokensIn(await signIn(email));
  expect(await forgot(email)).toMatchObject({ status: 202, body: {} });
  expect(await reset(email, services.pool.codeFor(email))).toMatchObject({ status: 200 });
  expect(await signIn(email)).toMatchObject({ status: 401 });
  expect(await current(before)).toMatchObject({ status: 401 });
  expect(await refresh(before.refreshToken)).toMatchObject({ status: 401 });
  services.pool.passSeconds(60);
  const after = tokensIn(await signIn(email, { password: newPassword }));
  expect(await current(after)).toMatchObject({ status: 200 });
});

test("asking for a new password answers alike for a member, one who never confirmed and nobody", async () => {
  const member = comparable(await forgot(await newMember(services)));
  expect(comparable(await forgot(await newMember(services, { confirmed: false })))).toEqual(member);
  expect(comparable(await forgot("nobody@example.com"))).toEqual(member);
});

test("a wrong code, a used one, another's and one for nobody are refused alike", async () => {
  const [mine, other] = [await newMember(services), await newMember(services)];
  await forgot(mine);
  await forgot(other);
  const code = services.pool.codeFor(mine);
  const wrong = comparable(await reset(mine, code === "000000" ? "111111" : "000000"));
  expect(wrong).toMatchObject({ status: 422, body: { error: { fields: { code: [expect.any(String)] } } } });
  if (services.pool.codeFor(other) !== code) expect(comparable(await reset(other, code))).toEqual(wrong);
  expect(comparable(await reset("nobody@example.com", code))).toEqual(wrong);
  expect(await reset(mine, code)).toMatchObject({ status: 200 });
  expect(comparable(await reset(mine, code))).toEqual(wrong);
});

test("a second mail comes only after the cool-down, and the refusal says when", async () => {
  const email = await newMember(services);
  const answers = [await forgot(email), await forgot(email), await forgot(email)];
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.headers["retry-after"]).toMatch(/^\d+$/);
});

test("a wrong current password is said beside its field", async () => {
  const tokens = tokensIn(await signIn(await newMember(services)));
  const input = { currentPassword: "Wrong-horse-7", password: newPassword };
  const answer = await call(handler, credentialContract.changePassword, { ...withToken(tokens), input });
  expect(answer).toMatchObject({
    status: 422,
    body: { error: { fields: { currentPassword: [expect.any(String)] } } },
  });
});

test("an e-mail is changed by the code that comes to the new one, and signs in from then on", async () => {
  const email = await newMember(services);
  const next = `next-${email}`;
  const tokens = tokensIn(await signIn(email));
  const send = (route: (typeof credentialContract)["changeEmail" | "confirmEmail"], input: object) =>
    call(handler, route, { ...withToken(tokens), input: input as Record<string, unknown> });
  expect(
    await send(credentialContract.changeEmail, { currentPassword: password, email: next }),
  ).toMatchObject({ status: 202 });
  expect((await current(tokens)).body.email).toBe(email);
  expect(await send(credentialContract.confirmEmail, { code: "000000" })).toMatchObject({ status: 422 });
  const confirmed = await send(credentialContract.confirmEmail, { code: services.pool.codeFor(next) });
  expect(confirmed).toMatchObject({ status: 200, body: { email: next } });
  expect((await current(tokens)).body.email).toBe(next);
  expect(await signIn(next)).toMatchObject({ status: 200, body: { outcome: "signed_in" } });
  expect(await signIn(email)).toMatchObject({ status: 401 });
});

test("an e-mail that was changed at the pool alone is the account's when the code is sent again", async () => {
  const email = await newMember(services);
  const next = `next-${email}`;
  const tokens = tokensIn(await signIn(email));
  const { accountId } = (await current(tokens)).body;
  const send = (route: (typeof credentialContract)["changeEmail" | "confirmEmail"], input: object) =>
    call(handler, route, { ...withToken(tokens), input: input as Record<string, unknown> });
  await send(credentialContract.changeEmail, { currentPassword: password, email: next });
  const code = services.pool.codeFor(next);
  await send(credentialContract.confirmEmail, { code });
  // As if the first request had ended between the pool and the table.
  await accounts(coreFor("ko")).patch({ accountId }).set({ email }).go();
  const again = await send(credentialContract.confirmEmail, { code });
  expect(again).toMatchObject({ status: 200, body: { email: next } });
  expect((await current(tokens)).body.email).toBe(next);
  expect(await send(credentialContract.confirmEmail, { code })).toMatchObject({ status: 422 });
});

test("without the password a new e-mail gets no code, and whoever mistyped it goes on at once", async () => {
  const email = await newMember(services);
  const next = `next-${email}`;
  const tokens = tokensIn(await signIn(email));
  const change = (currentPassword: string) =>
    call(handler, credentialContract.changeEmail, {
      ...withToken(tokens),
      input: { currentPassword, email: next },
    });
  expect(await change("Wrong-horse-7")).toMatchObject({
    status: 422,
    body: { error: { fields: { currentPassword: [expect.any(String)] } } },
  });
  expect(() => services.pool.codeFor(next)).toThrow();
  expect(await change(password)).toMatchObject({ status: 202 });
  expect(services.pool.codeFor(next)).toMatch(/^\d{6}$/);
});

test("the e-mail of somebody else is not told apart from one that is free", async () => {
  const [mine, other] = [await newMember(services), await newMember(services)];
  const tokens = withToken(tokensIn(await signIn(mine)));
  const change = (email: string) =>
    call(handler, credentialContract.changeEmail, { ...tokens, input: { currentPassword: password, email } });
  const free = comparable(await change(`free-${mine}`));
  expect(comparable(await change(other))).toEqual(free);
});

test.each(["changePassword", "changeEmail", "confirmEmail"] as const)("%s asks for a token", async (verb) => {
  expect(await call(handler, credentialContract[verb], { input: {} })).toMatchObject({ status: 401 });
});

test.each([
  ["ten kilobytes", "Aa1".repeat(3_400)],
  ["too short", "Aa1"],
  ["no digit", "Gaeul-achim"],
])("a new password with %s is refused beside its field", async (_, given) => {
  const answer = await reset("somebody@example.com", "123456", { password: given });
  expect(answer).toMatchObject({ status: 400, body: { error: { fields: { password: expect.any(Array) } } } });
});
