import { forgetFailures } from "../attempt.ts";
import { checkAttributes, checkMutable } from "../attribute.ts";
import { changeAttributes, sendPendingCode } from "../attribute-change.ts";
import { issueCode } from "../code.ts";
import type { Engine } from "../engine.ts";
import { invalidParameter } from "../error.ts";
import { revokeFamilies } from "../family.ts";
import {
  attributeList,
  type Input,
  optionalBoolean,
  optionalText,
  text,
  textList,
  textMap,
} from "../input.ts";
import { sendSecret } from "../message.ts";
import { administrative, type Operations, poolOf } from "../operation.ts";
import { fillPage, readPage } from "../page.ts";
import { checkPassword, hashPassword } from "../password.ts";
import type { Pool } from "../pool.ts";
import { getUser, removeUser, type User, updateUser, usersAfter } from "../user.ts";
import { parseUserFilter } from "../user-filter.ts";
import { adminUserView, userType } from "../user-view.ts";

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/** What an administrator does with existing people. */
export const adminUserOperations: Operations = {
  AdminGetUser: administrative(adminGetUser),
  AdminSetUserPassword: administrative(adminSetUserPassword),
  AdminResetUserPassword: administrative(adminResetUserPassword),
  AdminUpdateUserAttributes: administrative(adminUpdateUserAttributes),
  AdminDisableUser: administrative(adminDisableUser),
  AdminEnableUser: administrative(adminEnableUser),
  AdminUserGlobalSignOut: administrative(adminUserGlobalSignOut),
  AdminDeleteUser: administrative(adminDeleteUser),
  ListUsers: administrative(listUsers),
};

/** When a temporary password given now stops to work. */
export function temporaryPasswordEnd(engine: Engine, pool: Pool): number {
  return engine.now() + pool.passwordPolicy.temporaryPasswordValidityDays * DAY_MILLISECONDS;
}

function named(engine: Engine, input: Input): { readonly pool: Pool; readonly user: User } {
  const pool = poolOf(engine, input);
  return { pool, user: getUser(engine, pool, text(input, "Username")) };
}

async function adminGetUser(engine: Engine, input: Input) {
  return adminUserView(named(engine, input).user);
}

async function adminSetUserPassword(engine: Engine, input: Input) {
  const permanent = optionalBoolean(input, "Permanent") ?? false;
  const password = text(input, "Password");
  const { pool, user } = named(engine, input);
  checkPassword(pool.passwordPolicy, password);
  const record = await hashPassword(pool.id, user.username, password);
  engine.store.transaction(() => {
    updateUser(engine, pool, getUser(engine, pool, user.username), {
      password: record,
      status: permanent ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD",
      temporaryPasswordExpiresAt: permanent ? undefined : temporaryPasswordEnd(engine, pool),
    });
    forgetFailures(engine, pool, user.username);
  });
  return {};
}

async function adminResetUserPassword(engine: Engine, input: Input) {
  const { pool, user, address, code } = engine.store.transaction(() => {
    const { pool, user } = named(engine, input);
    const address = user.attributes.email;
    if (!address || user.attributes.email_verified !== "true") {
      throw invalidParameter(
        "Cannot reset password for the user as there is no registered/verified email or phone_number",
      );
    }
    const changed = updateUser(engine, pool, user, { status: "RESET_REQUIRED" });
    return { pool, user: changed, address, code: issueCode(engine, changed, "forgot-password") };
  });
  await sendSecret(engine, {
    pool,
    client: undefined,
    user,
    to: address,
    source: "CustomMessage_ForgotPassword",
    secret: code,
    clientMetadata: textMap(input, "ClientMetadata"),
  });
  return {};
}

async function adminUpdateUserAttributes(engine: Engine, input: Input) {
  const written = attributeList(input, "UserAttributes");
  const { pool, pending } = engine.store.transaction(() => {
    const { pool, user } = named(engine, input);
    checkAttributes(pool, written, "administrator");
    checkMutable(pool, user.attributes, written);
    if (pool.usernameAttributes.includes("email") && written.email === "") {
      throw invalidParameter("Cannot remove the attribute that people sign in with.");
    }
    return { pool, pending: changeAttributes(engine, pool, user, written) };
  });
  await sendPendingCode(engine, pending, {
    pool,
    client: undefined,
    source: "CustomMessage_UpdateUserAttribute",
    clientMetadata: textMap(input, "ClientMetadata"),
  });
  return {};
}

async function adminDisableUser(engine: Engine, input: Input) {
  engine.store.transaction(() => {
    const { pool, user } = named(engine, input);
    revokeFamilies(engine, updateUser(engine, pool, user, { enabled: false }));
  });
  return {};
}

async function adminEnableUser(engine: Engine, input: Input) {
  engine.store.transaction(() => {
    const { pool, user } = named(engine, input);
    updateUser(engine, pool, user, { enabled: true });
  });
  return {};
}

async function adminUserGlobalSignOut(engine: Engine, input: Input) {
  engine.store.transaction(() => revokeFamilies(engine, named(engine, input).user));
  return {};
}

async function adminDeleteUser(engine: Engine, input: Input) {
  engine.store.transaction(() => removeUser(engine, named(engine, input).user));
  return {};
}

async function listUsers(engine: Engine, input: Input) {
  const pool = poolOf(engine, input);
  const filter = optionalText(input, "Filter");
  const attributesToGet = textList(input, "AttributesToGet");
  const { entries, token } = fillPage(
    readPage(input, "PaginationToken"),
    (after, limit) => usersAfter(engine, pool, after, limit),
    (user) => user.username,
    filter ? parseUserFilter(pool, filter) : undefined,
  );
  return {
    Users: entries.map((user) => userType(user, attributesToGet)),
    ...(token === undefined ? {} : { PaginationToken: token }),
  };
}
