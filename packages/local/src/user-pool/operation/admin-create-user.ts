import { randomUUID } from "node:crypto";
import { checkAttributes } from "../attribute.ts";
import type { Engine } from "../engine.ts";
import { CognitoError, invalidParameter, usernameExists } from "../error.ts";
import { attributeList, type Input, optionalText, text, textList, textMap } from "../input.ts";
import { sendSecret } from "../message.ts";
import { administrative, type Operations, poolOf } from "../operation.ts";
import { checkPassword, createPassword, hashPassword } from "../password.ts";
import type { Pool } from "../pool.ts";
import { NO_CLIENT, runTrigger } from "../trigger.ts";
import { findUser, getUser, insertUser, type User, updateUser } from "../user.ts";
import { userType } from "../user-view.ts";
import { temporaryPasswordEnd } from "./admin-user.ts";
import { nameNewUser } from "./sign-up.ts";

/** Invites people: they sign in with a temporary password and choose their own. */
export const adminCreateUserOperations: Operations = { AdminCreateUser: administrative(adminCreateUser) };

async function adminCreateUser(engine: Engine, input: Input) {
  const pool = poolOf(engine, input);
  const given = text(input, "Username");
  const action = optionalText(input, "MessageAction");
  if (action !== undefined && action !== "SUPPRESS" && action !== "RESEND") {
    throw invalidParameter(
      `1 validation error detected: Value '${action}' at 'messageAction' failed to satisfy constraint: Member must satisfy enum value set: [SUPPRESS, RESEND]`,
    );
  }
  const password = optionalText(input, "TemporaryPassword") ?? createPassword(pool.passwordPolicy);
  checkPassword(pool.passwordPolicy, password);
  const user =
    action === "RESEND"
      ? await renew(engine, pool, given, password)
      : await create(engine, pool, given, password, input);
  if (action !== "SUPPRESS") await invite(engine, pool, user, given, password, input);
  return { User: userType(user) };
}

async function create(
  engine: Engine,
  pool: Pool,
  given: string,
  password: string,
  input: Input,
): Promise<User> {
  const sub = randomUUID();
  const { username, attributes } = nameNewUser(pool, given, sub, attributeList(input, "UserAttributes"));
  checkAttributes(pool, attributes, "administrator");
  if (findUser(engine, pool, given)) {
    throw usernameExists(
      pool.usernameAttributes.includes("email")
        ? "An account with the given email already exists."
        : "User account already exists",
    );
  }
  await runTrigger(engine, {
    pool,
    trigger: "preSignUp",
    source: "PreSignUp_AdminCreateUser",
    clientId: NO_CLIENT,
    username,
    attributes,
    request: { validationData: attributeList(input, "ValidationData") },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
    clientMetadata: textMap(input, "ClientMetadata"),
  });
  const now = engine.now();
  const user: User = {
    poolId: pool.id,
    username,
    sub,
    status: "FORCE_CHANGE_PASSWORD",
    enabled: true,
    attributes,
    password: await hashPassword(pool.id, username, password),
    temporaryPasswordExpiresAt: temporaryPasswordEnd(engine, pool),
    totp: undefined,
    createdAt: now,
    modifiedAt: now,
  };
  engine.store.transaction(() => insertUser(engine, pool, user));
  return user;
}

async function renew(engine: Engine, pool: Pool, given: string, password: string): Promise<User> {
  const user = getUser(engine, pool, given);
  const record = await hashPassword(pool.id, user.username, password);
  return engine.store.transaction(() => {
    const current = getUser(engine, pool, user.username);
    if (current.status !== "FORCE_CHANGE_PASSWORD") {
      throw new CognitoError(
        "UnsupportedUserStateException",
        `Resend not possible. ${current.username} status is not FORCE_CHANGE_PASSWORD`,
      );
    }
    return updateUser(engine, pool, current, {
      password: record,
      temporaryPasswordExpiresAt: temporaryPasswordEnd(engine, pool),
    });
  });
}

async function invite(
  engine: Engine,
  pool: Pool,
  user: User,
  given: string,
  password: string,
  input: Input,
): Promise<void> {
  const media = textList(input, "DesiredDeliveryMediums");
  const address = user.attributes.email;
  if (!address || (media.length > 0 && !media.includes("EMAIL"))) return;
  await sendSecret(engine, {
    pool,
    client: undefined,
    user,
    to: address,
    source: "CustomMessage_AdminCreateUser",
    secret: password,
    shownName: given,
    clientMetadata: textMap(input, "ClientMetadata"),
  });
}
