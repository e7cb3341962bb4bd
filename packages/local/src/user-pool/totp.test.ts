import {
  AssociateSoftwareTokenCommand,
  GetUserCommand,
  RespondToAuthChallengeCommand,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "vitest";
import { startTestPool, type TestPool } from "../../test/user-pool.ts";
import { type ConfirmedUser, confirmedUser } from "../../test/user-pool-person.ts";
import { totpAt } from "./totp.ts";

const STEP = 60_000_000;

/** A pool whose clock stands at the beginning of a time step. */
async function startAtStep(mfa: "OPTIONAL" | "ON" = "OPTIONAL") {
  const pool = await startTestPool({ pool: { mfa }, startAt: STEP * 30_000 });
  let steps = 0;
  return {
    ...pool,
    nextStep() {
      steps += 1;
      pool.passSeconds(30);
    },
    codeOf: (secret: string) => totpAt(secret, STEP + steps),
  };
}

async function withAuthenticator(pool: Awaited<ReturnType<typeof startAtStep>>, person: ConfirmedUser) {
  const { AccessToken } = await person.signIn();
  const { SecretCode = "" } = await pool.sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
  await pool.sdk.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: pool.codeOf(SecretCode) }));
  await pool.sdk.send(
    new SetUserMFAPreferenceCommand({
      AccessToken,
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
    }),
  );
  pool.nextStep();
  return { SecretCode, AccessToken };
}

const answer = (pool: TestPool, person: ConfirmedUser, Session: string | undefined, code: string) =>
  pool.sdk.send(
    new RespondToAuthChallengeCommand({
      ClientId: pool.clientId,
      ChallengeName: "SOFTWARE_TOKEN_MFA",
      Session,
      ChallengeResponses: { USERNAME: person.email, SOFTWARE_TOKEN_MFA_CODE: code },
    }),
  );

// RFC 6238, appendix B, the last six of the eight digits.
test.each([
  [59, "287082"],
  [1111111109, "081804"],
  [1234567890, "005924"],
  [20000000000, "353130"],
])("at %d seconds the code is the one of the standard", (seconds, code) => {
  expect(totpAt("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Math.floor(seconds / 30))).toBe(code);
});

// Developer guide, "TOTP software token MFA".
test("sign-in asks for the authenticator's code, and a code counts once", async () => {
  const pool = await startAtStep();
  const person = await confirmedUser(pool);
  const { SecretCode, AccessToken } = await withAuthenticator(pool, person);
  expect(await pool.sdk.send(new GetUserCommand({ AccessToken }))).toMatchObject({
    UserMFASettingList: ["SOFTWARE_TOKEN_MFA"],
    PreferredMfaSetting: "SOFTWARE_TOKEN_MFA",
  });
  const first = await person.start();
  expect(first.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
  const code = pool.codeOf(SecretCode);
  const { AuthenticationResult } = await answer(pool, person, first.Session, code);
  expect(AuthenticationResult?.TokenType).toBe("Bearer");
  const second = await person.start();
  await expect(answer(pool, person, second.Session, code)).rejects.toThrow("already been used once");
  await pool.stop();
});

test("a wrong code may be mended, five of them lock", async () => {
  const pool = await startAtStep();
  const person = await confirmedUser(pool);
  const { SecretCode } = await withAuthenticator(pool, person);
  const { Session } = await person.start();
  const code = pool.codeOf(SecretCode);
  const wrong = code === "000000" ? "000001" : "000000";
  await expect(answer(pool, person, Session, wrong)).rejects.toMatchObject({ name: "CodeMismatchException" });
  expect((await answer(pool, person, Session, code)).AuthenticationResult?.TokenType).toBe("Bearer");
  const next = await person.start();
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await expect(answer(pool, person, next.Session, wrong)).rejects.toThrow();
  }
  await expect(person.start()).rejects.toThrow("Password attempts exceeded");
  await pool.stop();
});

test("a pool that demands a second factor has it set up during the first sign-in", async () => {
  const pool = await startAtStep("ON");
  const person = await confirmedUser(pool);
  const first = await person.start();
  expect(first).toMatchObject({
    ChallengeName: "MFA_SETUP",
    ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' },
  });
  const associated = await pool.sdk.send(new AssociateSoftwareTokenCommand({ Session: first.Session }));
  const UserCode = pool.codeOf(associated.SecretCode ?? "");
  const finish = (Session: string | undefined) =>
    pool.sdk.send(
      new RespondToAuthChallengeCommand({
        ClientId: pool.clientId,
        ChallengeName: "MFA_SETUP",
        Session,
        ChallengeResponses: { USERNAME: person.email },
      }),
    );
  await expect(finish(associated.Session)).rejects.toMatchObject({ name: "NotAuthorizedException" });
  const verified = await pool.sdk.send(
    new VerifySoftwareTokenCommand({ Session: associated.Session, UserCode }),
  );
  expect(verified.Status).toBe("SUCCESS");
  expect((await finish(verified.Session)).AuthenticationResult?.TokenType).toBe("Bearer");
  expect((await person.start()).ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
  await pool.stop();
});

test("the preference cannot be set before the authenticator is verified", async () => {
  const pool = await startAtStep();
  const { AccessToken } = await (await confirmedUser(pool)).signIn();
  const prefer = new SetUserMFAPreferenceCommand({
    AccessToken,
    SoftwareTokenMfaSettings: { Enabled: true },
  });
  await expect(pool.sdk.send(prefer)).rejects.toMatchObject({ name: "InvalidParameterException" });
  const { SecretCode = "" } = await pool.sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
  const wrong = pool.codeOf(SecretCode) === "000000" ? "000001" : "000000";
  const verify = new VerifySoftwareTokenCommand({ AccessToken, UserCode: wrong });
  await expect(pool.sdk.send(verify)).rejects.toMatchObject({ name: "EnableSoftwareTokenMFAException" });
  await pool.stop();
});
