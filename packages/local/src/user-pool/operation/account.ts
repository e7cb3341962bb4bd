import { attributesAsList, checkAttributes, checkMutable, readableAttributes } from "../attribute.ts";
import { changeAttributes, sendPendingCode } from "../attribute-change.ts";
import { issueCode, useCode } from "../code.ts";
import type { Engine } from "../engine.ts";
import { invalidParameter } from "../error.ts";
import { attributeList, type Input, text, textList, textMap } from "../input.ts";
import { sendSecret } from "../message.ts";
import { type Operations, open } from "../operation.ts";
import { type Bearer, readAccessToken } from "../token.ts";
import { allAttributes, getUser, removeUser, updateUser } from "../user.ts";
import { mfaView } from "../user-view.ts";

/** What people do with their own account, by access token. */
export const accountOperations: Operations = {
  GetUser: open(getOwnUser),
  UpdateUserAttributes: open(updateUserAttributes),
  DeleteUserAttributes: open(deleteUserAttributes),
  GetUserAttributeVerificationCode: open(getUserAttributeVerificationCode),
  VerifyUserAttribute: open(verifyUserAttribute),
  DeleteUser: open(deleteUser),
};

function bearerOf(engine: Engine, input: Input): Bearer {
  return readAccessToken(engine, text(input, "AccessToken"));
}

async function getOwnUser(engine: Engine, input: Input) {
  const { client, user } = bearerOf(engine, input);
  return {
    Username: user.username,
    UserAttributes: attributesAsList(readableAttributes(client, allAttributes(user))),
    ...mfaView(user),
  };
}

async function updateUserAttributes(engine: Engine, input: Input) {
  const written = attributeList(input, "UserAttributes");
  const { pool, client, pending } = engine.store.transaction(() => {
    const { pool, client, user } = bearerOf(engine, input);
    checkAttributes(pool, written, { client });
    checkMutable(pool, user.attributes, written);
    if (pool.usernameAttributes.includes("email") && written.email === "") {
      throw invalidParameter("Cannot remove the attribute that people sign in with.");
    }
    return { pool, client, pending: changeAttributes(engine, pool, user, written) };
  });
  const details = await sendPendingCode(engine, pending, {
    pool,
    client,
    source: "CustomMessage_UpdateUserAttribute",
    clientMetadata: textMap(input, "ClientMetadata"),
  });
  return { CodeDeliveryDetailsList: details };
}

async function deleteUserAttributes(engine: Engine, input: Input) {
  const names = textList(input, "UserAttributeNames");
  engine.store.transaction(() => {
    const { pool, client, user } = bearerOf(engine, input);
    checkAttributes(pool, Object.fromEntries(names.map((name) => [name, user.attributes[name] ?? ""])), {
      client,
    });
    const required = pool.schema.filter((entry) => entry.required || !entry.mutable).map(({ name }) => name);
    for (const name of names) {
      if (required.includes(name) || pool.usernameAttributes.includes(name)) {
        throw invalidParameter(`user.${name}: Attribute cannot be deleted.`);
      }
    }
    const removed = new Set(names.flatMap((name) => [name, `${name}_verified`]));
    updateUser(engine, pool, user, {
      attributes: Object.fromEntries(Object.entries(user.attributes).filter(([name]) => !removed.has(name))),
    });
  });
  return {};
}

async function getUserAttributeVerificationCode(engine: Engine, input: Input) {
  checkVerifiable(text(input, "AttributeName"));
  const { pool, client, user, address, code } = engine.store.transaction(() => {
    const { pool, client, user } = bearerOf(engine, input);
    const address = user.attributes.email;
    if (!address) throw invalidParameter("User does not have the attribute email.");
    return { pool, client, user, address, code: issueCode(engine, user, "attribute:email", address) };
  });
  return {
    CodeDeliveryDetails: await sendSecret(engine, {
      pool,
      client,
      user,
      to: address,
      source: "CustomMessage_VerifyUserAttribute",
      secret: code,
      clientMetadata: textMap(input, "ClientMetadata"),
    }),
  };
}

async function verifyUserAttribute(engine: Engine, input: Input) {
  checkVerifiable(text(input, "AttributeName"));
  const code = text(input, "Code");
  engine.store.transaction(() => {
    const { pool, user } = bearerOf(engine, input);
    const proof = useCode(engine, user, "attribute:email", code);
    if ("refusal" in proof) return proof.refusal;
    return updateUser(engine, pool, user, {
      attributes: {
        ...user.attributes,
        ...(proof.value === undefined ? {} : { email: proof.value }),
        email_verified: "true",
      },
    });
  });
  return {};
}

function checkVerifiable(attribute: string): void {
  if (attribute === "email") return;
  throw invalidParameter(`Invalid attribute name: the local user pool verifies email, not ${attribute}.`);
}

async function deleteUser(engine: Engine, input: Input) {
  engine.store.transaction(() => {
    const { pool, user } = bearerOf(engine, input);
    removeUser(engine, getUser(engine, pool, user.username));
  });
  return {};
}
