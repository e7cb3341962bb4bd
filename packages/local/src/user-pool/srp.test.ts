import {
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { createSrpSession, signSrpSession } from "cognito-srp-helper";
import { expect, test } from "vitest";
import { PASSWORD, startTestPool, type TestPool } from "../../test/user-pool.ts";
import { confirmedUser } from "../../test/user-pool-person.ts";

/** Signs in with the independent client half. Developer guide, "Sign in with SRP". */
async function signInWithSrp(pool: TestPool, name: string, password: string) {
  const session = createSrpSession(name, password, pool.poolId, false);
  const first = await pool.sdk.send(
    new InitiateAuthCommand({
      ClientId: pool.clientId,
      AuthFlow: "USER_SRP_AUTH",
      AuthParameters: { USERNAME: name, SRP_A: session.largeA },
    }),
  );
  const signed = signSrpSession(session, { ChallengeParameters: first.ChallengeParameters ?? {} });
  const answer = new RespondToAuthChallengeCommand({
    ClientId: pool.clientId,
    ChallengeName: "PASSWORD_VERIFIER",
    ChallengeResponses: {
      USERNAME: name,
      PASSWORD_CLAIM_SECRET_BLOCK: signed.secret,
      PASSWORD_CLAIM_SIGNATURE: signed.passwordSignature,
      TIMESTAMP: signed.timestamp,
    },
  });
  return { first, send: () => pool.sdk.send(answer) };
}

test("the password signs in without being sent, and its answer counts once", async () => {
  const pool = await startTestPool();
  const person = await confirmedUser(pool);
  const { first, send } = await signInWithSrp(pool, person.email, PASSWORD);
  expect(first).toMatchObject({
    ChallengeName: "PASSWORD_VERIFIER",
    ChallengeParameters: { USER_ID_FOR_SRP: person.username, USERNAME: person.username },
  });
  expect((await send()).AuthenticationResult).toMatchObject({ TokenType: "Bearer", ExpiresIn: 3600 });
  await expect(send()).rejects.toMatchObject({ name: "NotAuthorizedException" });
  await pool.stop();
});

test("every password and salt works, whatever its leading bytes are", async () => {
  const pool = await startTestPool();
  for (let round = 0; round < 5; round += 1) {
    const { email } = await confirmedUser(pool, `person-${round}@example.com`);
    const { send } = await signInWithSrp(pool, email, PASSWORD);
    expect((await send()).AuthenticationResult?.TokenType).toBe("Bearer");
  }
  await pool.stop();
});

test("a wrong password is refused, and counts for the lock", async () => {
  const pool = await startTestPool();
  const person = await confirmedUser(pool);
  for (let attempt = 0; attempt < 4; attempt += 1) await person.start("Wrong-horse-7").catch(() => {});
  const { send } = await signInWithSrp(pool, person.email, "Wrong-horse-7");
  await expect(send()).rejects.toThrow("Incorrect username or password.");
  await expect(signInWithSrp(pool, person.email, PASSWORD)).rejects.toThrow("Password attempts exceeded");
  await pool.stop();
});

test("nobody gets the same challenge as somebody, every time, and is refused at its end", async () => {
  const pool = await startTestPool();
  const attempts = [
    await signInWithSrp(pool, "nobody@example.com", PASSWORD),
    await signInWithSrp(pool, "nobody@example.com", PASSWORD),
  ];
  const [one, two] = attempts.map(({ first }) => first.ChallengeParameters);
  expect(one?.SALT).toBe(two?.SALT);
  expect(one?.USER_ID_FOR_SRP).toBe(two?.USER_ID_FOR_SRP);
  expect(one?.USER_ID_FOR_SRP).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  await expect(attempts[0]?.send()).rejects.toThrow("Incorrect username or password.");
  await pool.stop();
});

test.each(["0", "not hexadecimal"])(
  "a public number %j that breaks the protocol is refused",
  async (SRP_A) => {
    const pool = await startTestPool();
    const { email } = await confirmedUser(pool);
    const call = new InitiateAuthCommand({
      ClientId: pool.clientId,
      AuthFlow: "USER_SRP_AUTH",
      AuthParameters: { USERNAME: email, SRP_A },
    });
    await expect(pool.sdk.send(call)).rejects.toMatchObject({ name: "InvalidParameterException" });
    await pool.stop();
  },
);
