import { checkLock, countFailure } from "../attempt.ts";
import type { Engine } from "../engine.ts";
import { invalidParameter, userNotFound, wrongCredentials } from "../error.ts";
import { type Input, optionalText, text, textMap } from "../input.ts";
import { signingKey } from "../key.ts";
import { checkSecretHash, clientOf, type Operations, open } from "../operation.ts";
import { matchesPassword } from "../password.ts";
import type { Client, Pool } from "../pool.ts";
import { openSession } from "../session.ts";
import { continueSignIn } from "../sign-in.ts";
import { simulatedSrp } from "../simulation.ts";
import { challengeSrp } from "../srp.ts";
import { refreshTokens } from "../token.ts";
import { runTrigger } from "../trigger.ts";
import { allAttributes, findUser, normalise, type User } from "../user.ts";

export const initiateAuthOperations: Operations = { InitiateAuth: open(initiateAuth) };

interface Attempt {
  readonly pool: Pool;
  readonly client: Client;
  /** `AuthParameters`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly clientMetadata: Readonly<Record<string, string>>;
}

async function initiateAuth(engine: Engine, input: Input) {
  const { client, pool } = clientOf(engine, input);
  const flow = text(input, "AuthFlow");
  const attempt: Attempt = {
    pool,
    client,
    parameters: textMap(input, "AuthParameters"),
    clientMetadata: textMap(input, "ClientMetadata"),
  };
  switch (flow) {
    case "USER_PASSWORD_AUTH":
      checkFlow(client, flow);
      return signInWithPassword(engine, attempt);
    case "USER_SRP_AUTH":
      checkFlow(client, flow);
      return signInWithSrp(engine, attempt);
    case "REFRESH_TOKEN_AUTH":
    case "REFRESH_TOKEN":
      checkFlow(client, "REFRESH_TOKEN_AUTH");
      return refresh(engine, attempt);
    default:
      throw invalidParameter(
        `1 validation error detected: Value '${flow}' at 'authFlow' failed to satisfy constraint: Member must satisfy enum value set: [USER_PASSWORD_AUTH, USER_SRP_AUTH, REFRESH_TOKEN_AUTH, REFRESH_TOKEN]`,
      );
  }
}

function checkFlow(client: Client, flow: string): void {
  // Clients from before the ALLOW_ names declare the bare name.
  if (client.explicitAuthFlows.includes(`ALLOW_${flow}`) || client.explicitAuthFlows.includes(flow)) return;
  throw invalidParameter(`${flow} flow not enabled for this client`);
}

async function signInWithPassword(engine: Engine, attempt: Attempt) {
  const { pool, client, parameters } = attempt;
  const name = text(parameters, "USERNAME");
  const password = text(parameters, "PASSWORD");
  checkSecretHash(client, name, parameters.SECRET_HASH);
  // One after another, so that a hundred guesses at once are a hundred guesses.
  return engine.turns.take(attemptKey(engine, pool, name), async () => {
    const user = findForSignIn(engine, attempt, name);
    const lockName = user?.username ?? normalise(pool, name);
    checkLock(engine, pool, lockName);
    await announceAttempt(engine, attempt, user, name);
    const right = await matchesPassword(user?.password, password);
    const current = engine.store.transaction(() => {
      const current = user && findUser(engine, pool, user.username);
      // Somebody may have changed the password while this one was compared.
      if (right && current && current.password?.hash === user?.password?.hash) return current;
      countFailure(engine, pool, lockName);
      return wrongCredentials();
    });
    const signIn = { ...attempt, user: current, source: "TokenGeneration_Authentication" } as const;
    return continueSignIn(engine, signIn, () => {});
  });
}

async function signInWithSrp(engine: Engine, attempt: Attempt) {
  const { pool, client, parameters } = attempt;
  const name = text(parameters, "USERNAME");
  checkSecretHash(client, name, parameters.SECRET_HASH);
  const user = findForSignIn(engine, attempt, name);
  const lockName = user?.username ?? normalise(pool, name);
  checkLock(engine, pool, lockName);
  await announceAttempt(engine, attempt, user, name);
  const nobody = simulatedSrp(pool, signingKey(engine.store, pool.id).kid, name);
  const record = user?.password?.srp ?? nobody.record;
  const state = challengeSrp(record, text(parameters, "SRP_A"));
  if (!state) throw invalidParameter("SRP_A is not a number of the protocol.");
  const username = user?.username ?? nobody.username;
  const secretBlock = engine.store.transaction(() =>
    openSession(engine, client, {
      username: lockName,
      step: "PASSWORD_VERIFIER",
      memory: { ...state, userIdForSrp: username },
    }),
  );
  return {
    ChallengeName: "PASSWORD_VERIFIER",
    ChallengeParameters: {
      SALT: record.salt,
      SECRET_BLOCK: secretBlock,
      SRP_B: state.serverPublic,
      USERNAME: username,
      USER_ID_FOR_SRP: username,
    },
  };
}

async function refresh(engine: Engine, { pool, client, parameters, clientMetadata }: Attempt) {
  if (client.refreshTokenRotation) {
    throw invalidParameter("REFRESH_TOKEN_AUTH is not available while refresh token rotation is enabled.");
  }
  const result = await refreshTokens(engine, {
    pool,
    client,
    token: text(parameters, "REFRESH_TOKEN"),
    clientMetadata,
    check: (user) => checkSecretHash(client, user.username, optionalText(parameters, "SECRET_HASH")),
  });
  return { ChallengeParameters: {}, AuthenticationResult: result };
}

/** @throws UserNotFoundException when nobody has that name and the client lets people know */
function findForSignIn(engine: Engine, { pool, client }: Attempt, name: string): User | undefined {
  const user = findUser(engine, pool, name);
  if (!user && !client.preventUserExistenceErrors) throw userNotFound();
  return user;
}

/** Names of one person share one turn. */
function attemptKey(engine: Engine, pool: Pool, name: string): string {
  return `${pool.id} ${findUser(engine, pool, name)?.username ?? normalise(pool, name)}`;
}

async function announceAttempt(
  engine: Engine,
  { pool, client, parameters, clientMetadata }: Attempt,
  user: User | undefined,
  name: string,
): Promise<void> {
  await runTrigger(engine, {
    pool,
    trigger: "preAuthentication",
    source: "PreAuthentication_Authentication",
    clientId: client.id,
    username: user?.username ?? name,
    attributes: user ? { ...allAttributes(user), "cognito:user_status": user.status } : {},
    request: { validationData: parameters.validationData ?? {}, ...(user ? {} : { userNotFound: true }) },
    clientMetadata,
  });
}
