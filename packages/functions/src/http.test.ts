import { defineContract } from "@haru/core/contract";
import { AppError, type ErrorCode, errorCodes, errorMessage, errorStatus } from "@haru/core/errors";
import { accountIdOf } from "@haru/core/id";
import { locales } from "@haru/core/locale";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import * as z from "zod";
import { call } from "../test/call.ts";
import { startLinkedTable } from "../test/services.ts";
import { serve } from "./http.ts";

const output = z.strictObject({ echo: z.unknown() });
const contract = defineContract({
  read: {
    method: "GET",
    path: "/things/{thing}",
    auth: "public",
    summary: "",
    input: z.strictObject({ thing: z.string(), shade: z.string().optional() }),
    output,
    errors: [],
  },
  write: {
    method: "POST",
    path: "/things/{thing}",
    auth: "author",
    summary: "",
    input: z.strictObject({ thing: z.string(), shade: z.string() }),
    output,
    errors: [],
    idempotent: true,
    countedAs: "Comments",
  },
});
let outcome: (input: unknown) => unknown = (echo) => ({ echo });
// The verbs answer whatever a test wants, also what no contract would allow.
const verb = async (_: unknown, input: unknown) => outcome(input) as { echo: unknown };
const handler = serve(contract, { read: verb, write: verb });

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
beforeAll(async () => {
  engine = await startLinkedTable();
});
afterAll(() => engine.stop());

const logged: string[] = [];
beforeEach(() => {
  outcome = (echo) => ({ echo });
  logged.length = 0;
  // The logger has a console of its own, made of these two.
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((line) => logged.push(String(line)) > 0);
});
afterEach(() => vi.restoreAllMocks());

const as = { accountId: accountIdOf("0b6cf8a2-7a54-4c11-9d1f-3f5b8a1c2d3e"), roles: ["author"] as const };
const throwing = (error: unknown) => () => {
  throw error;
};

test.each(locales.flatMap((locale) => errorCodes.map((code) => [code, locale] as const)))(
  "%s answers in one shape, in %s",
  async (code: ErrorCode, locale) => {
    outcome = throwing(new AppError(code, { fields: { shade: ["!"] } }));
    const answer = await call(handler, contract.read, {
      input: { thing: "a" },
      headers: { "accept-language": locale },
    });
    expect(answer).toEqual({
      status: errorStatus[code],
      headers: {
        "cache-control": "no-store",
        "content-language": locale,
        "content-type": "application/json",
        "x-content-type-options": "nosniff",
        ...(code === "unavailable" || code === "rate_limited" ? { "retry-after": "1" } : {}),
      },
      body: {
        error: {
          code,
          message: errorMessage(code, locale),
          fields: { shade: ["!"] },
          requestId: expect.stringMatching(/./),
        },
      },
    });
  },
);

test("a message that was written for the case replaces the general one", async () => {
  outcome = throwing(new AppError("unprocessable", { message: "이 코드는 안 됩니다." }));
  const answer = await call(handler, contract.read, { input: { thing: "a" } });
  expect(answer.body.error.message).toBe("이 코드는 안 됩니다.");
});

test("a defect is logged with the request id and answered without a word about it", async () => {
  outcome = throwing(new Error("the secret reason"));
  const answer = await call(handler, contract.read, { input: { thing: "a" } });
  expect(answer).toMatchObject({ status: 500, body: { error: { code: "internal" } } });
  expect(JSON.stringify(answer)).not.toContain("secret");
  expect(logged).toHaveLength(1);
  expect(JSON.parse(logged[0] ?? "")).toMatchObject({
    level: "ERROR",
    requestId: answer.body.error.requestId,
    routeKey: "GET /things/{thing}",
    error: { message: "the secret reason" },
  });
});

test("a result that does not fit the contract is a defect, not something to trim", async () => {
  outcome = () => ({ echo: 1, more: 2 });
  const answer = await call(handler, contract.read, { input: { thing: "a" } });
  expect(answer).toMatchObject({ status: 500, body: { error: { code: "internal" } } });
});

test.each([
  Object.assign(new Error("slow down"), { name: "ProvisionedThroughputExceededException" }),
  Object.assign(new Error("broken"), { name: "InternalServerError", $fault: "server" }),
  new Error("wrapped", { cause: Object.assign(new Error("late"), { name: "TimeoutError" }) }),
  Object.assign(new Error("refused"), { code: "ECONNREFUSED" }),
])("what passes by itself is unavailable for a moment: %s", async (error) => {
  outcome = throwing(error);
  const answer = await call(handler, contract.read, { input: { thing: "a" } });
  expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
});

