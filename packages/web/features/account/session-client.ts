/*
 * The session as a browser sees it. No Zod and no generated client here: reader pages load this
 * file, and what it reads comes from the site itself.
 */
import type { Role } from "@haru/core/account/account.contract";
import { forgetPush } from "../push-subscription/forget-push.ts";

/** What `/bff/session` answers. Never a token. */
export type SessionState =
  | { readonly signedIn: false }
  | {
      readonly signedIn: true;
      readonly accountId: string;
      readonly displayName: string;
      readonly role: Role;
    };

export type SignInOutcome =
  | "signed_in"
  | "wrong"
  | "not_confirmed"
  | "code_required"
  | "code_wrong"
  | "recovery_code_wrong"
  | "too_many_tries"
  | "unavailable";

const outcomes: readonly string[] = [
  "wrong",
  "not_confirmed",
  "code_required",
  "code_wrong",
  "recovery_code_wrong",
  "too_many_tries",
] satisfies SignInOutcome[];

/** Requests whose answer may bring a renewed session's cookie. */
const readings = new Set<Promise<Response>>();

export async function readSession(): Promise<SessionState> {
  const reading = fetch("/bff/session");
  readings.add(reading);
  const response = await reading.finally(() => readings.delete(reading));
  if (!response.ok) throw new Error(`The session could not be read: ${response.status}.`);
  return response.json();
}

/** next-auth takes a form with its own token against forged requests. */
async function post(path: string, values: Record<string, string>): Promise<Response> {
  const { csrfToken } = await (await fetch("/auth/csrf")).json();
  return fetch(path, {
    method: "POST",
    body: new URLSearchParams({ ...values, csrfToken, json: "true" }),
  });
}

/** What an account with a second factor asks for besides the password: one of the two. */
export interface SecondProof {
  /** Of the authenticator app. */
  readonly code?: string;
  readonly recoveryCode?: string;
}

export async function signIn(
  email: string,
  password: string,
  proof: SecondProof = {},
): Promise<SignInOutcome> {
  try {
    const response = await post("/auth/callback/credentials", { email, password, ...proof });
    if (response.ok) return "signed_in";
    const { url } = await response.json();
    const error = new URL(url, location.href).searchParams.get("error") ?? "";
    return outcomes.includes(error) ? (error as SignInOutcome) : "unavailable";
  } catch {
    return "unavailable";
  }
}

/** Ends the session here and at the user pool, and what this browser is told. Throws when the site did not answer. */
export async function signOut(): Promise<void> {
  // An answer that came later than the sign-out would bring the session's cookie back.
  await Promise.allSettled(readings);
  const response = await post("/auth/signout", {});
  if (!response.ok) throw new Error(`Signing out failed: ${response.status}.`);
  // The site sends nothing more to it in any case, since that went with the session.
  await forgetPush().catch(() => undefined);
}
