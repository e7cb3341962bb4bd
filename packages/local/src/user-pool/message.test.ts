import {
  AdminCreateUserCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "vitest";
import { EMAIL_POOL, PASSWORD, startTestPool, type TestPool } from "../../test/user-pool.ts";
import { confirmedUser } from "../../test/user-pool-person.ts";
import { maskAddress } from "./message.ts";

const signUp = (pool: TestPool) =>
  pool.sdk.send(
    new SignUpCommand({ ClientId: pool.clientId, Username: "kim@example.com", Password: PASSWORD }),
  );

// Developer guide, "Configuring verification and invitation messages".
test("a verification mail goes out in the pool's words, from the pool's address", async () => {
  const verification = { subject: "하루 확인 코드", message: "<p>코드: <b>{####}</b></p><p>하루</p>" };
  const pool = await startTestPool({
    pool: { mail: { from: "하루 <haru@example.com>", verification, invitation: undefined } },
  });
  await signUp(pool);
  expect(pool.mails).toEqual([
    {
      from: "하루 <haru@example.com>",
      to: "kim@example.com",
      subject: "하루 확인 코드",
      text: expect.stringMatching(/^코드: \d{6}\n하루$/),
      html: expect.stringMatching(/^<p>코드: <b>\d{6}<\/b><\/p><p>하루<\/p>$/),
    },
  ]);
  await pool.stop();
});

test("a pool without words of its own sends AWS's, and says what a reset code is for", async () => {
  const pool = await startTestPool();
  const { email } = await confirmedUser(pool);
  await pool.sdk.send(new ForgotPasswordCommand({ ClientId: pool.clientId, Username: email }));
  expect(pool.mails).toMatchObject([
    { from: EMAIL_POOL.mail.from, text: expect.stringMatching(/^Your password reset code is \d{6}$/) },
  ]);
  await pool.stop();
});

// API reference, AdminCreateUser.
test("an invitation carries the name and a temporary password that signs in", async () => {
  const pool = await startTestPool();
  await pool.sdk.send(
    new AdminCreateUserCommand({
      UserPoolId: pool.poolId,
      Username: "kim@example.com",
      DesiredDeliveryMediums: ["EMAIL"],
    }),
  );
  const [, name, password = ""] =
    /^Your username is (\S+) and temporary password is (\S+)$/.exec(pool.mails[0]?.text ?? "") ?? [];
  expect(name).toBe("kim@example.com");
  const first = await pool.sdk.send(
    new InitiateAuthCommand({
      ClientId: pool.clientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "kim@example.com", PASSWORD: password },
    }),
  );
  expect(first.ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
  await pool.stop();
});

test("a pool that recovers nobody by mail sends to the administrator", async () => {
  const pool = await startTestPool({ pool: { recoversByEmail: false } });
  const { email } = await confirmedUser(pool);
  const forgot = new ForgotPasswordCommand({ ClientId: pool.clientId, Username: email });
  await expect(pool.sdk.send(forgot)).rejects.toMatchObject({ name: "NotAuthorizedException" });
  await pool.stop();
});

test.each([
  ["kim@example.com", "k***@e***"],
  ["a@b", "a***@b***"],
])("%s is shown as %s", (address, masked) => {
  expect(maskAddress(address)).toBe(masked);
});
