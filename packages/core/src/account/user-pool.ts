import type { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import type { ActorCore, Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { Locale } from "../locale.ts";
import { ruleSentence } from "../sentences.ts";

/** The client of the user pool that people sign in with. */
export interface UserPool {
  readonly clientId: string;
  readonly client: CognitoIdentityProviderClient;
}

/** A core that reaches the user pool as anybody can. */
export interface PoolCore extends Core {
  readonly userPool: UserPool;
}

/** A core that reaches the user pool on behalf of somebody. */
export interface PersonPoolCore extends ActorCore {
  readonly userPool: UserPool;
}

/** The user pool for those who may administer it. */
export interface AdminUserPool extends UserPool {
  readonly poolId: string;
}

/** A core of somebody who may administer the user pool. */
export interface AdminPoolCore extends ActorCore {
  readonly userPool: AdminUserPool;
}

/** A core that may administer the user pool and acts for the site itself. */
export interface SitePoolCore extends Core {
  readonly userPool: AdminUserPool;
}

/** The person's own token, which the pool wants to see for what concerns only this person. */
export function accessTokenOf(core: ActorCore): string {
  const token = core.caller?.accessToken ?? "";
  // The gateway has checked it; what has not even the form of one came past the gateway.
  if (!/^[\w-]+(?:\.[\w-]+){2}$/.test(token)) throw new AppError("unauthenticated");
  return token;
}

/** What the pool refused, in our words. An unknown person, a wrong code and an old one are not told apart. */
export function translatePoolError(error: unknown, locale: Locale): unknown {
  switch (poolErrorName(error)) {
    case "InvalidPasswordException":
      return new AppError("invalid_input", { fields: { password: [ruleSentence("password", locale)] } });
    case "AliasExistsException":
    case "CodeMismatchException":
    case "EnableSoftwareTokenMFAException":
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

export function poolErrorName(error: unknown): string {
  return error instanceof Error ? error.name : "";
}
