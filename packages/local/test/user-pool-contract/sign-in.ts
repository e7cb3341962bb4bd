import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminResetUserPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect } from "vitest";
import { PASSWORD } from "../user-pool.ts";
import { attributes, type Row, signIn, type Target } from "./row.ts";

const TEMPORARY = "Temporary-horse-1";

async function invited(t: Target): Promise<{ email: string; session: string | undefined }> {
  const email = t.newAddress();
  await t.sdk.send(
    new AdminCreateUserCommand({
      UserPoolId: t.poolId,
      Username: email,
      TemporaryPassword: TEMPORARY,
      MessageAction: "SUPPRESS",
      UserAttributes: attributes({ email_verified: "true", email }),
    }),
  );
  const { Session } = await start(t, email, TEMPORARY);
  return { email, session: Session };
}

const start = (t: Target, USERNAME: string, password: string) =>
  t.sdk.send(
    new InitiateAuthCommand({
      ClientId: t.clientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME, PASSWORD: password },
    }),
  );

const answer = (t: Target, USERNAME: string, Session: string | undefined, password = PASSWORD) =>
  t.sdk.send(
    new RespondToAuthChallengeCommand({
      ClientId: t.clientId,
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session,
      ChallengeResponses: { USERNAME, NEW_PASSWORD: password },
    }),
  );

const refresh = (t: Target, token: string | undefined) =>
  t.sdk.send(
    new InitiateAuthCommand({
      ClientId: t.clientId,
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN: token ?? "" },
    }),
  );

const failTimes = async (t: Target, email: string, times: number) => {
  for (let attempt = 0; attempt < times; attempt += 1) {
    await signIn(t, email, "Wrong-horse-7").catch(() => {});
  }
};

