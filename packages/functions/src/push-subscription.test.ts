import { createECDH, randomBytes } from "node:crypto";
import { closureContract } from "@haru/core/closure/closure.contract";
import { subscriptionsOf } from "@haru/core/push-subscription/push-subscription";
import { pushSubscriptionContract } from "@haru/core/push-subscription/push-subscription.contract";
import { sessionContract, type Tokens } from "@haru/core/session/session.contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call } from "../test/call.ts";
import {
  password,
  type Services,
  signedInMember,
  signIn,
  startServices,
  tokensIn,
  withToken,
} from "../test/members.ts";
import { link } from "../test/services.ts";
import { handler as closure } from "./closure.ts";
import { coreFor } from "./core.ts";
import { handler } from "./push-subscription.ts";
import { handler as session } from "./session.ts";

let services: Services;
beforeAll(async () => {
  services = await startServices();
  link("PushKey", { publicKey: "the site's key" });
});
afterAll(() => services.stop());

function newBrowser() {
  const pair = createECDH("prime256v1");
  pair.generateKeys();
  return {
    endpoint: `https://push.example.com/${randomBytes(8).toString("hex")}`,
    p256dh: pair.getPublicKey("base64url"),
    auth: randomBytes(16).toString("base64url"),
  };
}
const { read, subscribe, unsubscribe } = pushSubscriptionContract;
const subscribed = async (tokens: Tokens, input = newBrowser()) => {
  expect(await call(handler, subscribe, { ...withToken(tokens), input })).toMatchObject({
    status: 200,
    body: {},
  });
  return input.endpoint;
};
const endpointsOf = async (accountId: `acc_${string}`) =>
  (await subscriptionsOf(coreFor("ko"), accountId)).map(({ endpoint }) => endpoint).sort();

test("who is signed in learns the site's key, subscribes and is told how many browsers do; nobody else does", async () => {
  const { core, tokens } = await signedInMember(services);
  const told = async () => (await call(handler, read, withToken(tokens))).body;
  expect(await told()).toEqual({ applicationServerKey: "the site's key", browsers: 0 });
  const endpoint = await subscribed(tokens);
  expect(await told()).toMatchObject({ browsers: 1 });
  expect(await endpointsOf(core.actor.accountId)).toEqual([endpoint]);
  for (const [route, input] of [
    [read, {}],
    [subscribe, newBrowser()],
    [unsubscribe, { endpointHash: "0".repeat(43) }],
  ] as const)
    expect(await call(handler, route, { input })).toMatchObject({ status: 401 });
});

test("signing out ends what that browser is told; signing out everywhere, and leaving, what any is", async () => {
  const { core, tokens: there, email } = await signedInMember(services);
  const { accountId } = core.actor;
  const here = tokensIn(await signIn(email));
  const [endpointHere, endpointThere] = [await subscribed(here), await subscribed(there)];
  expect(await endpointsOf(accountId)).toEqual([endpointHere, endpointThere].sort());
  await call(session, sessionContract.signOut, { input: { refreshToken: here.refreshToken } });
  expect(await endpointsOf(accountId)).toEqual([endpointThere]);
  await call(session, sessionContract.endAll, withToken(there));
  expect(await endpointsOf(accountId)).toEqual([]);

  services.pool.passSeconds(60);
  const again = tokensIn(await signIn(email));
  await subscribed(again);
  const input = { currentPassword: password };
  await call(closure, closureContract.request, { ...withToken(again), input });
  expect(await endpointsOf(accountId)).toEqual([]);
});
