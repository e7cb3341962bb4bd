import { type Contract, defineContract, type Route } from "@haru/core/contract";
import { contracts } from "@haru/core/routes";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { call } from "../test/call.ts";
import { link, newPerson, startLinkedTable } from "../test/services.ts";
import { serve } from "./http.ts";

const hour = 3600;
const contract = defineContract({
  byAddress: {
    method: "POST",
    path: "/by-address",
    auth: "public",
    summary: "",
    input: z.strictObject({}),
    output: z.strictObject({}),
    errors: [],
    limits: [{ name: "t", per: "address", quota: 10, windowSeconds: hour }],
  },
  byAccount: {
    method: "POST",
    path: "/by-account",
    auth: "reader",
    summary: "",
    input: z.strictObject({}),
    output: z.strictObject({}),
    errors: [],
    limits: [{ name: "t", per: "account", quota: 2, windowSeconds: hour }],
  },
  byEmail: {
    method: "POST",
    path: "/by-email",
    auth: "public",
    summary: "",
    input: z.strictObject({ email: z.string() }),
    output: z.strictObject({}),
    errors: [],
    limits: [{ name: "t", per: "email", quota: 1, windowSeconds: hour }],
  },
  byPair: {
    method: "POST",
    path: "/by-pair",
    auth: "public",
    summary: "",
    input: z.strictObject({ email: z.string() }),
    output: z.strictObject({}),
    errors: [],
    limits: [{ name: "t", per: "emailFromAddress", quota: 1, windowSeconds: hour }],
  },
}) satisfies Contract;

const succeed = async () => ({});
const handler = serve(contract, {
  byAddress: succeed,
  byAccount: succeed,
  byEmail: succeed,
  byPair: succeed,
});

const edgeSecret = "known to the front door alone";
let engine: Awaited<ReturnType<typeof startLinkedTable>>;
beforeAll(async () => {
  engine = await startLinkedTable();
  link("EdgeSecret", { value: edgeSecret });
});
afterAll(() => engine.stop());

/** What a request says of itself when it came through the front door. */
const from = (address: string, secret = edgeSecret) => ({
  "x-client-address": address,
  "x-edge-secret": secret,
});
let addresses = 0;
const newAddress = () => `192.0.2.${++addresses}`;

test("of 50 requests at once from one address exactly the quota passes, and the others are told to wait", async () => {
  const headers = from(newAddress());
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => call(handler, contract.byAddress, { headers })),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(40);
  if (!refused[0]) throw new Error("Nothing was refused.");
  const { headers: fields, body } = refused[0];
  const waitSeconds = Number(fields["retry-after"]);
  expect(waitSeconds).toBeGreaterThan(0);
  expect(waitSeconds).toBeLessThanOrEqual(hour);
  expect(fields["ratelimit-policy"]).toBe(`"t-address-3600";q=10;w=3600`);
  expect(fields.ratelimit).toBe(`"t-address-3600";r=0;t=${waitSeconds}`);
  expect(body.error).toMatchObject({ code: "rate_limited", message: expect.stringContaining("뒤에") });
});

test("an answer that passed says what is left", async () => {
  const { headers } = await call(handler, contract.byAddress, { headers: from(newAddress()) });
  expect(headers.ratelimit).toMatch(/^"t-address-3600";r=9;t=\d+$/);
});

test.each([
  ["without the front door's secret", { "x-client-address": "203.0.113.7" }],
  ["with a wrong secret", from("203.0.113.7", "guessed")],
  ["with another name of the header", { "x-forwarded-for": "203.0.113.7", "x-real-ip": "203.0.113.7" }],
])("an address that a client claims %s does not count", async (_, headers) => {
  const connection = { http: { sourceIp: newAddress() }, requestId: "r" } as never;
  const send = (claim: string) =>
    call(handler, contract.byAddress, {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, value.replace("203.0.113.7", claim)]),
      ),
      event: { requestContext: connection },
    });
  const statuses = [];
  for (let claim = 1; claim <= 11; claim++) statuses.push((await send(`203.0.113.${claim}`)).status);
  expect(statuses).toEqual([...Array(10).fill(200), 429]);
});

test("a network of IPv6 counts as one client, however its addresses are written", async () => {
  const written = ["2001:db8:1:2::1", "2001:0DB8:0001:0002:ffff::2", "2001:db8:1:2:3:4:5:6"];
  const left = [];
  for (const address of written)
    left.push((await call(handler, contract.byAddress, { headers: from(address) })).headers.ratelimit);
  expect(left.map((field) => /r=(\d+)/.exec(String(field))?.[1])).toEqual(["9", "8", "7"]);
  const other = await call(handler, contract.byAddress, { headers: from("2001:db8:1:3::1") });
  expect(other.headers.ratelimit).toContain("r=9");
  const mapped = await call(handler, contract.byAddress, { headers: from("::ffff:198.51.100.1") });
  expect(mapped.headers.ratelimit).toContain("r=9");
  const plain = await call(handler, contract.byAddress, { headers: from("198.51.100.1") });
  expect(plain.headers.ratelimit).toContain("r=8");
});

test("an account has its limit wherever it calls from", async () => {
  const as = await newPerson("reader");
  const statuses = [];
  for (let n = 0; n < 3; n++)
    statuses.push((await call(handler, contract.byAccount, { as, headers: from(newAddress()) })).status);
  expect(statuses).toEqual([200, 200, 429]);
  const other = await call(handler, contract.byAccount, { as: await newPerson("reader") });
  expect(other.status).toBe(200);
});

test("an e-mail is one subject however it is written", async () => {
  const send = (email: string) => call(handler, contract.byEmail, { input: { email } });
  expect(await send("Somebody@Example.com")).toMatchObject({ status: 200 });
  expect(await send(" ｓomebody@example.com ")).toMatchObject({ status: 429 });
  expect(await send("somebody+else@example.com")).toMatchObject({ status: 200 });
});

test("guessing from one address does not shut out the owner of the e-mail elsewhere", async () => {
  const guesser = from(newAddress());
  const input = { email: "owner@example.com" };
  expect(await call(handler, contract.byPair, { input, headers: guesser })).toMatchObject({ status: 200 });
  expect(await call(handler, contract.byPair, { input, headers: guesser })).toMatchObject({ status: 429 });
  expect(await call(handler, contract.byPair, { input, headers: from(newAddress()) })).toMatchObject({
    status: 200,
  });
});

test("whatever a stranger may change, or open with a secret, counts by address", () => {
  const routes: readonly Route[] = Object.values(contracts).flatMap((each) => Object.values<Route>(each));
  const open = routes.filter(
    ({ auth, method, path }) => auth === "public" && (method !== "GET" || path.includes("{token}")),
  );
  expect(open.length).toBeGreaterThan(9);
  const uncounted = open.filter(({ limits = [] }) => !limits.some(({ per }) => per === "address"));
  expect(uncounted.map(({ path }) => path)).toEqual([]);
});
