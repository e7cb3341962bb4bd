import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  type AuthenticationResultType,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
} from "@aws-sdk/client-cognito-identity-provider";
import { PASSWORD, type TestPool } from "./user-pool.ts";

export interface ConfirmedUser {
  readonly email: string;
  readonly username: string;
  /** The first step of a sign-in by password. */
  start(password?: string): Promise<InitiateAuthCommandOutput>;
  /** A sign-in that ends with tokens. */
  signIn(password?: string): Promise<AuthenticationResultType>;
}

/** Adds somebody who is confirmed and whose password is `PASSWORD`. */
export async function confirmedUser(pool: TestPool, email = "kim@example.com"): Promise<ConfirmedUser> {
  const who = { UserPoolId: pool.poolId, Username: email };
  const { User } = await pool.sdk.send(
    new AdminCreateUserCommand({
      ...who,
      MessageAction: "SUPPRESS",
      UserAttributes: [
        { Name: "email", Value: email },
        { Name: "email_verified", Value: "true" },
      ],
    }),
  );
  await pool.sdk.send(new AdminSetUserPasswordCommand({ ...who, Password: PASSWORD, Permanent: true }));
  const start = (password = PASSWORD) =>
    pool.sdk.send(
      new InitiateAuthCommand({
        ClientId: pool.clientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: email, PASSWORD: password },
      }),
    );
  return {
    email,
    username: User?.Username ?? "",
    start,
    async signIn(password) {
      const { AuthenticationResult, ChallengeName } = await start(password);
      if (!AuthenticationResult) throw new Error(`The sign-in asks for ${ChallengeName}.`);
      return AuthenticationResult;
    },
  };
}
