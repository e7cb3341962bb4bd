import {
  type AuthenticationResultType,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { poolErrorName, type SitePoolCore } from "../account/user-pool.ts";
import { beginSignIn } from "../credential/prove-password.ts";
import { AppError } from "../errors.ts";
import type { Locale } from "../locale.ts";
import { operation } from "../operation.ts";
import { recover } from "../second-factor/recovery.ts";
import { ruleSentence } from "../sentences.ts";
import { type SignInOutcome, sessionContract, type Tokens } from "./session.contract.ts";

export const signIn = operation(
  sessionContract.signIn.input,
  async (core: SitePoolCore, { email, password, code, recoveryCode }): Promise<SignInOutcome> => {
    const { client, clientId: ClientId } = core.userPool;
    try {
      const first = await beginSignIn(core, email, password);
      if (first.AuthenticationResult)
        return { outcome: "signed_in", tokens: tokensOf(first.AuthenticationResult) };
      if (first.ChallengeName !== "SOFTWARE_TOKEN_MFA")
        throw new Error(`The pool asks for ${first.ChallengeName}, which no page here answers.`);
      if (recoveryCode) {
        await recover(core, email, recoveryCode);
        const second = await beginSignIn(core, email, password);
        return { outcome: "signed_in", tokens: tokensOf(second.AuthenticationResult ?? {}) };
      }
      if (!code) return { outcome: "code_required" };
      const second = await client.send(
        new RespondToAuthChallengeCommand({
          ClientId,
          ChallengeName: first.ChallengeName,
          Session: first.Session,
          ChallengeResponses: { USERNAME: email, SOFTWARE_TOKEN_MFA_CODE: code },
        }),
      );
      return { outcome: "signed_in", tokens: tokensOf(second.AuthenticationResult ?? {}) };
    } catch (error) {
      if (poolErrorName(error) === "UserNotConfirmedException") return { outcome: "not_confirmed" };
      throw translateSignIn(error, core.locale);
    }
  },
);

/** An unknown e-mail, a wrong password and a suspended account are one answer, so that nobody learns which. */
function translateSignIn(error: unknown, locale: Locale): unknown {
  switch (poolErrorName(error)) {
    case "CodeMismatchException":
    case "ExpiredCodeException":
      return new AppError("unprocessable", { fields: { code: [ruleSentence("totp_refused", locale)] } });
    case "NotAuthorizedException":
    case "PasswordResetRequiredException":
    case "UserNotFoundException":
      return (error as Error).message.includes("attempts exceeded")
        ? new AppError("rate_limited", { cause: error })
        : new AppError("unauthenticated", { message: ruleSentence("credentials", locale), cause: error });
    case "InvalidParameterException":
      return new AppError("invalid_input", { cause: error });
    case "LimitExceededException":
    case "TooManyRequestsException":
      return new AppError("rate_limited", { cause: error });
    default:
      return error;
  }
}

/** What the pool made, in our words. */
export function tokensOf(result: AuthenticationResultType, refreshToken?: string): Tokens {
  const { AccessToken, IdToken, RefreshToken = refreshToken, ExpiresIn } = result;
  if (!AccessToken || !IdToken || !RefreshToken || ExpiresIn === undefined)
    throw new Error("The pool left out a token.");
  return {
    accessToken: AccessToken,
    idToken: IdToken,
    refreshToken: RefreshToken,
    expiresInSeconds: ExpiresIn,
  };
}
