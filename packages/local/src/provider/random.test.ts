import { afterAll, beforeAll, expect, test } from "vitest";
import { type BareCloud, bareCloud } from "../../test/bare-cloud.ts";
import { randomProviders } from "./random.ts";

let cloud: BareCloud;
beforeAll(() => {
  cloud = bareCloud({});
});
afterAll(() => cloud.stop());

const bytes = (of: BareCloud, name: string) =>
  of.provision(randomProviders["random:index/randomBytes:RandomBytes"], name, { length: 32 });

test("a random value is the same at every start, and another one for another resource", async () => {
  const first = await bytes(cloud, "Key");
  expect(Buffer.from(String(first.state.base64), "base64")).toHaveLength(32);
  expect(await bytes(cloud, "Key")).toEqual(first);
  expect((await bytes(cloud, "OtherKey")).state).not.toEqual(first.state);
});

test("another data folder draws other values", async () => {
  const other = bareCloud({});
  expect((await bytes(other, "Key")).state).not.toEqual((await bytes(cloud, "Key")).state);
  await other.stop();
});

test("a password has the declared length and characters", async () => {
  const password = randomProviders["random:index/randomPassword:RandomPassword"];
  const { state } = await cloud.provision(password, "Password", { length: 24, special: false });
  expect(state.result).toMatch(/^[a-zA-Z0-9]{24}$/);
});
