import { checkLock, countFailure, forgetFailures } from "../attempt.ts";
import { issueCode, useCode } from "../code.ts";
import type { Engine } from "../engine.ts";
import { codeMismatch, invalidParameter, notAuthorized, userNotFound, wrongCredentials } from "../error.ts";
import { type Input, text, textMap } from "../input.ts";
import { sendSecret } from "../message.ts";
import { checkCaller, clientOf, type Operations, open } from "../operation.ts";
import { checkPassword, hashPassword, matchesPassword } from "../password.ts";
import { simulatedDelivery } from "../simulation.ts";
import { readAccessToken } from "../token.ts";
import { runTrigger } from "../trigger.ts";
import { allAttributes, findUser, getUser, type User, updateUser } from "../user.ts";

export const passwordOperations: Operations = {
  ForgotPassword: open(forgotPassword),
  ConfirmForgotPassword: open(confirmForgotPassword),
  ChangePassword: open(changePassword),
};

async function forgotPassword(engine: Engine, input: Input) {
  const { client, pool } = clientOf(engine, input);
  checkCaller(client, input);
  const name = text(input, "Username");
  if (!pool.recoversByEmail) {
    throw notAuthorized("Contact administrator to reset password.");
  }
  const issued = engine.store.transaction(() => {
    const user = findUser(engine, pool, name);
    const obstacle = obstacleToReset(user);
    if (!user || obstacle) return client.preventUserExistenceErrors ? undefined : obstacle;
    return { user, code: issueCode(engine, user, "forgot-password") };
  });
  if (!issued) return { CodeDeliveryDetails: simulatedDelivery(pool, name) };
  return {
    CodeDeliveryDetails: await sendSecret(engine, {
      pool,
      client,
      user: issued.user,
      to: issued.user.attributes.email ?? "",
      source: "CustomMessage_ForgotPassword",
      secret: issued.code,
      clientMetadata: textMap(input, "ClientMetadata"),
    }),
  };
}

function obstacleToReset(user: User | undefined) {
  if (!user) return userNotFound("Username/client id combination not found.");
  if (!user.enabled) return notAuthorized("User is disabled.");
  if (user.status === "FORCE_CHANGE_PASSWORD") {
    return notAuthorized("User password cannot be reset in the current state.");
  }
  if (!user.attributes.email || user.attributes.email_verified !== "true") {
    return invalidParameter(
      "Cannot reset password for the user as there is no registered/verified email or phone_number",
    );
  }
  return undefined;
}

async function confirmForgotPassword(engine: Engine, input: Input) {
  const { client, pool } = clientOf(engine, input);
  checkCaller(client, input);
  const name = text(input, "Username");
  const code = text(input, "ConfirmationCode");
  const password = text(input, "Password");
  checkPassword(pool.passwordPolicy, password);
  const found = findUser(engine, pool, name);
  // Made for nobody too, so that the time of the answer says nothing.
  const record = await hashPassword(pool.id, found?.username ?? name, password);
  const user = engine.store.transaction(() => {
    const user = found && findUser(engine, pool, found.username);
    if (!user?.enabled) {
      if (client.preventUserExistenceErrors) return codeMismatch();
      return user
        ? notAuthorized("User is disabled.")
        : userNotFound("Username/client id combination not found.");
    }
    const proof = useCode(engine, user, "forgot-password", code);
    if ("refusal" in proof) return proof.refusal;
    forgetFailures(engine, pool, user.username);
    return updateUser(engine, pool, user, { password: record, status: "CONFIRMED" });
  });
  await runTrigger(engine, {
    pool,
    trigger: "postConfirmation",
    source: "PostConfirmation_ConfirmForgotPassword",
    clientId: client.id,
    username: user.username,
    attributes: { ...allAttributes(user), "cognito:user_status": user.status },
    clientMetadata: textMap(input, "ClientMetadata"),
  });
  return {};
}

async function changePassword(engine: Engine, input: Input) {
  const token = text(input, "AccessToken");
  const previous = text(input, "PreviousPassword");
  const proposed = text(input, "ProposedPassword");
  const { pool, user } = readAccessToken(engine, token);
  checkPassword(pool.passwordPolicy, proposed);
  return engine.turns.take(`${pool.id} ${user.username}`, async () => {
    checkLock(engine, pool, user.username);
    const right = await matchesPassword(user.password, previous);
    const record = await hashPassword(pool.id, user.username, proposed);
    engine.store.transaction(() => {
      readAccessToken(engine, token);
      const current = getUser(engine, pool, user.username);
      if (!right || current.password?.hash !== user.password?.hash) {
        countFailure(engine, pool, user.username);
        return wrongCredentials();
      }
      return updateUser(engine, pool, current, { password: record });
    });
    return {};
  });
}
