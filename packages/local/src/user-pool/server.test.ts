import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  GetUserCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { expect, test, vi } from "vitest";
import { EMAIL_POOL, PASSWORD, startTestPool, type TestPool, WEB_CLIENT } from "../../test/user-pool.ts";
import { confirmedUser } from "../../test/user-pool-person.ts";

function post(pool: TestPool, operation: string, body: string, headers: Record<string, string> = {}) {
  return fetch(pool.pools.url, {
    method: "POST",
    headers: { "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`, ...headers },
    body,
  });
}

test("the engine does not start in production", async () => {
  vi.stubEnv("NODE_ENV", "production");
  await expect(startTestPool()).rejects.toThrow("NODE_ENV=production");
  vi.unstubAllEnvs();
});

test("requests under a name that is not this machine's are refused", async () => {
  const pool = await startTestPool();
  const { port } = new URL(pool.pools.url);
  const status = await new Promise((resolve, reject) => {
    const call = request({ host: "127.0.0.1", port, method: "POST", headers: { host: "evil.example" } });
    call.on("response", (response) => resolve(response.resume().statusCode)).on("error", reject);
    call.end("{}");
  });
  expect(status).toBe(403);
  await pool.stop();
});

test("administration without a signed request is refused, as on AWS", async () => {
  const pool = await startTestPool();
  const body = JSON.stringify({ UserPoolId: pool.poolId });
  const unsigned = await post(pool, "ListUsers", body);
  expect([unsigned.status, await unsigned.json()]).toEqual([
    400,
    { __type: "MissingAuthenticationTokenException", message: "Missing Authentication Token" },
  ]);
  const signed = await post(pool, "ListUsers", body, { authorization: "AWS4-HMAC-SHA256 anything" });
  expect(await signed.json()).toEqual({ Users: [] });
  await pool.stop();
});

test.each([
  ["no operation", "FlyToTheMoon", "{}", "UnknownOperationException"],
  ["a name of every object", "constructor", "{}", "UnknownOperationException"],
  ["no JSON", "SignUp", "{", "SerializationException"],
  ["a list", "SignUp", "[]", "SerializationException"],
  ["a number for a text", "SignUp", '{"ClientId":7}', "SerializationException"],
  ["nothing for a text", "SignUp", "{}", "InvalidParameterException"],
  [
    "a list for a map",
    "InitiateAuth",
    '{"ClientId":"CLIENT","AuthFlow":"X","AuthParameters":[]}',
    "SerializationException",
  ],
  ["a megabyte", "SignUp", JSON.stringify({ ClientId: "x".repeat(1_000_000) }), "SerializationException"],
  [
    "a name with a NUL",
    "SignUp",
    '{"ClientId":"CLIENT","Username":"a\\u0000@b","Password":"x"}',
    "InvalidParameterException",
  ],
  [
    "half a character",
    "SignUp",
    `{"ClientId":"CLIENT","Username":"a@b.c","Password":"${PASSWORD}","UserAttributes":[{"Name":"name","Value":"\\ud800"}]}`,
    "InvalidParameterException",
  ],
])(
  "%s in a request is refused with AWS's error and never an internal one",
  async (_, operation, body, error) => {
    const pool = await startTestPool();
    const response = await post(pool, operation, body.replace("CLIENT", pool.clientId));
    expect([response.status, response.headers.get("x-amzn-errortype")]).toEqual([400, error]);
    await pool.stop();
  },
);

// Developer guide, "Verifying JSON web tokens".
test("tokens verify against the pool's published keys, with issuer and client as AWS sets them", async () => {
  const pool = await startTestPool();
  const { AccessToken, IdToken } = await (await confirmedUser(pool)).signIn();
  const issuer = `${pool.pools.url}/${pool.poolId}`;
  const read = async (url: string) => (await fetch(url)).json() as Promise<unknown>;
  const discovery = (await read(`${issuer}/.well-known/openid-configuration`)) as { jwks_uri: string };
  expect(discovery).toMatchObject({ issuer });
  const jwks = createLocalJWKSet((await read(discovery.jwks_uri)) as JSONWebKeySet);
  const access = await jwtVerify(AccessToken ?? "", jwks, { issuer });
  expect(access.payload).toMatchObject({ client_id: pool.clientId, token_use: "access" });
  const id = await jwtVerify(IdToken ?? "", jwks, { issuer, audience: pool.clientId });
  expect(id.payload.token_use).toBe("id");
  await pool.stop();
});

test("published keys hold no private part, and each pool has its own", async () => {
  const { pools, poolId, stop } = await startTestPool();
  const other = pools.createPool("urn:other", EMAIL_POOL);
  const keysOf = async (id: string) => {
    const response = await fetch(`${pools.url}/${id}/.well-known/jwks.json`);
    return ((await response.json()) as { keys: { n: string }[] }).keys;
  };
  const [[one], [two]] = await Promise.all([keysOf(poolId), keysOf(other.id)]);
  expect(Object.keys(one ?? {}).toSorted()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
  expect(one?.n).not.toBe(two?.n);
  expect((await fetch(`${pools.url}/us-east-1_000000000/.well-known/jwks.json`)).status).toBe(404);
  await stop();
});

test("a token that was changed, stripped of its signature or moved to another pool opens nothing", async () => {
  const pool = await startTestPool();
  const { AccessToken = "" } = await (await confirmedUser(pool)).signIn();
  const other = pool.pools.createPool("urn:other", EMAIL_POOL);
  const [header, payload = "", signature] = AccessToken.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  const moved = Buffer.from(JSON.stringify({ ...claims, iss: other.issuer })).toString("base64url");
  const renamed = new GetUserCommand({ AccessToken: `${header}.${moved}.${signature}` });
  await expect(pool.sdk.send(renamed)).rejects.toThrow("Invalid Access Token");
  const raised = Buffer.from(JSON.stringify({ ...claims, "cognito:groups": ["admin"] })).toString(
    "base64url",
  );
  const tampered = new GetUserCommand({ AccessToken: `${header}.${raised}.${signature}` });
  await expect(pool.sdk.send(tampered)).rejects.toThrow("Invalid Access Token");
  const unsigned = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
  const bare = new GetUserCommand({ AccessToken: `${unsigned}.${payload}.` });
  await expect(pool.sdk.send(bare)).rejects.toThrow("Invalid Access Token");
  await pool.stop();
});

test("people, sessions, keys and settings outlive a restart; a changed declaration keeps the people", async () => {
  const dataFolder = mkdtempSync(path.join(tmpdir(), "user-pool-"));
  const before = await startTestPool({ dataFolder, client: { generateSecret: false } });
  const person = await confirmedUser(before);
  const { AccessToken, RefreshToken = "" } = await person.signIn();
  const { port } = new URL(before.pools.url);
  await before.stop();
  const after = await startTestPool({
    dataFolder,
    port: Number(port),
    pool: { name: "renamed", caseSensitive: false },
  });
  expect([after.poolId, after.clientId]).toEqual([before.poolId, before.clientId]);
  expect(await after.sdk.send(new GetUserCommand({ AccessToken }))).toMatchObject({
    Username: person.username,
  });
  const refresh = new InitiateAuthCommand({
    ClientId: after.clientId,
    AuthFlow: "REFRESH_TOKEN_AUTH",
    AuthParameters: { REFRESH_TOKEN: RefreshToken },
  });
  expect((await after.sdk.send(refresh)).AuthenticationResult?.TokenType).toBe("Bearer");
  await after.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

test("after a restart at another address, old access tokens are void and refresh tokens make new ones", async () => {
  const dataFolder = mkdtempSync(path.join(tmpdir(), "user-pool-"));
  const before = await startTestPool({ dataFolder });
  const { AccessToken, RefreshToken = "" } = await (await confirmedUser(before)).signIn();
  const after = await startTestPool({ dataFolder });
  await before.stop();
  await expect(after.sdk.send(new GetUserCommand({ AccessToken }))).rejects.toThrow("Invalid Access Token");
  const { AuthenticationResult } = await after.sdk.send(
    new InitiateAuthCommand({
      ClientId: after.clientId,
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN: RefreshToken },
    }),
  );
  const own = new GetUserCommand({ AccessToken: AuthenticationResult?.AccessToken });
  expect((await after.sdk.send(own)).Username).toBeDefined();
  await after.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

test("a client's secret stays the same over declarations", async () => {
  const { pools, poolId, stop } = await startTestPool();
  const first = pools.createClient("urn:secret", poolId, { ...WEB_CLIENT, generateSecret: true });
  expect(first.secret).toMatch(/^[a-z0-9]{51}$/);
  expect(
    pools.createClient("urn:secret", poolId, { ...WEB_CLIENT, name: "b", generateSecret: true }),
  ).toEqual(first);
  await stop();
});

test("of a hundred sign-ups of one address at once, one counts", async () => {
  const pool = await startTestPool();
  const calls = Array.from({ length: 100 }, (_, index) =>
    pool.sdk.send(
      new SignUpCommand({
        ClientId: pool.clientId,
        Username: index % 2 === 0 ? "kim@example.com" : "KIM@example.com",
        Password: PASSWORD,
      }),
    ),
  );
  const results = await Promise.allSettled(calls);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason.name] : []));
  expect(new Set(reasons)).toEqual(new Set(["UsernameExistsException"]));
  expect(pool.mails).toHaveLength(1);
  await pool.stop();
});
