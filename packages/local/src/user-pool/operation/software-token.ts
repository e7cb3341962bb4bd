import type { Engine } from "../engine.ts";
import { CognitoError, invalidParameter, notAuthorized } from "../error.ts";
import { type Input, optionalBoolean, optionalObject, optionalText, text } from "../input.ts";
import { administrative, type Operations, open, poolOf } from "../operation.ts";
import { getClient, getPool, type Pool } from "../pool.ts";
import { closeSession, countTry, openSession, readSession, type Step } from "../session.ts";
import { readAccessToken } from "../token.ts";
import { createTotpSecret, matchTotp } from "../totp.ts";
import { getUser, type User, updateUser } from "../user.ts";

/** Authenticator apps as a second factor. */
export const softwareTokenOperations: Operations = {
  AssociateSoftwareToken: open(associateSoftwareToken),
  VerifySoftwareToken: open(verifySoftwareToken),
  SetUserMFAPreference: open(setUserMfaPreference),
  AdminSetUserMFAPreference: administrative(adminSetUserMfaPreference),
};

interface Caller {
  readonly pool: Pool;
  readonly user: User;
  /** Ends the session that the caller came with and answers the next one, if it was a session. */
  readonly next: (step: Step) => { Session?: string };
  readonly session: string | undefined;
}

/** The operations take an access token, or the session of a sign-in that must set up its factor first. */
function callerOf(engine: Engine, input: Input): Caller {
  const token = optionalText(input, "AccessToken");
  if (token !== undefined) {
    const { pool, user } = readAccessToken(engine, token);
    return { pool, user, next: () => ({}), session: undefined };
  }
  const sessionToken = text(input, "Session");
  const session = readSession(engine, sessionToken, ["MFA_SETUP"]);
  const client = getClient(engine.store, session.clientId);
  const pool = getPool(engine.store, client.poolId);
  return {
    pool,
    user: getUser(engine, pool, session.username),
    session: sessionToken,
    next(step) {
      closeSession(engine, sessionToken);
      return { Session: openSession(engine, client, { username: session.username, step, memory: {} }) };
    },
  };
}

async function associateSoftwareToken(engine: Engine, input: Input) {
  const secret = createTotpSecret();
  const next = engine.store.transaction(() => {
    const { pool, user, next } = callerOf(engine, input);
    checkOffered(pool);
    updateUser(engine, pool, user, {
      totp: { secret, verified: false, enabled: false, preferred: false, lastStep: 0 },
    });
    return next("MFA_SETUP");
  });
  return { SecretCode: secret, ...next };
}

async function verifySoftwareToken(engine: Engine, input: Input) {
  const code = text(input, "UserCode");
  const next = engine.store.transaction(() => {
    const { pool, user, next, session } = callerOf(engine, input);
    if (!user.totp) throw invalidParameter("User has not set up software token mfa");
    const step = matchTotp(user.totp.secret, code, engine.now(), user.totp.lastStep);
    if (step === undefined) {
      if (session !== undefined) countTry(engine, session);
      return new CognitoError("EnableSoftwareTokenMFAException", "Code mismatch");
    }
    const inSignIn = session !== undefined;
    updateUser(engine, pool, user, {
      totp: {
        ...user.totp,
        verified: true,
        enabled: user.totp.enabled || inSignIn,
        preferred: user.totp.preferred || inSignIn,
        lastStep: step,
      },
    });
    return next("MFA_SETUP_VERIFIED");
  });
  return { Status: "SUCCESS", ...next };
}

async function setUserMfaPreference(engine: Engine, input: Input) {
  engine.store.transaction(() => {
    const { pool, user } = readAccessToken(engine, text(input, "AccessToken"));
    prefer(engine, pool, user, input);
  });
  return {};
}

async function adminSetUserMfaPreference(engine: Engine, input: Input) {
  engine.store.transaction(() => {
    const pool = poolOf(engine, input);
    prefer(engine, pool, getUser(engine, pool, text(input, "Username")), input);
  });
  return {};
}

function prefer(engine: Engine, pool: Pool, user: User, input: Input): void {
  const settings = optionalObject(input, "SoftwareTokenMfaSettings");
  if (optionalObject(input, "SMSMfaSettings") || optionalObject(input, "EmailMfaSettings")) {
    throw invalidParameter("The local user pool has SOFTWARE_TOKEN_MFA only.");
  }
  if (!settings) return;
  const enabled = optionalBoolean(settings, "Enabled") ?? false;
  const preferred = optionalBoolean(settings, "PreferredMfa") ?? false;
  if (!user.totp?.verified) {
    if (!enabled && !preferred) return;
    throw invalidParameter("User has not verified software token mfa");
  }
  checkOffered(pool);
  updateUser(engine, pool, user, { totp: { ...user.totp, enabled, preferred: enabled && preferred } });
}

function checkOffered(pool: Pool): void {
  if (pool.softwareTokenMfa && pool.mfa !== "OFF") return;
  throw notAuthorized("Software Token MFA has not been enabled by the userPool");
}
