import {
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { accountIdByEmail, endSessionsFromBefore } from "../account/account.ts";
import {
  accessTokenOf,
  type PersonPoolCore,
  type PoolCore,
  poolErrorName,
  translatePoolError,
} from "../account/user-pool.ts";
import { AppError } from "../errors.ts";
import { operation } from "../operation.ts";
import { forgetSubscriptions } from "../push-subscription/push-subscription.ts";
import { ruleSentence } from "../sentences.ts";
import { endOtherSessions } from "../session/session.ts";
import { credentialContract } from "./credential.contract.ts";

const done = {};

export const forgotPassword = operation(
  credentialContract.forgotPassword.input,
  async (core: PoolCore, { email }) => {
    const { client, clientId: ClientId } = core.userPool;
    try {
      await client.send(new ForgotPasswordCommand({ ClientId, Username: email }));
    } catch (error) {
      // Nobody, a suspended person and one who never confirmed get no mail, and the same answer.
      const getsNone = ["UserNotFoundException", "InvalidParameterException", "NotAuthorizedException"];
      if (!getsNone.includes(poolErrorName(error))) throw translatePoolError(error, core.locale);
    }
    return done;
  },
);

export const resetPassword = operation(
  credentialContract.resetPassword.input,
  async (core: PoolCore, { email, code, password }) => {
    const { client, clientId: ClientId } = core.userPool;
    try {
      await client.send(
        new ConfirmForgotPasswordCommand({
          ClientId,
          Username: email,
          ConfirmationCode: code,
          Password: password,
        }),
      );
    } catch (error) {
      throw translatePoolError(error, core.locale);
    }
    // Whoever had found out the old password is out with it.
    const accountId = await accountIdByEmail(core, email);
    if (accountId) {
      await endSessionsFromBefore(core, accountId);
      await forgetSubscriptions(core, accountId);
    }
    return done;
  },
);

export const changePassword = operation(
  credentialContract.changePassword.input,
  async (core: PersonPoolCore, { currentPassword, password }) => {
    try {
      await core.userPool.client.send(
        new ChangePasswordCommand({
          AccessToken: accessTokenOf(core),
          PreviousPassword: currentPassword,
          ProposedPassword: password,
        }),
      );
    } catch (error) {
      throw translateChange(error, core);
    }
    await endOtherSessions(core);
    return done;
  },
);

function translateChange(error: unknown, { locale }: PersonPoolCore): unknown {
  if (poolErrorName(error) !== "NotAuthorizedException") return translatePoolError(error, locale);
  const { message } = error as Error;
  if (message.includes("attempts exceeded")) return new AppError("rate_limited", { cause: error });
  // The pool names a token that has ended by the same error as a wrong password.
  if (message.includes("Access Token")) return new AppError("unauthenticated", { cause: error });
  return new AppError("unprocessable", {
    fields: { currentPassword: [ruleSentence("current_password", locale)] },
  });
}