export const signInRows: readonly Row[] = [
  {
    call: "InitiateAuth USER_PASSWORD_AUTH with the right password",
    does: async (t) => (await t.newPerson()).signIn(),
    answers: {
      AccessToken: expect.any(String),
      IdToken: expect.any(String),
      RefreshToken: expect.any(String),
      ExpiresIn: 3600,
      TokenType: "Bearer",
    },
  },
  {
    call: "InitiateAuth USER_PASSWORD_AUTH with the address in other letter case",
    does: async (t) => signIn(t, (await t.newPerson()).email.toUpperCase(), PASSWORD),
    answers: { TokenType: "Bearer" },
  },
  {
    call: "InitiateAuth USER_PASSWORD_AUTH with a wrong password",
    does: async (t) => (await t.newPerson()).signIn("Wrong-horse-7"),
    answers: "NotAuthorizedException",
  },
  {
    call: "InitiateAuth USER_PASSWORD_AUTH as nobody",
    does: (t) => signIn(t, t.newAddress(), PASSWORD),
    answers: "NotAuthorizedException",
  },
  {
    call: "InitiateAuth USER_PASSWORD_AUTH as somebody who is disabled",
    does: async (t) => {
      const person = await t.newPerson();
      await t.sdk.send(new AdminDisableUserCommand({ UserPoolId: t.poolId, Username: person.email }));
      return person.signIn();
    },
    answers: "NotAuthorizedException",
  },
  {
    call: "InitiateAuth USER_PASSWORD_AUTH after the administrator asked for a new password",
    does: async (t) => {
      const person = await t.newPerson();
      await t.sdk.send(new AdminResetUserPasswordCommand({ UserPoolId: t.poolId, Username: person.email }));
      return person.signIn();
    },
    answers: "PasswordResetRequiredException",
  },
  {
    call: "InitiateAuth USER_PASSWORD_AUTH with the right password after five wrong ones",
    does: async (t) => {
      const person = await t.newPerson();
      await failTimes(t, person.email, 5);
      return person.signIn();
    },
    answers: "NotAuthorizedException",
  },
  {
    call: "InitiateAuth USER_PASSWORD_AUTH when the lock is over",
    does: async (t) => {
      const person = await t.newPerson();
      await failTimes(t, person.email, 5);
      await t.wait(1.1);
      return person.signIn();
    },
    answers: { TokenType: "Bearer" },
  },
  {
    call: "InitiateAuth with a flow that the client does not allow",
    does: (t) =>
      t.sdk.send(
        new InitiateAuthCommand({
          ClientId: t.clientId,
          AuthFlow: "CUSTOM_AUTH",
          AuthParameters: { USERNAME: t.newAddress() },
        }),
      ),
    answers: "InvalidParameterException",
  },
  {
    call: "InitiateAuth without a password",
    does: async (t) =>
      t.sdk.send(
        new InitiateAuthCommand({
          ClientId: t.clientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: (await t.newPerson()).email },
        }),
      ),
    answers: "InvalidParameterException",
  },
  {
    call: "InitiateAuth with a temporary password asks for a new one",
    does: async (t) => {
      const { email } = await invited(t);
      return start(t, email, TEMPORARY);
    },
    answers: {
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session: expect.any(String),
      ChallengeParameters: expect.objectContaining({ requiredAttributes: "[]" }),
    },
  },
  {
    call: "InitiateAuth with a temporary password a week later",
    does: async (t) => {
      const { email } = await invited(t);
      t.passSeconds(7 * 86_400);
      return start(t, email, TEMPORARY);
    },
    answers: "NotAuthorizedException",
    needs: "clock",
  },
  {
    call: "InitiateAuth with a temporary password as somebody who is disabled",
    does: async (t) => {
      const { email } = await invited(t);
      await t.sdk.send(new AdminDisableUserCommand({ UserPoolId: t.poolId, Username: email }));
      return start(t, email, TEMPORARY);
    },
    answers: "NotAuthorizedException",
  },
  {
    call: "RespondToAuthChallenge NEW_PASSWORD_REQUIRED",
    does: async (t) => {
      const { email, session } = await invited(t);
      await answer(t, email, session);
      return t.sdk.send(new AdminGetUserCommand({ UserPoolId: t.poolId, Username: email }));
    },
    answers: { UserStatus: "CONFIRMED" },
  },
  {
    call: "RespondToAuthChallenge with a session that nobody opened",
    does: async (t) => answer(t, (await t.newPerson()).email, "x".repeat(60), "Stolen-horse-9"),
    answers: "NotAuthorizedException",
  },
  {
    call: "RespondToAuthChallenge with somebody else's session",
    does: async (t) => {
      const { session } = await invited(t);
      return answer(t, (await t.newPerson()).email, session, "Stolen-horse-9");
    },
    answers: "NotAuthorizedException",
  },
  {
    call: "RespondToAuthChallenge with a session that has been used",
    does: async (t) => {
      const { email, session } = await invited(t);
      await answer(t, email, session);
      return answer(t, email, session, "Stolen-horse-9");
    },
    answers: "NotAuthorizedException",
  },
  {
    call: "RespondToAuthChallenge three minutes later",
    does: async (t) => {
      const { email, session } = await invited(t);
      t.passSeconds(180);
      return answer(t, email, session);
    },
    answers: "NotAuthorizedException",
    needs: "clock",
  },
  {
    call: "RespondToAuthChallenge with a weak password, and then with a good one",
    does: async (t) => {
      const { email, session } = await invited(t);
      const refusal = await answer(t, email, session, "weak").catch((error: Error) => error.name);
      const { AuthenticationResult } = await answer(t, email, session);
      return { refusal, ...AuthenticationResult };
    },
    answers: { refusal: "InvalidPasswordException", TokenType: "Bearer" },
  },
  {
    call: "InitiateAuth REFRESH_TOKEN_AUTH",
    does: async (t) => {
      const { RefreshToken } = await (await t.newPerson()).signIn();
      const { AuthenticationResult } = await refresh(t, RefreshToken);
      return { ...AuthenticationResult, again: AuthenticationResult?.RefreshToken ?? "no new one" };
    },
    answers: { AccessToken: expect.any(String), ExpiresIn: 3600, again: "no new one" },
  },
  {
    call: "InitiateAuth REFRESH_TOKEN_AUTH with a token that nobody has",
    does: (t) => refresh(t, "x".repeat(86)),
    answers: "NotAuthorizedException",
  },
  {
    call: "InitiateAuth REFRESH_TOKEN_AUTH as somebody who is disabled since",
    does: async (t) => {
      const person = await t.newPerson();
      const { RefreshToken } = await person.signIn();
      await t.sdk.send(new AdminDisableUserCommand({ UserPoolId: t.poolId, Username: person.email }));
      return refresh(t, RefreshToken);
    },
    answers: "NotAuthorizedException",
  },
  {
    call: "InitiateAuth REFRESH_TOKEN_AUTH when the token has expired",
    does: async (t) => {
      const { RefreshToken } = await (await t.newPerson()).signIn();
      t.passSeconds(30 * 86_400);
      return refresh(t, RefreshToken);
    },
    answers: "NotAuthorizedException",
    needs: "clock",
  },
  {
    call: "GetTokensFromRefreshToken",
    does: async (t) => {
      const { RefreshToken } = await (await t.newPerson()).signIn();
      return t.sdk.send(new GetTokensFromRefreshTokenCommand({ ClientId: t.clientId, RefreshToken }));
    },
    answers: { AuthenticationResult: expect.objectContaining({ TokenType: "Bearer", ExpiresIn: 3600 }) },
  },
];
