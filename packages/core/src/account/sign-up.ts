import {
  ConfirmSignUpCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { operation } from "../operation.ts";
import { accountContract } from "./account.contract.ts";
import { type PoolCore, poolErrorName, translatePoolError } from "./user-pool.ts";

const accepted = {};

export const signUp = operation(
  accountContract.signUp.input,
  async (core: PoolCore, { email, password, displayName, locale }) => {
    const { client, clientId: ClientId } = core.userPool;
    const attributes = { email, name: displayName, locale };
    const command = new SignUpCommand({
      ClientId,
      Username: email,
      Password: password,
      UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    });
    try {
      await client.send(command);
    } catch (error) {
      // Nobody learns here whose e-mail is known.
      if (poolErrorName(error) !== "UsernameExistsException") throw translatePoolError(error, core.locale);
    }
    return accepted;
  },
);

export const confirm = operation(accountContract.confirm.input, async (core: PoolCore, { email, code }) => {
  const { client, clientId: ClientId } = core.userPool;
  try {
    await client.send(new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode: code }));
  } catch (error) {
    // The trigger that opens the account failed after the confirmation. Signing in runs it again.
    const isConfirmed = ["UserLambdaValidationException", "UnexpectedLambdaException"].includes(
      poolErrorName(error),
    );
    if (!isConfirmed) throw translatePoolError(error, core.locale);
  }
  return accepted;
});

export const resendCode = operation(accountContract.resendCode.input, async (core: PoolCore, { email }) => {
  const { client, clientId: ClientId } = core.userPool;
  try {
    await client.send(new ResendConfirmationCodeCommand({ ClientId, Username: email }));
  } catch (error) {
    // An unknown e-mail and one that is confirmed already get no mail, and the same answer.
    const isNotWaiting = ["UserNotFoundException", "InvalidParameterException"].includes(
      poolErrorName(error),
    );
    if (!isNotWaiting) throw translatePoolError(error, core.locale);
  }
  return accepted;
});
