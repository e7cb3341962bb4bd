import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  ConfirmSignUpCommand,
  DeleteUserAttributesCommand,
  GetUserCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "vitest";
import { PASSWORD, startTestPool, type TestPool } from "../../test/user-pool.ts";
import { attributes, signIn } from "../../test/user-pool-contract/row.ts";
import { confirmedUser } from "../../test/user-pool-person.ts";
import type { AttributeSchema } from "./pool.ts";

const schema = (name: string, constraints: Partial<AttributeSchema> = {}): AttributeSchema => ({
  name,
  type: "String",
  mutable: true,
  required: false,
  minimum: undefined,
  maximum: undefined,
  ...constraints,
});

const signUp = (pool: TestPool, Username: string, values: Record<string, string> = {}) =>
  pool.sdk.send(
    new SignUpCommand({
      ClientId: pool.clientId,
      Username,
      Password: PASSWORD,
      UserAttributes: attributes(values),
    }),
  );
const confirm = (pool: TestPool, Username: string, address: string, force = false) =>
  pool.sdk.send(
    new ConfirmSignUpCommand({
      ClientId: pool.clientId,
      Username,
      ConfirmationCode: pool.codeFor(address),
      ForceAliasCreation: force,
    }),
  );
const update = (pool: TestPool, AccessToken: string | undefined, values: Record<string, string>) =>
  pool.sdk.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: attributes(values) }));
const own = async (pool: TestPool, AccessToken: string | undefined) => {
  const { UserAttributes } = await pool.sdk.send(new GetUserCommand({ AccessToken }));
  return Object.fromEntries((UserAttributes ?? []).map(({ Name, Value }) => [Name, Value]));
};

// Developer guide, "Working with user attributes".
test("attributes obey the pool's schema: required, range, length, unchanging", async () => {
  const pool = await startTestPool({
    pool: {
      schema: [
        schema("name", { required: true, maximum: 10 }),
        schema("custom:age", { type: "Number", minimum: 14, maximum: 120 }),
        schema("custom:origin", { mutable: false }),
      ],
    },
  });
  const refused = { name: "InvalidParameterException" };
  await expect(signUp(pool, "a@example.com")).rejects.toMatchObject(refused);
  await expect(signUp(pool, "a@example.com", { name: "x".repeat(11) })).rejects.toMatchObject(refused);
  await expect(signUp(pool, "a@example.com", { name: "김", "custom:age": "13" })).rejects.toMatchObject(
    refused,
  );
  await expect(signUp(pool, "a@example.com", { name: "김", "custom:age": "ten" })).rejects.toMatchObject(
    refused,
  );
  await signUp(pool, "a@example.com", { name: "김", "custom:age": "14", "custom:origin": "서울" });
  await confirm(pool, "a@example.com", "a@example.com");
  const { AccessToken } = await signIn(pool, "a@example.com", PASSWORD);
  await expect(update(pool, AccessToken, { "custom:origin": "부산" })).rejects.toMatchObject(refused);
  const remove = new DeleteUserAttributesCommand({ AccessToken, UserAttributeNames: ["name"] });
  await expect(pool.sdk.send(remove)).rejects.toMatchObject(refused);
  await pool.sdk.send(new DeleteUserAttributesCommand({ AccessToken, UserAttributeNames: ["custom:age"] }));
  expect(await own(pool, AccessToken)).toMatchObject({ name: "김", "custom:origin": "서울" });
  expect(await own(pool, AccessToken)).not.toHaveProperty("custom:age");
  await pool.stop();
});

test("a client reads and writes what it was given, and nobody calls their own address verified", async () => {
  const pool = await startTestPool({
    pool: { schema: [schema("custom:role")] },
    client: { readAttributes: ["email", "name"], writeAttributes: ["name"] },
  });
  const { AccessToken, IdToken } = await (await confirmedUser(pool)).signIn();
  for (const values of [{ "custom:role": "admin" }, { email_verified: "true" }, { sub: "other" }]) {
    await expect(update(pool, AccessToken, values)).rejects.toMatchObject({ name: "NotAuthorizedException" });
  }
  await update(pool, AccessToken, { name: "김" });
  expect(Object.keys(await own(pool, AccessToken)).toSorted()).toEqual(["email", "name", "sub"]);
  const claims = JSON.parse(Buffer.from((IdToken ?? "").split(".")[1] ?? "", "base64url").toString());
  expect(claims).not.toHaveProperty("email_verified");
  await pool.stop();
});

