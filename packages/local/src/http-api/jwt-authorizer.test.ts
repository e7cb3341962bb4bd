import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTHeaderParameters, type KeyLike, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type HttpApi, startHttpApi } from "./http-api.ts";
import { resolveIssuer } from "./issuer.ts";
import { createJwtAuthorizer, type JwtAuthorizer } from "./jwt-authorizer.ts";
import type { Payload } from "./payload.ts";

// "Control access to HTTP APIs with JWT authorizers in API Gateway".

const POOL_ID = "us-east-1_AbCdEfGhI";
const DECLARED = `https://cognito-idp.us-east-1.amazonaws.com/${POOL_ID}`;
const CLIENT_ID = "client1";
const NOW = 1_900_000_000;

let ours: { privateKey: KeyLike; publicKey: KeyLike };
let theirs: { privateKey: KeyLike };
let published: { keys: object[] };
let asked = 0;
const pool = createServer((request, response) => {
  asked += 1;
  const isKeys = request.url === `/${POOL_ID}/.well-known/jwks.json`;
  response
    .writeHead(isKeys ? 200 : 404, { "content-type": "application/json" })
    .end(JSON.stringify(published));
});
let poolUrl: string;
let authorize: JwtAuthorizer;

beforeAll(async () => {
  ours = await generateKeyPair("RS256");
  theirs = await generateKeyPair("RS256");
  await new Promise<void>((resolve) => pool.listen(0, "127.0.0.1", resolve));
  poolUrl = `http://127.0.0.1:${(pool.address() as AddressInfo).port}`;
  published = { keys: [{ ...(await exportJWK(ours.publicKey)), kid: "key1", alg: "RS256", use: "sig" }] };
});
afterAll(() => void pool.close());
beforeEach(() => {
  asked = 0;
  authorize = createAuthorizer();
});

function createAuthorizer(cognito = poolUrl): JwtAuthorizer {
  const endpoints = { dynamodb: "", s3: "", sqs: "", ses: "", lambda: "", cloudfront: "", cognito };
  return createJwtAuthorizer(
    {
      issuer: resolveIssuer(DECLARED, endpoints),
      audiences: [CLIENT_ID],
      identitySource: "$request.header.Authorization",
    },
    () => new Date(NOW * 1000),
  );
}

const CLAIMS = { iss: DECLARED, client_id: CLIENT_ID, exp: NOW + 3600, iat: NOW - 10, sub: "u1" };

function sign(
  claims: Record<string, unknown> = CLAIMS,
  header: { alg?: string; kid?: string | undefined } = {},
  key: KeyLike | Uint8Array = ours.privateKey,
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "RS256", kid: "key1", ...header } as JWTHeaderParameters)
    .sign(key);
}

function ask(token: string | undefined, scopes: readonly string[] = []) {
  const headers = token === undefined ? {} : { authorization: token };
  return authorize({ headers, rawQueryString: "" }, scopes);
}

test("a good token passes with and without the word Bearer, and its claims arrive as text", async () => {
  const token = await sign({
    ...CLAIMS,
    "cognito:groups": ["admin", "author"],
    email_verified: true,
    scope: "a b",
  });
  const wanted = {
    allowed: true,
    context: {
      jwt: {
        claims: {
          iss: DECLARED,
          client_id: CLIENT_ID,
          exp: String(NOW + 3600),
          iat: String(NOW - 10),
          sub: "u1",
          "cognito:groups": "[admin author]",
          email_verified: "true",
          scope: "a b",
        },
        scopes: null,
      },
    },
  };
  expect(await ask(`Bearer ${token}`)).toEqual(wanted);
  expect(await ask(token)).toEqual(wanted);
});

test("a token that the local pool issued under its own address passes for the declared pool", async () => {
  expect((await ask(await sign({ ...CLAIMS, iss: `${poolUrl}/${POOL_ID}` }))).allowed).toBe(true);
});

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

const refused: [string, string, () => Promise<string> | string][] = [
  ["that has expired", "expired", () => sign({ ...CLAIMS, exp: NOW - 1 })],
  ["that expired 60 s ago", "expired", () => sign({ ...CLAIMS, exp: NOW - 60 })],
  ["that never expires", "exp", () => sign({ ...CLAIMS, exp: undefined })],
  ["that is not valid yet, by 60 s", "nbf", () => sign({ ...CLAIMS, nbf: NOW + 60 })],
  ["that was issued 60 s in the future", "future", () => sign({ ...CLAIMS, iat: NOW + 60 })],
  ["of another issuer", "iss", () => sign({ ...CLAIMS, iss: "https://evil.example" })],
  ["of another pool", "iss", () => sign({ ...CLAIMS, iss: DECLARED.replace("AbCdEfGhI", "Other0000") })],
  ["of another client", "audience", () => sign({ ...CLAIMS, client_id: "other" })],
  ["for another audience, whatever the client", "audience", () => sign({ ...CLAIMS, aud: "other" })],
  ["for nobody", "audience", () => sign({ ...CLAIMS, client_id: undefined })],
  ["signed with another key", "signature", () => sign(CLAIMS, {}, theirs.privateKey)],
  ["with an unknown key id", "unknown", () => sign(CLAIMS, { kid: "key2" })],
  ["without a key id", "key id", () => sign(CLAIMS, { kid: undefined })],
  ["with alg none", "algorithm", () => `${encode({ alg: "none", kid: "key1" })}.${encode(CLAIMS)}.`],
  [
    "signed with the public key as a shared secret",
    "algorithm",
    () => sign(CLAIMS, { alg: "HS256" }, Buffer.from(JSON.stringify(published.keys[0]))),
  ],
  [
    "whose claims were changed",
    "signature",
    async () => {
      const [header, , signature] = (await sign()).split(".");
      return `${header}.${encode({ ...CLAIMS, sub: "u2" })}.${signature}`;
    },
  ],
  ["that is no token", "malformed", () => "abc"],
  ["of three words", "malformed", () => "a.b.c"],
];

