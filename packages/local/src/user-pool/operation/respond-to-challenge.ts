import { countFailure, lockRefusal } from "../attempt.ts";
import { checkAttributes, checkMutable, checkRequired } from "../attribute.ts";
import type { Engine } from "../engine.ts";
import { codeMismatch, invalidParameter, notAuthorized, usedTotp, wrongCredentials } from "../error.ts";
import { type Input, text, textMap } from "../input.ts";
import { checkSecretHash, clientOf, type Operations, open } from "../operation.ts";
import { checkPassword, hashPassword } from "../password.ts";
import type { Client, Pool } from "../pool.ts";
import { closeSession, countTry, readSession, type Session, type Step } from "../session.ts";
import { continueSignIn, finishSignIn, type SignIn } from "../sign-in.ts";
import { verifySrp } from "../srp.ts";
import { matchTotp } from "../totp.ts";
import { findUser, getUser, type User, updateUser } from "../user.ts";

export const challengeOperations: Operations = { RespondToAuthChallenge: open(respond) };

interface Answer {
  readonly pool: Pool;
  readonly client: Client;
  /** `ChallengeResponses`. */
  readonly responses: Readonly<Record<string, string>>;
  readonly token: string;
  readonly session: Session;
  readonly clientMetadata: Readonly<Record<string, string>>;
}

async function respond(engine: Engine, input: Input) {
  const { client, pool } = clientOf(engine, input);
  const challenge = text(input, "ChallengeName");
  const responses = textMap(input, "ChallengeResponses");
  const name = text(responses, "USERNAME");
  checkSecretHash(client, name, responses.SECRET_HASH);
  const read = (token: string, ...steps: Step[]): Answer => {
    const session = readSession(engine, token, steps, client.id);
    return { pool, client, responses, token, session, clientMetadata: textMap(input, "ClientMetadata") };
  };
  switch (challenge) {
    case "PASSWORD_VERIFIER":
      return answerSrp(engine, read(text(responses, "PASSWORD_CLAIM_SECRET_BLOCK"), "PASSWORD_VERIFIER"));
    case "NEW_PASSWORD_REQUIRED":
      return answerNewPassword(engine, sameUser(engine, name, read(text(input, "Session"), challenge)));
    case "SOFTWARE_TOKEN_MFA":
      return answerTotp(engine, sameUser(engine, name, read(text(input, "Session"), challenge)));
    case "MFA_SETUP":
      return answerSetup(engine, sameUser(engine, name, read(text(input, "Session"), "MFA_SETUP_VERIFIED")));
    default:
      throw invalidParameter(
        `1 validation error detected: Value '${challenge}' at 'challengeName' failed to satisfy constraint: Member must satisfy enum value set: [PASSWORD_VERIFIER, NEW_PASSWORD_REQUIRED, SOFTWARE_TOKEN_MFA, MFA_SETUP]`,
      );
  }
}

/** A session is bound to one person: another's name is refused. */
function sameUser(engine: Engine, name: string, answer: Answer): Answer & { readonly user: User } {
  const user = findUser(engine, answer.pool, name);
  if (user?.username !== answer.session.username) throw notAuthorized("Invalid session for the user.");
  return { ...answer, user };
}

async function answerSrp(engine: Engine, answer: Answer) {
  const { pool, session, responses, token } = answer;
  const { userIdForSrp = "", clientPublic = "", serverSecret = "", serverPublic = "" } = session.memory;
  const user = engine.store.transaction(() => {
    const locked = lockRefusal(engine, pool, session.username);
    if (locked) return locked;
    closeSession(engine, token);
    const user = findUser(engine, pool, session.username);
    const right =
      user?.password &&
      verifySrp({
        record: user.password.srp,
        state: { clientPublic, serverSecret, serverPublic },
        poolId: pool.id,
        username: userIdForSrp,
        secretBlock: token,
        timestamp: text(responses, "TIMESTAMP"),
        signature: text(responses, "PASSWORD_CLAIM_SIGNATURE"),
      });
    if (right) return user;
    countFailure(engine, pool, session.username);
    return wrongCredentials();
  });
  return continueSignIn(engine, signInOf(answer, user), () => {});
}

async function answerNewPassword(engine: Engine, answer: Answer & { readonly user: User }) {
  const { pool, client, user, token, responses } = answer;
  const password = text(responses, "NEW_PASSWORD");
  checkPassword(pool.passwordPolicy, password);
  const written = Object.fromEntries(
    Object.entries(responses).flatMap(([key, value]) =>
      key.startsWith("userAttributes.") ? [[key.slice("userAttributes.".length), value]] : [],
    ),
  );
  checkAttributes(pool, written, { client });
  checkMutable(pool, user.attributes, written);
  const attributes = { ...user.attributes, ...written };
  checkRequired(pool, attributes);
  const record = await hashPassword(pool.id, user.username, password);
  const changed: User = {
    ...user,
    status: "CONFIRMED",
    password: record,
    temporaryPasswordExpiresAt: undefined,
    attributes,
  };
  return continueSignIn(
    engine,
    { ...signInOf(answer, changed), source: "TokenGeneration_NewPasswordChallenge" },
    () => {
      closeSession(engine, token);
      updateUser(engine, pool, getUser(engine, pool, user.username), {
        status: "CONFIRMED",
        password: record,
        temporaryPasswordExpiresAt: undefined,
        attributes,
      });
    },
  );
}

async function answerTotp(engine: Engine, answer: Answer & { readonly user: User }) {
  const { pool, user, token } = answer;
  const code = text(answer.responses, "SOFTWARE_TOKEN_MFA_CODE");
  const current = engine.store.transaction(() => {
    const locked = lockRefusal(engine, pool, user.username);
    if (locked) return locked;
    // Read again: of two answers with one code, one comes second.
    const current = getUser(engine, pool, user.username);
    const { totp } = current;
    if (!totp) return notAuthorized("Invalid session for the user.");
    const step = matchTotp(totp.secret, code, engine.now(), totp.lastStep);
    if (step !== undefined) {
      closeSession(engine, token);
      return updateUser(engine, pool, current, { totp: { ...totp, lastStep: step } });
    }
    countTry(engine, token);
    countFailure(engine, pool, user.username);
    return matchTotp(totp.secret, code, engine.now(), 0) === undefined ? codeMismatch() : usedTotp();
  });
  return finishSignIn(engine, signInOf(answer, current), () => {});
}

async function answerSetup(engine: Engine, answer: Answer & { readonly user: User }) {
  return finishSignIn(engine, signInOf(answer, answer.user), () => closeSession(engine, answer.token));
}

function signInOf({ pool, client, clientMetadata }: Answer, user: User): SignIn {
  return { pool, client, user, clientMetadata, source: "TokenGeneration_Authentication" };
}
