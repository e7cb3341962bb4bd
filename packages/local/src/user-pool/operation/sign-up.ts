import { randomUUID } from "node:crypto";
import { type Attributes, checkAttributes, checkRequired, EMAIL } from "../attribute.ts";
import { issueCode, useCode } from "../code.ts";
import type { Engine } from "../engine.ts";
import { expiredCode, invalidParameter, notAuthorized, userNotFound, usernameExists } from "../error.ts";
import { attributeList, type Input, optionalBoolean, text, textMap } from "../input.ts";
import { type MessageSource, sendSecret } from "../message.ts";
import { administrative, checkCaller, clientOf, type Operations, open, poolOf } from "../operation.ts";
import { checkPassword, hashPassword } from "../password.ts";
import type { Client, Pool } from "../pool.ts";
import { simulatedDelivery } from "../simulation.ts";
import { clientIdOrNone, runTrigger } from "../trigger.ts";
import { allAttributes, findUser, getUser, insertUser, type User, updateUser } from "../user.ts";

export const signUpOperations: Operations = {
  SignUp: open(signUp),
  ConfirmSignUp: open(confirmSignUp),
  ResendConfirmationCode: open(resendConfirmationCode),
  AdminConfirmSignUp: administrative(adminConfirmSignUp),
};

async function signUp(engine: Engine, input: Input) {
  const { client, pool } = clientOf(engine, input);
  checkCaller(client, input);
  if (pool.allowAdminCreateUserOnly) throw notAuthorized("SignUp is not permitted for this user pool");
  const sub = randomUUID();
  const { username, attributes } = nameNewUser(pool, text(input, "Username"), sub, {
    ...attributeList(input, "UserAttributes"),
  });
  const password = text(input, "Password");
  checkPassword(pool.passwordPolicy, password);
  checkAttributes(pool, attributes, { client });
  checkRequired(pool, attributes);
  if (findUser(engine, pool, text(input, "Username"))) throw taken(pool);
  const clientMetadata = textMap(input, "ClientMetadata");
  const decision = await runTrigger(engine, {
    pool,
    trigger: "preSignUp",
    source: "PreSignUp_SignUp",
    clientId: client.id,
    username,
    attributes,
    request: { validationData: attributeList(input, "ValidationData") },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
    clientMetadata,
  });
  const now = engine.now();
  const confirmed = decision?.autoConfirmUser === true;
  const verified = decision?.autoVerifyEmail === true;
  const user: User = {
    poolId: pool.id,
    username,
    sub,
    status: confirmed ? "CONFIRMED" : "UNCONFIRMED",
    enabled: true,
    attributes: { ...attributes, ...(attributes.email ? { email_verified: String(verified) } : {}) },
    password: await hashPassword(pool.id, username, password),
    temporaryPasswordExpiresAt: undefined,
    totp: undefined,
    createdAt: now,
    modifiedAt: now,
  };
  const needsCode = !confirmed && pool.autoVerifiedAttributes.includes("email") && user.attributes.email;
  const code = engine.store.transaction(() => {
    insertUser(engine, pool, user);
    return needsCode ? issueCode(engine, user, "sign-up") : undefined;
  });
  if (confirmed) await announceConfirmation(engine, pool, client, user, clientMetadata);
  if (code === undefined) return { UserConfirmed: confirmed, UserSub: sub };
  const CodeDeliveryDetails = await sendCode(
    engine,
    { pool, client, user, clientMetadata },
    code,
    "CustomMessage_SignUp",
  );
  return { UserConfirmed: false, UserSub: sub, CodeDeliveryDetails };
}

/** Says what a new person is called, and what address they have, in this kind of pool. */
export function nameNewUser(
  pool: Pool,
  given: string,
  sub: string,
  attributes: Attributes,
): { username: string; attributes: Attributes } {
  if (pool.usernameAttributes.includes("email")) {
    if (!EMAIL.test(given)) throw invalidParameter("Username should be an email.");
    return { username: sub, attributes: { ...attributes, email: given } };
  }
  if (pool.aliasAttributes.includes("email") && EMAIL.test(given)) {
    throw invalidParameter(
      "Username cannot be of email format, since user pool is configured for email alias.",
    );
  }
  return { username: pool.caseSensitive ? given : given.toLowerCase(), attributes };
}