test.each(refused)("a token %s is refused with 401", async (_what, reason, makeToken) => {
  const answer = await ask(await makeToken());
  expect(answer).toMatchObject({ allowed: false, statusCode: 401 });
  expect(answer).toHaveProperty("challenge", expect.stringContaining('error="invalid_token"'));
  expect(answer).toHaveProperty("challenge", expect.stringContaining(reason));
});

test("a missing token is refused with a bare challenge", async () => {
  expect(await ask(undefined)).toEqual({ allowed: false, statusCode: 401, challenge: "Bearer" });
});

test("an audience in aud passes, alone or in a list", async () => {
  expect((await ask(await sign({ ...CLAIMS, client_id: undefined, aud: CLIENT_ID }))).allowed).toBe(true);
  expect((await ask(await sign({ ...CLAIMS, aud: ["x", CLIENT_ID] }))).allowed).toBe(true);
});

test("a route's scopes need one of them in scope or scp, else 403", async () => {
  const token = await sign({ ...CLAIMS, scope: "posts.read profile" });
  expect(await ask(token, ["posts.write", "posts.read"])).toMatchObject({
    allowed: true,
    context: { jwt: { scopes: ["posts.read", "profile"] } },
  });
  expect((await ask(await sign({ ...CLAIMS, scp: ["posts.write"] }), ["posts.write"])).allowed).toBe(true);
  expect(await ask(token, ["posts.write"])).toMatchObject({ allowed: false, statusCode: 403 });
  expect(await ask(await sign(), ["posts.write"])).toMatchObject({ allowed: false, statusCode: 403 });
});

test("the issuer's keys are fetched once, and not again for every unknown key id", async () => {
  for (let index = 0; index < 20; index++) {
    await ask(await sign());
    await ask(await sign(CLAIMS, { kid: `unknown${index}` }));
  }
  expect(asked).toBe(1);
});

test("keys that cannot be fetched are no fault of the token", async () => {
  const unreachable = createAuthorizer("http://127.0.0.1:1");
  await expect(
    unreachable({ headers: { authorization: await sign() }, rawQueryString: "" }, []),
  ).rejects.toThrow();
});

test("a token can come in the query", async () => {
  const fromQuery = createJwtAuthorizer(
    {
      issuer: { jwksUrl: `${poolUrl}/${POOL_ID}/.well-known/jwks.json`, accepted: [DECLARED] },
      audiences: [CLIENT_ID],
      identitySource: "$request.querystring.token",
    },
    () => new Date(NOW * 1000),
  );
  const answer = await fromQuery({ headers: {}, rawQueryString: `token=${await sign()}` }, []);
  expect(answer.allowed).toBe(true);
});

test("an API lets a good token through to its function and answers others itself", async () => {
  const seen: Payload[] = [];
  const api: HttpApi = await startHttpApi({
    id: "a1",
    name: "Api",
    port: 0,
    cors: undefined,
    functions: { invoke: async (_arn, event) => void seen.push(event as Payload) },
    log: () => {},
  });
  api.addAuthorizer("jwt", authorize);
  api.addIntegration("i", { functionArn: "f", timeoutMs: 1000 });
  api.addRoute({ routeKey: "GET /", integrationId: "i", authorizerId: "jwt", scopes: [] });
  api.addRoute({ routeKey: "GET /write", integrationId: "i", authorizerId: "jwt", scopes: ["write"] });
  try {
    const headers = { authorization: `Bearer ${await sign()}` };
    expect((await fetch(api.url, { headers })).status).toBe(200);
    expect(seen[0]?.requestContext.authorizer).toMatchObject({ jwt: { claims: { sub: "u1" } } });

    const unauthorized = await fetch(api.url);
    expect([unauthorized.status, await unauthorized.json()]).toEqual([401, { message: "Unauthorized" }]);
    expect(unauthorized.headers.get("www-authenticate")).toBe("Bearer");

    const forbidden = await fetch(`${api.url}/write`, { headers });
    expect([forbidden.status, await forbidden.json()]).toEqual([403, { message: "Forbidden" }]);
    expect(forbidden.headers.get("www-authenticate")).toContain('scope="write"');
    expect(seen).toHaveLength(1);
  } finally {
    await api.stop();
  }
});
