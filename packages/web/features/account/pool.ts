import {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { userPoolClientId } from "../../core.ts";
import type { SignInOutcome } from "./session-client.ts";
import type { Session } from "./session-token.ts";
import { readClaims } from "./session-token.ts";

let client: CognitoIdentityProviderClient | undefined;
function pool(): CognitoIdentityProviderClient {
  client ??= new CognitoIdentityProviderClient();
  return client;
}

/** The pool said no. `outcome` is what the sign-in page explains. */
export class SignInRefused extends Error {
  override readonly name = "SignInRefused";
  readonly outcome: Exclude<SignInOutcome, "signed_in">;

  constructor(outcome: Exclude<SignInOutcome, "signed_in">, cause?: unknown) {
    super(outcome, { cause });
    this.outcome = outcome;
  }
}

/** An unknown e-mail and a wrong password are one answer, so that nobody learns who has an account. */
function refusalOf(error: unknown): SignInRefused {
  if (!(error instanceof Error)) return new SignInRefused("unavailable", error);
  if (error.name === "UserNotConfirmedException") return new SignInRefused("not_confirmed", error);
  if (error.name === "TooManyRequestsException" || /attempts exceeded/i.test(error.message))
    return new SignInRefused("too_many_tries", error);
  if (error.name === "NotAuthorizedException" || error.name === "UserNotFoundException")
    return new SignInRefused("wrong", error);
  return new SignInRefused("unavailable", error);
}

/** @throws SignInRefused */
export async function signInAtPool(email: string, password: string): Promise<Session> {
  const answer = await pool()
    .send(
      new InitiateAuthCommand({
        AuthFlow: "USER_PASSWORD_AUTH",
        ClientId: userPoolClientId(),
        AuthParameters: { USERNAME: email, PASSWORD: password },
      }),
    )
    .catch((error: unknown) => {
      throw refusalOf(error);
    });
  const tokens = answer.AuthenticationResult;
  if (!tokens?.AccessToken || !tokens.RefreshToken || !tokens.IdToken)
    throw new SignInRefused("unavailable", new Error(`The pool asks for ${answer.ChallengeName}.`));
  return {
    accessToken: tokens.AccessToken,
    refreshToken: tokens.RefreshToken,
    displayName: readClaims(tokens.IdToken).name ?? email,
  };
}

/** A session with a new access token, or nothing when the pool has ended it. Throws when the pool cannot be reached. */
export async function refreshAtPool(session: Session): Promise<Session | undefined> {
  try {
    const answer = await pool().send(
      new InitiateAuthCommand({
        AuthFlow: "REFRESH_TOKEN_AUTH",
        ClientId: userPoolClientId(),
        AuthParameters: { REFRESH_TOKEN: session.refreshToken },
      }),
    );
    const tokens = answer.AuthenticationResult;
    if (!tokens?.AccessToken) return undefined;
    return {
      ...session,
      accessToken: tokens.AccessToken,
      refreshToken: tokens.RefreshToken ?? session.refreshToken,
    };
  } catch (error) {
    if (error instanceof Error && error.name === "NotAuthorizedException") return undefined;
    throw error;
  }
}

/** Ends the refresh token and every access token that came from it. */
export async function revokeAtPool(session: Session): Promise<void> {
  await pool().send(new RevokeTokenCommand({ ClientId: userPoolClientId(), Token: session.refreshToken }));
}
