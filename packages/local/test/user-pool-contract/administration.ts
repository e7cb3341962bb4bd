import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  GetUserCommand,
  ListUsersCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect } from "vitest";
import { attributes, type Row, type Target } from "./row.ts";

const named = (t: Target, Username: string) => ({ UserPoolId: t.poolId, Username });
const get = (t: Target, name: string) => t.sdk.send(new AdminGetUserCommand(named(t, name)));
const list = async (t: Target, Filter: string) => {
  const { Users } = await t.sdk.send(new ListUsersCommand({ UserPoolId: t.poolId, Filter }));
  return { names: Users?.map((user) => user.Username) };
};
export const administrationRows: readonly Row[] = [
  {
    call: "AdminCreateUser",
    does: (t) =>
      t.sdk.send(new AdminCreateUserCommand({ ...named(t, t.newAddress()), MessageAction: "SUPPRESS" })),
    answers: {
      User: expect.objectContaining({
        Enabled: true,
        UserStatus: "FORCE_CHANGE_PASSWORD",
        UserCreateDate: expect.any(Date),
      }),
    },
  },
  {
    call: "AdminCreateUser with an address that is taken",
    does: async (t) =>
      t.sdk.send(
        new AdminCreateUserCommand({ ...named(t, (await t.newPerson()).email), MessageAction: "SUPPRESS" }),
      ),
    answers: "UsernameExistsException",
  },
  {
    call: "AdminCreateUser RESEND to somebody who has a password",
    does: async (t) =>
      t.sdk.send(
        new AdminCreateUserCommand({ ...named(t, (await t.newPerson()).email), MessageAction: "RESEND" }),
      ),
    answers: "UnsupportedUserStateException",
  },
  {
    call: "AdminGetUser by address and by sub is one person",
    does: async (t) => {
      const { email, username } = await t.newPerson();
      const [byAddress, bySub] = [await get(t, email), await get(t, username)];
      return { one: byAddress.Username === bySub.Username, ...byAddress };
    },
    answers: { one: true, Enabled: true, UserStatus: "CONFIRMED", UserLastModifiedDate: expect.any(Date) },
  },
  { call: "AdminGetUser of nobody", does: (t) => get(t, t.newAddress()), answers: "UserNotFoundException" },
  {
    call: "AdminGetUser in a pool that does not exist",
    does: (t) => t.sdk.send(new AdminGetUserCommand({ UserPoolId: "us-east-1_000000000", Username: "kim" })),
    answers: "ResourceNotFoundException",
  },
  {
    call: "AdminSetUserMFAPreference off for somebody without a factor",
    does: async (t) =>
      t.sdk.send(
        new AdminSetUserMFAPreferenceCommand({
          ...named(t, (await t.newPerson()).email),
          SoftwareTokenMfaSettings: { Enabled: false, PreferredMfa: false },
        }),
      ),
    answers: {},
  },
  {
    call: "AdminSetUserMFAPreference on for somebody without a factor",
    does: async (t) =>
      t.sdk.send(
        new AdminSetUserMFAPreferenceCommand({
          ...named(t, (await t.newPerson()).email),
          SoftwareTokenMfaSettings: { Enabled: true },
        }),
      ),
    answers: "InvalidParameterException",
  },
  {
    call: "AdminSetUserPassword of a weak password",
    does: async (t) =>
      t.sdk.send(
        new AdminSetUserPasswordCommand({
          ...named(t, (await t.newPerson()).email),
          Password: "weak-password",
        }),
      ),
    answers: "InvalidPasswordException",
  },
  {
    call: "AdminSetUserPassword that is not permanent",
    does: async (t) => {
      const { email } = await t.newPerson();
      await t.sdk.send(
        new AdminSetUserPasswordCommand({ ...named(t, email), Password: "Temporary-horse-1" }),
      );
      return get(t, email);
    },
    answers: { UserStatus: "FORCE_CHANGE_PASSWORD" },
  },
  {
    call: "AdminUpdateUserAttributes",
    does: async (t) => {
      const { email } = await t.newPerson();
      await t.sdk.send(
        new AdminUpdateUserAttributesCommand({
          ...named(t, email),
          UserAttributes: attributes({ name: "하루", email_verified: "false" }),
        }),
      );
      return get(t, email);
    },
    answers: {
      UserAttributes: expect.arrayContaining(attributes({ name: "하루", email_verified: "false" })),
    },
  },
  {
    call: "AdminDisableUser ends the tokens that are out",
    does: async (t) => {
      const person = await t.newPerson();
      const { AccessToken } = await person.signIn();
      await t.sdk.send(new AdminDisableUserCommand(named(t, person.email)));
      return t.sdk.send(new GetUserCommand({ AccessToken }));
    },
    answers: "NotAuthorizedException",
  },
  {
    call: "AdminEnableUser does not bring back the tokens that AdminDisableUser ended",
    does: async (t) => {
      const person = await t.newPerson();
      const { AccessToken } = await person.signIn();
      await t.sdk.send(new AdminDisableUserCommand(named(t, person.email)));
      await t.sdk.send(new AdminEnableUserCommand(named(t, person.email)));
      return t.sdk.send(new GetUserCommand({ AccessToken }));
    },
    answers: "NotAuthorizedException",
  },
  {
    call: "AdminEnableUser lets somebody in again",
    does: async (t) => {
      const person = await t.newPerson();
      await t.sdk.send(new AdminDisableUserCommand(named(t, person.email)));
      await t.sdk.send(new AdminEnableUserCommand(named(t, person.email)));
      return person.signIn();
    },
    answers: { TokenType: "Bearer" },
  },
  {
    call: "AdminDeleteUser",
    does: async (t) => {
      const { email } = await t.newPerson();
      await t.sdk.send(new AdminDeleteUserCommand(named(t, email)));
      return get(t, email);
    },
    answers: "UserNotFoundException",
  },
  {
    call: "an ID token names its client and the attributes",
    does: async (t) => {
      const [, payload = ""] = ((await (await t.newPerson()).signIn()).IdToken ?? "").split(".");
      return JSON.parse(Buffer.from(payload, "base64url").toString());
    },
    answers: {
      token_use: "id",
      aud: expect.any(String),
      email: expect.any(String),
      email_verified: true,
      "cognito:username": expect.any(String),
    },
  },
  ...[
    (email: string) => `email = "${email}"`,
    (email: string) => `email="${email}"`,
    (email: string) => `"email" ^= "${email.slice(0, -4)}"`,
  ].map((filter) => ({
    call: `ListUsers with the filter ${filter("kim@example.com")}`,
    does: async (t: Target) => {
      const { email, username } = await t.newPerson();
      const { names } = await list(t, filter(email));
      return { one: names?.join() === username };
    },
    answers: { one: true },
  })),
  {
    call: "ListUsers by sub and state",
    does: async (t) => {
      const { email, username } = await t.newPerson();
      await t.sdk.send(new AdminDisableUserCommand(named(t, email)));
      const [bySub, disabled] = [await list(t, `sub = "${username}"`), await list(t, 'status = "Disabled"')];
      return { bySub: bySub.names?.join() === username, disabled: disabled.names?.includes(username) };
    },
    answers: { bySub: true, disabled: true },
  },
  {
    call: "ListUsers with a filter that is none",
    does: (t) => list(t, "email like kim"),
    answers: "InvalidParameterException",
  },
  {
    call: "ListUsers by an attribute that cannot be searched",
    does: (t) => list(t, 'website = "https://example.com"'),
    answers: "InvalidParameterException",
  },
  {
    call: "ListUsers page by page",
    does: async (t) => {
      for (let count = 0; count < 3; count += 1) await t.newPerson();
      const names: (string | undefined)[] = [];
      let PaginationToken: string | undefined;
      do {
        const page = await t.sdk.send(
          new ListUsersCommand({ UserPoolId: t.poolId, Limit: 2, PaginationToken }),
        );
        names.push(...(page.Users ?? []).map((user) => user.Username));
        PaginationToken = page.PaginationToken;
      } while (PaginationToken && names.length < 100);
      return { different: new Set(names).size === names.length, several: names.length > 2 };
    },
    answers: { different: true, several: true },
  },
  {
    call: "ListUsers with a limit over 60",
    does: (t) => t.sdk.send(new ListUsersCommand({ UserPoolId: t.poolId, Limit: 61 })),
    answers: "InvalidParameterException",
  },
];
