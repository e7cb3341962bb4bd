import { forgetFailures } from "./attempt.ts";
import type { TokenSource } from "./claim.ts";
import type { Engine } from "./engine.ts";
import { CognitoError, notAuthorized } from "./error.ts";
import type { Client, Pool } from "./pool.ts";
import { openSession, type Step } from "./session.ts";
import { startTokens } from "./token.ts";
import { runTrigger } from "./trigger.ts";
import { allAttributes, type User } from "./user.ts";

/** Somebody on the way in. The password, or what stands for it, has been proven. */
export interface SignIn {
  readonly pool: Pool;
  readonly client: Client;
  readonly user: User;
  readonly clientMetadata: Readonly<Record<string, string>>;
  readonly source: TokenSource;
}

type Response = Readonly<Record<string, unknown>>;

/**
 * Asks for the next proof, or lets the person in.
 * @param commit ends the step before, in the transaction that makes the next one; may throw
 * @throws NotAuthorizedException, UserNotConfirmedException, PasswordResetRequiredException
 */
export async function continueSignIn(engine: Engine, signIn: SignIn, commit: () => void): Promise<Response> {
  const { pool, user } = signIn;
  checkState(engine, user);
  if (user.status === "FORCE_CHANGE_PASSWORD") {
    return challenge(engine, signIn, "NEW_PASSWORD_REQUIRED", commit, newPasswordParameters(pool, user));
  }
  if (pool.mfa !== "OFF" && user.totp?.verified && (user.totp.enabled || pool.mfa === "ON")) {
    return challenge(engine, signIn, "SOFTWARE_TOKEN_MFA", commit, { USER_ID_FOR_SRP: user.username });
  }
  if (pool.mfa === "ON") {
    return challenge(engine, signIn, "MFA_SETUP", commit, {
      MFAS_CAN_SETUP: JSON.stringify(["SOFTWARE_TOKEN_MFA"]),
      USER_ID_FOR_SRP: user.username,
    });
  }
  return finishSignIn(engine, signIn, commit);
}

/** Answers the tokens. All proofs have been given. */
export async function finishSignIn(engine: Engine, signIn: SignIn, commit: () => void): Promise<Response> {
  const { pool, client, user, clientMetadata } = signIn;
  await runTrigger(engine, {
    pool,
    trigger: "postAuthentication",
    source: "PostAuthentication_Authentication",
    clientId: client.id,
    username: user.username,
    attributes: { ...allAttributes(user), "cognito:user_status": user.status },
    request: { newDeviceUsed: false },
    clientMetadata,
  });
  const result = await startTokens(engine, signIn, () => {
    commit();
    forgetFailures(engine, pool, user.username);
  });
  return { ChallengeParameters: {}, AuthenticationResult: result };
}

function checkState(engine: Engine, user: User): void {
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (user.status === "UNCONFIRMED") {
    throw new CognitoError("UserNotConfirmedException", "User is not confirmed.");
  }
  if (user.status === "RESET_REQUIRED") {
    throw new CognitoError("PasswordResetRequiredException", "Password reset required for the user");
  }
  const expiresAt = user.temporaryPasswordExpiresAt;
  if (user.status === "FORCE_CHANGE_PASSWORD" && expiresAt !== undefined && engine.now() >= expiresAt) {
    throw notAuthorized("Temporary password has expired and must be reset by an administrator.");
  }
}

function challenge(
  engine: Engine,
  { client, user }: SignIn,
  step: Step,
  commit: () => void,
  parameters: Readonly<Record<string, string>>,
): Response {
  const session = engine.store.transaction(() => {
    commit();
    return openSession(engine, client, { username: user.username, step, memory: {} });
  });
  return { ChallengeName: step, ChallengeParameters: parameters, Session: session };
}

function newPasswordParameters(pool: Pool, user: User): Record<string, string> {
  const missing = pool.schema.filter(({ name, required }) => required && !user.attributes[name]);
  return {
    USER_ID_FOR_SRP: user.username,
    requiredAttributes: JSON.stringify(missing.map(({ name }) => `userAttributes.${name}`)),
    userAttributes: JSON.stringify(user.attributes),
  };
}
