import {
  type CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { Locale } from "../locale.ts";
import { operation } from "../operation.ts";
import { ruleSentence } from "../sentences.ts";
import { accountContract } from "./account.contract.ts";

/** The client of the user pool that people sign up with. */
export interface UserPool {
  readonly clientId: string;
  readonly client: CognitoIdentityProviderClient;
}

/** A core that reaches the user pool. Only the verbs of signing up need it. */
export interface PoolCore extends Core {
  readonly userPool: UserPool;
}

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
      if (nameOf(error) !== "UsernameExistsException") throw translate(error, core.locale);
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
      nameOf(error),
    );
    if (!isConfirmed) throw translate(error, core.locale);
  }
  return accepted;
});

export const resendCode = operation(accountContract.resendCode.input, async (core: PoolCore, { email }) => {
  const { client, clientId: ClientId } = core.userPool;
  try {
    await client.send(new ResendConfirmationCodeCommand({ ClientId, Username: email }));
  } catch (error) {
    // An unknown e-mail and one that is confirmed already get no mail, and the same answer.
    const isNotWaiting = ["UserNotFoundException", "InvalidParameterException"].includes(nameOf(error));
    if (!isNotWaiting) throw translate(error, core.locale);
  }
  return accepted;
});

/** What the pool refused, in our words. An unknown person, a wrong code and an old one are not told apart. */
function translate(error: unknown, locale: Locale): unknown {
  switch (nameOf(error)) {
    case "InvalidPasswordException":
      return new AppError("invalid_input", { fields: { password: [ruleSentence("password", locale)] } });
    case "CodeMismatchException":
    case "ExpiredCodeException":
    case "NotAuthorizedException":
    case "UserNotFoundException":
      return new AppError("unprocessable", { fields: { code: [ruleSentence("code_refused", locale)] } });
    case "LimitExceededException":
    case "TooManyFailedAttemptsException":
    case "TooManyRequestsException":
      return new AppError("rate_limited", { cause: error });
    case "CodeDeliveryFailureException":
      return new AppError("unavailable", { cause: error });
    case "InvalidParameterException":
      return new AppError("invalid_input", { cause: error });
    default:
      return error;
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}