// Developer guide, "Verifying updates to email addresses and phone numbers".
test("where updates wait for their code, the old address stays until the new one is proven", async () => {
  const pool = await startTestPool({ pool: { attributesRequireVerificationBeforeUpdate: ["email"] } });
  const { AccessToken } = await (await confirmedUser(pool)).signIn();
  await update(pool, AccessToken, { email: "new@example.com" });
  expect(await own(pool, AccessToken)).toMatchObject({ email: "kim@example.com", email_verified: "true" });
  const Code = pool.codeFor("new@example.com");
  await pool.sdk.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: "email", Code }));
  expect(await own(pool, AccessToken)).toMatchObject({ email: "new@example.com", email_verified: "true" });
  expect((await signIn(pool, "new@example.com", PASSWORD)).TokenType).toBe("Bearer");
  await expect(signIn(pool, "kim@example.com", PASSWORD)).rejects.toThrow("Incorrect username or password.");
  await pool.stop();
});

test("an address that somebody took while its code was on the way is refused", async () => {
  const pool = await startTestPool({ pool: { attributesRequireVerificationBeforeUpdate: ["email"] } });
  const { AccessToken } = await (await confirmedUser(pool)).signIn();
  await update(pool, AccessToken, { email: "new@example.com" });
  await confirmedUser(pool, "new@example.com");
  const verify = new VerifyUserAttributeCommand({
    AccessToken,
    AttributeName: "email",
    Code: pool.codeFor("new@example.com"),
  });
  await expect(pool.sdk.send(verify)).rejects.toMatchObject({ name: "AliasExistsException" });
  expect(await own(pool, AccessToken)).toMatchObject({ email: "kim@example.com" });
  await pool.stop();
});

// Developer guide, "Customizing sign-in attributes".
test("an address that is an alias signs in once it is confirmed, and has one holder", async () => {
  const pool = await startTestPool({ pool: { usernameAttributes: [], aliasAttributes: ["email"] } });
  const shared = { email: "shared@example.com" };
  await expect(signUp(pool, "kim@example.com", shared)).rejects.toThrow("Username cannot be of email format");
  await signUp(pool, "Kim", shared);
  await confirm(pool, "kim", shared.email);
  expect((await signIn(pool, "SHARED@example.com", PASSWORD)).TokenType).toBe("Bearer");
  await signUp(pool, "lee", shared);
  await expect(confirm(pool, "lee", shared.email)).rejects.toMatchObject({ name: "AliasExistsException" });
  await confirm(pool, "lee", shared.email, true);
  const holder = new AdminGetUserCommand({ UserPoolId: pool.poolId, Username: shared.email });
  expect((await pool.sdk.send(holder)).Username).toBe("lee");
  expect((await signIn(pool, "kim", PASSWORD)).TokenType).toBe("Bearer");
  await pool.stop();
});

test("in a pool without aliases an address is an attribute like any other", async () => {
  const pool = await startTestPool({ pool: { usernameAttributes: [] } });
  for (const name of ["kim", "lee"]) {
    await pool.sdk.send(
      new AdminCreateUserCommand({
        UserPoolId: pool.poolId,
        Username: name,
        MessageAction: "SUPPRESS",
        UserAttributes: attributes({ email: "shared@example.com", email_verified: "true" }),
      }),
    );
  }
  const byAddress = new AdminGetUserCommand({ UserPoolId: pool.poolId, Username: "shared@example.com" });
  await expect(pool.sdk.send(byAddress)).rejects.toMatchObject({ name: "UserNotFoundException" });
  await pool.stop();
});
