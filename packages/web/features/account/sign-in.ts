import { ApiError } from "@haru/core/client";
import { isSignedOut, serverApi } from "./server-api.ts";
import type { SignInOutcome } from "./session-client.ts";
import { readClaims, type Session } from "./session-token.ts";

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly code?: string | undefined;
  readonly recoveryCode?: string | undefined;
}

/** The API said no, or not yet. `outcome` is what the sign-in page explains. */
export class SignInRefused extends Error {
  override readonly name = "SignInRefused";
  readonly outcome: Exclude<SignInOutcome, "signed_in">;

  constructor(outcome: Exclude<SignInOutcome, "signed_in">, cause?: unknown) {
    super(outcome, { cause });
    this.outcome = outcome;
  }
}

function refusalOf(error: unknown): SignInRefused {
  if (!(error instanceof ApiError)) return new SignInRefused("unavailable", error);
  switch (error.code) {
    case "unauthenticated":
    case "invalid_input":
      return new SignInRefused("wrong", error);
    case "unprocessable":
      return new SignInRefused(error.fields?.recoveryCode ? "recovery_code_wrong" : "code_wrong", error);
    case "rate_limited":
      return new SignInRefused("too_many_tries", error);
    default:
      return new SignInRefused("unavailable", error);
  }
}

/** @throws SignInRefused */
export async function signInAtApi(credentials: Credentials): Promise<Session> {
  const { email, password, code, recoveryCode } = credentials;
  const api = await serverApi();
  const answer = await api.session
    .signIn({ email, password, ...(code ? { code } : {}), ...(recoveryCode ? { recoveryCode } : {}) })
    .catch((error: unknown) => {
      throw refusalOf(error);
    });
  if (answer.outcome !== "signed_in") throw new SignInRefused(answer.outcome);
  const { accessToken, refreshToken, idToken } = answer.tokens;
  return { accessToken, refreshToken, displayName: readClaims(idToken).name ?? email };
}

/** A session with new tokens, or nothing when it is over. Throws when the API cannot be reached. */
export async function refreshAtApi(session: Session): Promise<Session | undefined> {
  try {
    const api = await serverApi();
    const { accessToken, refreshToken, idToken } = await api.session.refresh({
      refreshToken: session.refreshToken,
    });
    return { accessToken, refreshToken, displayName: readClaims(idToken).name ?? session.displayName };
  } catch (error) {
    if (isSignedOut(error)) return undefined;
    throw error;
  }
}

/** Ends the refresh token and every access token that came from it. */
export async function signOutAtApi({ refreshToken }: Session): Promise<void> {
  await (await serverApi()).session.signOut({ refreshToken });
}
