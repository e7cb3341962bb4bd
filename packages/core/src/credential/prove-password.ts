import {
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { accountOf } from "../account/account.ts";
import { type PersonPoolCore, type PoolCore, poolErrorName } from "../account/user-pool.ts";
import { AppError } from "../errors.ts";
import { ruleSentence } from "../sentences.ts";

/** Tokens, or the challenge that comes after a right password. */
export function beginSignIn(
  { userPool: { client, clientId: ClientId } }: PoolCore,
  email: string,
  password: string,
): Promise<InitiateAuthCommandOutput> {
  return client.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  );
}

/**
 * Lets only the person go on, and nobody who found a device open: some things ask for the password
 * again. The pool has no call that only compares one, so this signs in and leaves no session behind.
 * @throws AppError `unprocessable` beside the field `currentPassword`, `rate_limited` by the pool's back-off
 */
export async function provePassword(core: PersonPoolCore, password: string): Promise<void> {
  const { email } = await accountOf(core, core.actor.accountId);
  const { AuthenticationResult } = await beginSignIn(core, email, password).catch((error: unknown) => {
    throw translateProof(error, core);
  });
  const Token = AuthenticationResult?.RefreshToken;
  const { client, clientId: ClientId } = core.userPool;
  if (Token) await client.send(new RevokeTokenCommand({ ClientId, Token }));
}

function translateProof(error: unknown, { locale }: PersonPoolCore): unknown {
  if (poolErrorName(error) !== "NotAuthorizedException") return error;
  if ((error as Error).message.includes("attempts exceeded"))
    return new AppError("rate_limited", { cause: error });
  return new AppError("unprocessable", {
    fields: { currentPassword: [ruleSentence("current_password", locale)] },
  });
}