test("path, query and key reach the verb under the names of the contract", async () => {
  const read = await call(handler, contract.read, { input: { thing: "a", shade: "붉은 색" } });
  expect(read.body.echo).toEqual({ thing: "a", shade: "붉은 색" });
  const write = await call(handler, contract.write, {
    as,
    input: { thing: "a", shade: "b" },
    headers: { "idempotency-key": "k".repeat(16) },
  });
  expect(write.body.echo).toEqual({ thing: "a", shade: "b", idempotencyKey: "k".repeat(16) });
});

test("a path parameter is understood whether or not the gateway decoded it", async () => {
  for (const thing of ["가을", encodeURIComponent("가을")])
    expect((await call(handler, contract.read, { input: { thing } })).body.echo).toEqual({ thing: "가을" });
});

test("a base64 body is understood", async () => {
  const body = Buffer.from(JSON.stringify({ shade: "붉은 색" })).toString("base64");
  const answer = await call(handler, contract.write, {
    as,
    input: { thing: "a", shade: "" },
    event: { body, isBase64Encoded: true },
  });
  expect(answer.body.echo).toEqual({ thing: "a", shade: "붉은 색" });
});

test.each([
  ["no JSON", { body: "{shade:1}" }],
  ["a list", { body: "[]" }],
  ["null", { body: "null" }],
  ["text", { body: '"shade"' }],
  ["no UTF-8", { body: Buffer.from([0x22, 0xff, 0x22]).toString("base64"), isBase64Encoded: true }],
  ["another content type", { body: "{}", headers: { "content-type": "text/plain" } }],
  ["no content type", { body: "{}", headers: {} }],
])("a body that is %s is refused", async (_, event) => {
  const answer = await call(handler, contract.write, { as, input: { thing: "a", shade: "b" }, event });
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_input" } } });
});

test.each([
  ["thing", { body: '{"thing":"b","shade":"c"}' }],
  ["idempotencyKey", { body: '{"idempotencyKey":"k","shade":"c"}' }],
  ["shade", { body: "{}", rawQueryString: "shade=c" }],
])("a value of %s that comes by the wrong way is refused, and nothing is chosen", async (name, event) => {
  const answer = await call(handler, contract.write, { as, input: { thing: "a", shade: "b" }, event });
  expect(answer).toMatchObject({
    status: 400,
    body: { error: { fields: { [name]: [expect.any(String)] } } },
  });
});

test.each(["shade=a&shade=b", "thing=b"])(
  "a query of %s names something twice and is refused",
  async (rawQueryString) => {
    const answer = await call(handler, contract.read, { input: { thing: "a" }, event: { rawQueryString } });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_input" } } });
  },
);

test("a route that the noun does not have is missing", async () => {
  const answer = await call(handler, contract.read, {
    input: { thing: "a" },
    event: { routeKey: "GET /others" },
  });
  expect(answer).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
});

test.each([
  ["no authorizer", undefined],
  ["an id token", { sub: as.accountId.slice(4), token_use: "id", "cognito:groups": "[author]" }],
  ["no person", { token_use: "access", "cognito:groups": "[author]" }],
])("a request with %s is not signed in", async (_, claims) => {
  const answer = await call(handler, contract.write, withClaims(claims));
  expect(answer).toMatchObject({ status: 401, body: { error: { code: "unauthenticated" } } });
});

test.each([
  ["[author]", 200],
  ["[reader author]", 200],
  ["[admin]", 200],
  ["[reader]", 403],
  ["[authors]", 403],
  [undefined, 403],
])(
  "the groups %s, as the gateway writes them, give the answer %i to an author's route",
  async (groups, status) => {
    const claims = {
      sub: as.accountId.slice(4),
      token_use: "access",
      ...(groups ? { "cognito:groups": groups } : {}),
    };
    expect((await call(handler, contract.write, withClaims(claims))).status).toBe(status);
  },
);

function withClaims(claims: Record<string, string> | undefined) {
  const authorizer = claims && { principalId: "", integrationLatency: 0, jwt: { claims, scopes: [] } };
  return {
    input: { thing: "a", shade: "b" },
    event: { requestContext: { requestId: "r", ...(authorizer ? { authorizer } : {}) } as never },
  };
}

test("what people did counts once it has succeeded, by stage alone, and nothing else does", async () => {
  const input = { thing: "a", shade: "red" };
  const counted = () => logged.flatMap((line) => (line.includes('"_aws"') ? [JSON.parse(line)] : []));
  await call(handler, contract.read, { input: { thing: "a" } });
  outcome = throwing(new AppError("conflict"));
  await call(handler, contract.write, { input, as });
  expect(counted()).toEqual([]);

  outcome = (echo) => ({ echo });
  expect((await call(handler, contract.write, { input, as })).status).toBe(200);
  expect(counted()).toMatchObject([
    { Stage: "test", Comments: 1, _aws: { CloudWatchMetrics: [{ Dimensions: [["Stage"]] }] } },
  ]);
});
