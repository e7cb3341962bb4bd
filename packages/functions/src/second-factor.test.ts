import type { Route } from "@haru/core/contract";
import { secondFactorContract } from "@haru/core/second-factor/second-factor.contract";
import { sessionContract, type Tokens } from "@haru/core/session/session.contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { totpAt } from "../../local/src/user-pool/totp.ts";
import { call } from "../test/call.ts";
import {
  newMember,
  password,
  type Services,
  signIn,
  startServices,
  tokensIn,
  withToken,
} from "../test/members.ts";
import { handler } from "./second-factor.ts";
import { handler as session } from "./session.ts";

let services: Services;
beforeAll(async () => {
  services = await startServices();
});
afterAll(() => services.stop());

const proof = { currentPassword: password };
const send = (tokens: Tokens, route: Route, input = {}) =>
  call(handler, route, { ...withToken(tokens), input });
const stateOf = async (tokens: Tokens) => (await send(tokens, secondFactorContract.read)).body;

/** The code that the app shows; each one counts once, so that the next is thirty seconds away. */
function codeOf(secret: string): string {
  services.pool.passSeconds(30);
  return totpAt(secret, Math.floor(services.pool.now() / 30_000));
}

async function memberWithApp() {
  const email = await newMember(services);
  const tokens = tokensIn(await signIn(email));
  const { secret, address } = (await send(tokens, secondFactorContract.begin, proof)).body;
  const on = await send(tokens, secondFactorContract.turnOn, { code: codeOf(secret) });
  const recoveryCodes: string[] = on.body.recoveryCodes;
  return { email, tokens, secret, address, recoveryCodes };
}

test("with an authenticator app, the password alone opens nothing, and the app's code does", async () => {
  const { email, tokens, secret, address, recoveryCodes } = await memberWithApp();
  expect(address).toContain(`secret=${secret}`);
  expect(new Set(recoveryCodes).size).toBe(10);
  expect(await stateOf(tokens)).toEqual({ isOn: true, recoveryCodesLeft: 10 });
  expect((await signIn(email)).body).toEqual({ outcome: "code_required" });
  expect(await signIn(email, { password: "Wrong-horse-7", code: codeOf(secret) })).toMatchObject({
    status: 401,
  });
  expect(await signIn(email, { code: "000000" })).toMatchObject({
    status: 422,
    body: { error: { fields: { code: [expect.any(String)] } } },
  });
  expect((await signIn(email, { code: codeOf(secret) })).body).toMatchObject({ outcome: "signed_in" });
});

test("a code of the app counts once", async () => {
  const { email, secret } = await memberWithApp();
  const code = codeOf(secret);
  expect(await signIn(email, { code })).toMatchObject({ status: 200 });
  expect((await signIn(email, { code })).status).not.toBe(200);
});

test("a wrong code turns nothing on, and neither does a secret without a code", async () => {
  const email = await newMember(services);
  const tokens = tokensIn(await signIn(email));
  await send(tokens, secondFactorContract.begin, proof);
  expect(await send(tokens, secondFactorContract.turnOn, { code: "000000" })).toMatchObject({
    status: 422,
    body: { error: { fields: { code: [expect.any(String)] } } },
  });
  expect(await stateOf(tokens)).toEqual({ isOn: false, recoveryCodesLeft: 0 });
  expect((await signIn(email)).body).toMatchObject({ outcome: "signed_in" });
});

test("a recovery code lets in whoever lost the app, typed as people type; it turns the factor off and all codes are void", async () => {
  const { email, recoveryCodes } = await memberWithApp();
  const [first = "", second = ""] = recoveryCodes;
  expect(await signIn(email, { password: "Wrong-horse-7", recoveryCode: first })).toMatchObject({
    status: 401,
  });
  expect(await signIn(email, { recoveryCode: "0000-0000-0000-0000-0000" })).toMatchObject({
    status: 422,
    body: { error: { fields: { recoveryCode: [expect.any(String)] } } },
  });
  const answer = await signIn(email, { recoveryCode: ` ${first.toUpperCase().replaceAll("-", " ")} ` });
  expect(answer.body).toMatchObject({ outcome: "signed_in" });
  expect(await stateOf(tokensIn(answer))).toEqual({ isOn: false, recoveryCodesLeft: 0 });
  // Turned on again, the app has other codes than before.
  const { secret } = (await send(tokensIn(answer), secondFactorContract.begin, proof)).body;
  await send(tokensIn(answer), secondFactorContract.turnOn, { code: codeOf(secret) });
  expect(await signIn(email, { recoveryCode: second })).toMatchObject({ status: 422 });
});

test("the codes of one person are no codes of another", async () => {
  const one = await memberWithApp();
  const other = await memberWithApp();
  expect(await signIn(one.email, { recoveryCode: other.recoveryCodes[0] })).toMatchObject({ status: 422 });
});

test("new recovery codes void the earlier ones", async () => {
  const { email, tokens, recoveryCodes } = await memberWithApp();
  const renewed = (await send(tokens, secondFactorContract.renewRecoveryCodes, proof)).body.recoveryCodes;
  expect(renewed).toHaveLength(10);
  expect(await signIn(email, { recoveryCode: recoveryCodes[0] })).toMatchObject({ status: 422 });
  expect(await signIn(email, { recoveryCode: renewed[0] })).toMatchObject({ status: 200 });
});

test("turned off, the password alone opens the account again; sent twice changes nothing", async () => {
  const { email, tokens } = await memberWithApp();
  for (let time = 0; time < 2; time++)
    expect(await send(tokens, secondFactorContract.turnOff, proof)).toMatchObject({ status: 200 });
  expect((await signIn(email)).body).toMatchObject({ outcome: "signed_in" });
});

test.each(["begin", "turnOff", "renewRecoveryCodes"] as const)(
  "%s asks for the password, so that a device left open is not enough",
  async (verb) => {
    const { tokens } = await memberWithApp();
    const answer = await send(tokens, secondFactorContract[verb], { currentPassword: "Wrong-horse-7" });
    expect(answer).toMatchObject({
      status: 422,
      body: { error: { fields: { currentPassword: [expect.any(String)] } } },
    });
    expect((await stateOf(tokens)).isOn).toBe(true);
  },
);

test("an app in use is not replaced without turning it off first", async () => {
  const { email, tokens, secret } = await memberWithApp();
  expect(await send(tokens, secondFactorContract.begin, proof)).toMatchObject({ status: 409 });
  expect(await signIn(email, { code: codeOf(secret) })).toMatchObject({ status: 200 });
});

test("proving the password leaves no session behind", async () => {
  const tokens = tokensIn(await signIn(await newMember(services)));
  await send(tokens, secondFactorContract.begin, proof);
  const { items } = (await call(session, sessionContract.list, withToken(tokens))).body;
  expect(items).toHaveLength(1);
});

test.each(Object.keys(secondFactorContract) as (keyof typeof secondFactorContract)[])(
  "%s needs somebody",
  async (verb) => {
    expect(await call(handler, secondFactorContract[verb], { input: {} })).toMatchObject({ status: 401 });
  },
);
