import { createECDH, createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import type { ActorCore } from "../core.ts";
import { applicationServerKeys } from "./application-server-key.ts";
import { forgetSubscriptions, subscribe, subscriptionsOf, unsubscribe } from "./push-subscription.ts";

let engine: TestTable;
let now = new Date("2029-03-01T00:00:00.000Z");
beforeAll(async () => {
  engine = await startTable();
});
afterAll(() => engine.stop());

const person = () => newPerson(engine.table, { now: () => now });
const hashOf = (endpoint: string) => createHash("sha256").update(endpoint).digest("base64url");

function newBrowser() {
  const pair = createECDH("prime256v1");
  pair.generateKeys();
  return {
    endpoint: `https://push.example.com/${randomBytes(8).toString("hex")}`,
    p256dh: pair.getPublicKey("base64url"),
    auth: randomBytes(16).toString("base64url"),
  };
}
const endpointsOf = async (core: ActorCore) =>
  (await subscriptionsOf(core, core.actor.accountId)).map(({ endpoint }) => endpoint);
const inSession = (core: ActorCore, sessionId: string): ActorCore => ({
  ...core,
  caller: { address: "192.0.2.1", device: "Chrome · macOS", sessionId },
});

test("a browser that subscribes twice, or twice at once, is one", async () => {
  const me = await person();
  const browser = newBrowser();
  await subscribe(me, browser);
  await Promise.all([subscribe(me, browser), subscribe(me, browser)]);
  expect(await endpointsOf(me)).toEqual([browser.endpoint]);
});

test("a browser is told what concerns whoever subscribed it last, and nobody ends another person's", async () => {
  const [me, other] = [await person(), await person()];
  const browser = newBrowser();
  const endpointHash = hashOf(browser.endpoint);
  await subscribe(me, browser);
  await unsubscribe(other, { endpointHash });
  expect(await endpointsOf(me)).toEqual([browser.endpoint]);
  await subscribe(other, browser);
  await unsubscribe(me, { endpointHash });
  await forgetSubscriptions(me, me.actor.accountId);
  expect([await endpointsOf(me), await endpointsOf(other)]).toEqual([[], [browser.endpoint]]);
  for (let time = 0; time < 2; time++) expect(await unsubscribe(other, { endpointHash })).toEqual({});
  expect(await endpointsOf(other)).toEqual([]);
});

test("of more than ten browsers those stay that were open last; nobody opened for two weeks is not told", async () => {
  const me = await person();
  const browsers = Array.from({ length: 12 }, newBrowser);
  for (const browser of browsers) {
    now = new Date(now.getTime() + 60_000);
    await subscribe(me, browser);
  }
  expect((await endpointsOf(me)).sort()).toEqual(
    browsers
      .slice(2)
      .map((one) => one.endpoint)
      .sort(),
  );
  now = new Date(now.getTime() + 14 * 86_400_000);
  expect(await endpointsOf(me)).toEqual([]);
});

test("the end of a session ends what its browser is told, and no other", async () => {
  const me = await person();
  const [here, there] = [newBrowser(), newBrowser()];
  await subscribe(inSession(me, "here"), here);
  await subscribe(inSession(me, "there"), there);
  await forgetSubscriptions(me, me.actor.accountId, ({ sessionId }) => sessionId === "here");
  expect(await endpointsOf(me)).toEqual([there.endpoint]);
});

test("only names of the internet with TLS are taken, and only keys that can be encrypted to", async () => {
  const me = await person();
  const bad = ["http://push.example.com/", "https://127.0.0.1/", "https://[::1]/", "https://localhost/"];
  const worse = [
    "https://push.example.com:8443/",
    "https://me:me@push.example.com/",
    "ftp://push.example.com/",
  ];
  for (const endpoint of [
    ...bad,
    ...worse,
    "https://2130706433/",
    `https://push.example.com/${"a".repeat(1_000)}`,
  ])
    await expect(subscribe(me, { ...newBrowser(), endpoint }), endpoint).rejects.toMatchObject({
      code: "invalid_input",
    });
  const beside = Buffer.alloc(65, 1).fill(4, 0, 1).toString("base64url");
  await expect(subscribe(me, { ...newBrowser(), p256dh: beside })).rejects.toMatchObject({
    code: "unprocessable",
  });
  await expect(subscribe(me, { ...newBrowser(), auth: "short" })).rejects.toMatchObject({
    code: "invalid_input",
  });
  expect(await endpointsOf(me)).toEqual([]);
});

test("the site's keys follow from its secret, and are a pair", () => {
  const { publicKey, privateKey } = applicationServerKeys("a secret");
  expect(applicationServerKeys("a secret")).toEqual({ publicKey, privateKey });
  expect(applicationServerKeys("another").publicKey).not.toBe(publicKey);
  const [site, browser] = [createECDH("prime256v1"), createECDH("prime256v1")];
  site.setPrivateKey(privateKey, "base64url");
  browser.generateKeys();
  expect(browser.computeSecret(publicKey, "base64url")).toEqual(site.computeSecret(browser.getPublicKey()));
});