function taken(pool: Pool) {
  return usernameExists(
    pool.usernameAttributes.includes("email")
      ? "An account with the given email already exists."
      : "User already exists",
  );
}

async function confirmSignUp(engine: Engine, input: Input) {
  const { client, pool } = clientOf(engine, input);
  checkCaller(client, input);
  const name = text(input, "Username");
  const code = text(input, "ConfirmationCode");
  const force = optionalBoolean(input, "ForceAliasCreation") ?? false;
  const user = engine.store.transaction(() => {
    const user = findUser(engine, pool, name);
    if (!user) {
      return client.preventUserExistenceErrors
        ? expiredCode()
        : userNotFound("Username/client id combination not found.");
    }
    if (user.status !== "UNCONFIRMED") {
      return notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
    }
    const proof = useCode(engine, user, "sign-up", code);
    if ("refusal" in proof) return proof.refusal;
    if (force) releaseAlias(engine, pool, user);
    return updateUser(engine, pool, user, {
      status: "CONFIRMED",
      attributes: { ...user.attributes, email_verified: "true" },
    });
  });
  await announceConfirmation(engine, pool, client, user, textMap(input, "ClientMetadata"));
  return {};
}

/** Takes an alias away from who held it, because the new holder has proven to own the address. */
function releaseAlias(engine: Engine, pool: Pool, user: User): void {
  const address = user.attributes.email;
  const holder = address === undefined ? undefined : findUser(engine, pool, address);
  if (!holder || holder.username === user.username) return;
  updateUser(engine, pool, holder, { attributes: { ...holder.attributes, email_verified: "false" } });
}

async function adminConfirmSignUp(engine: Engine, input: Input) {
  const pool = poolOf(engine, input);
  const user = engine.store.transaction(() => {
    const user = getUser(engine, pool, text(input, "Username"));
    if (user.status !== "UNCONFIRMED") {
      return notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
    }
    return updateUser(engine, pool, user, { status: "CONFIRMED" });
  });
  await announceConfirmation(engine, pool, undefined, user, textMap(input, "ClientMetadata"));
  return {};
}

/** Runs the pool's function; the person stays confirmed even when it throws, as on AWS. */
async function announceConfirmation(
  engine: Engine,
  pool: Pool,
  client: Client | undefined,
  user: User,
  clientMetadata: Readonly<Record<string, string>>,
): Promise<void> {
  await runTrigger(engine, {
    pool,
    trigger: "postConfirmation",
    source: "PostConfirmation_ConfirmSignUp",
    clientId: clientIdOrNone(client),
    username: user.username,
    attributes: { ...allAttributes(user), "cognito:user_status": user.status },
    clientMetadata,
  });
}

async function resendConfirmationCode(engine: Engine, input: Input) {
  const { client, pool } = clientOf(engine, input);
  checkCaller(client, input);
  const name = text(input, "Username");
  const clientMetadata = textMap(input, "ClientMetadata");
  const issued = engine.store.transaction(() => {
    const user = findUser(engine, pool, name);
    if (!user?.enabled) {
      if (client.preventUserExistenceErrors) return undefined;
      return user
        ? notAuthorized("User is disabled.")
        : userNotFound("Username/client id combination not found.");
    }
    if (user.status !== "UNCONFIRMED") return invalidParameter("User is already confirmed.");
    if (!user.attributes.email || !pool.autoVerifiedAttributes.includes("email")) {
      return invalidParameter("Auto verification not turned on.");
    }
    return { user, code: issueCode(engine, user, "sign-up") };
  });
  if (!issued) return { CodeDeliveryDetails: simulatedDelivery(pool, name) };
  const recipient = { pool, client, user: issued.user, clientMetadata };
  return { CodeDeliveryDetails: await sendCode(engine, recipient, issued.code, "CustomMessage_ResendCode") };
}

function sendCode(
  engine: Engine,
  recipient: {
    readonly pool: Pool;
    readonly client: Client;
    readonly user: User;
    readonly clientMetadata: Readonly<Record<string, string>>;
  },
  secret: string,
  source: MessageSource,
) {
  return sendSecret(engine, { ...recipient, to: recipient.user.attributes.email ?? "", source, secret });
}
