import { createHmac } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import {
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "vitest";
import { PASSWORD, startTestPool, type TestPool, WEB_CLIENT } from "../../test/user-pool.ts";
import { confirmedUser } from "../../test/user-pool-person.ts";

const ROTATING = {
  explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
  refreshTokenRotation: { graceSeconds: 10 },
};

async function refresh(pool: TestPool, RefreshToken: string | undefined, ClientSecret?: string) {
  const { AuthenticationResult } = await pool.sdk.send(
    new GetTokensFromRefreshTokenCommand({ ClientId: pool.clientId, RefreshToken, ClientSecret }),
  );
  return AuthenticationResult;
}

// Developer guide, "Refresh token rotation".
test("a rotating client gets a new refresh token each time; the old one works for the time of grace", async () => {
  const pool = await startTestPool({ client: ROTATING });
  const { RefreshToken: first } = await (await confirmedUser(pool)).signIn();
  const second = (await refresh(pool, first))?.RefreshToken;
  expect(second).not.toBe(first);
  pool.passSeconds(9);
  const retried = (await refresh(pool, first))?.RefreshToken;
  pool.passSeconds(1);
  await expect(refresh(pool, first)).rejects.toMatchObject({ name: "RefreshTokenReuseException" });
  expect((await refresh(pool, second))?.TokenType).toBe("Bearer");
  expect((await refresh(pool, retried))?.TokenType).toBe("Bearer");
  await pool.stop();
});

test("a rotated token ends when the first one would have ended", async () => {
  const pool = await startTestPool({ client: { ...ROTATING, refreshTokenSeconds: 7200 } });
  const { RefreshToken: first } = await (await confirmedUser(pool)).signIn();
  pool.passSeconds(7000);
  const second = (await refresh(pool, first))?.RefreshToken;
  pool.passSeconds(200);
  await expect(refresh(pool, second)).rejects.toThrow("Refresh Token has expired");
  await pool.stop();
});

test("revoking any refresh token of a sign-in ends all of its tokens", async () => {
  const pool = await startTestPool({ client: ROTATING });
  const { RefreshToken: first, AccessToken } = await (await confirmedUser(pool)).signIn();
  const second = (await refresh(pool, first))?.RefreshToken;
  await pool.sdk.send(new RevokeTokenCommand({ ClientId: pool.clientId, Token: first }));
  await expect(refresh(pool, second)).rejects.toThrow("Refresh Token has been revoked");
  await expect(pool.sdk.send(new GetUserCommand({ AccessToken }))).rejects.toThrow("has been revoked");
  await pool.stop();
});

test("a refresh token is good at its own client only, and only that client may revoke it", async () => {
  const pool = await startTestPool();
  const { RefreshToken } = await (await confirmedUser(pool)).signIn();
  const other = pool.pools.createClient("urn:other-client", pool.poolId, WEB_CLIENT);
  await expect(refresh({ ...pool, clientId: other.id }, RefreshToken)).rejects.toThrow(
    "Invalid Refresh Token",
  );
  const revoke = new RevokeTokenCommand({ ClientId: other.id, Token: RefreshToken });
  await expect(pool.sdk.send(revoke)).rejects.toMatchObject({ name: "UnauthorizedException" });
  expect((await refresh(pool, RefreshToken))?.TokenType).toBe("Bearer");
  await pool.stop();
});

// Developer guide, "Computing secret hash values".
test("a client with a secret must prove that it knows it, at sign-in, refresh and revocation", async () => {
  const pool = await startTestPool({ client: { generateSecret: true } });
  const secret = pool.clientSecret ?? "";
  const person = await confirmedUser(pool);
  const hashOf = (name: string) =>
    createHmac("sha256", secret).update(`${name}${pool.clientId}`).digest("base64");
  const signIn = (parameters: Record<string, string>) =>
    pool.sdk.send(
      new InitiateAuthCommand({
        ClientId: pool.clientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: person.email, PASSWORD, ...parameters },
      }),
    );
  await expect(signIn({})).rejects.toThrow("SECRET_HASH was not received");
  await expect(signIn({ SECRET_HASH: hashOf("lee@example.com") })).rejects.toThrow(
    "SecretHash does not match",
  );
  const { AuthenticationResult } = await signIn({ SECRET_HASH: hashOf(person.email) });
  const token = AuthenticationResult?.RefreshToken;
  await expect(refresh(pool, token)).rejects.toMatchObject({ name: "NotAuthorizedException" });
  expect((await refresh(pool, token, secret))?.TokenType).toBe("Bearer");
  const byFlow = new InitiateAuthCommand({
    ClientId: pool.clientId,
    AuthFlow: "REFRESH_TOKEN_AUTH",
    AuthParameters: { REFRESH_TOKEN: token ?? "", SECRET_HASH: hashOf(person.username) },
  });
  expect((await pool.sdk.send(byFlow)).AuthenticationResult?.TokenType).toBe("Bearer");
  const revoke = new RevokeTokenCommand({ ClientId: pool.clientId, Token: token });
  await expect(pool.sdk.send(revoke)).rejects.toMatchObject({ name: "UnauthorizedException" });
  await pool.stop();
});

test("the store holds neither passwords nor refresh tokens in clear", async () => {
  const pool = await startTestPool();
  const { RefreshToken = "" } = await (await confirmedUser(pool)).signIn();
  const bytes = Buffer.concat(
    readdirSync(pool.dataFolder).map((name) => readFileSync(`${pool.dataFolder}/${name}`)),
  );
  expect(bytes.includes("kim@example.com")).toBe(true);
  expect(bytes.includes(PASSWORD)).toBe(false);
  expect(bytes.includes(RefreshToken)).toBe(false);
  await pool.stop();
});
