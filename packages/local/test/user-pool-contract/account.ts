import { generateKeyPairSync, sign } from "node:crypto";
import {
  AdminGetUserCommand,
  AdminUserGlobalSignOutCommand,
  DeleteUserCommand,
  GetUserAttributeVerificationCodeCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect } from "vitest";
import { attributes, MAILED, type Row, type Target } from "./row.ts";

const getUser = (t: Target, AccessToken: string | undefined) =>
  t.sdk.send(new GetUserCommand({ AccessToken }));
/** The same claims and the same key id, under a signature by a key that is not the pool's. */
function forged(token: string | undefined): string {
  const [header = "", payload = ""] = (token ?? "").split(".");
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const signature = sign("sha256", Buffer.from(`${header}.${payload}`), privateKey).toString("base64url");
  return `${header}.${payload}.${signature}`;
}

export const accountRows: readonly Row[] = [
  {
    call: "GetUser",
    does: async (t) => {
      const person = await t.newPerson();
      const answer = await getUser(t, (await person.signIn()).AccessToken);
      return { own: answer.Username === person.username, ...answer };
    },
    answers: {
      own: true,
      UserAttributes: expect.arrayContaining(attributes({ email_verified: "true" })),
    },
  },
  {
    call: "GetUser with a token under another signature",
    does: async (t) => getUser(t, forged((await (await t.newPerson()).signIn()).AccessToken)),
    answers: "NotAuthorizedException",
  },
  {
    call: "GetUser with text that is no token",
    does: (t) => getUser(t, "garbage"),
    answers: "NotAuthorizedException",
  },
  {
    call: "GetUser with an ID token",
    does: async (t) => getUser(t, (await (await t.newPerson()).signIn()).IdToken),
    answers: "NotAuthorizedException",
  },
  {
    call: "GetUser when the token has expired",
    does: async (t) => {
      const { AccessToken } = await (await t.newPerson()).signIn();
      t.passSeconds(3600);
      return getUser(t, AccessToken);
    },
    answers: "NotAuthorizedException",
    needs: "clock",
  },
  {
    call: "GetUser after GlobalSignOut",
    does: async (t) => {
      const { AccessToken } = await (await t.newPerson()).signIn();
      await t.sdk.send(new GlobalSignOutCommand({ AccessToken }));
      return getUser(t, AccessToken);
    },
    answers: "NotAuthorizedException",
  },
  {
    call: "GetUser after AdminUserGlobalSignOut",
    does: async (t) => {
      const person = await t.newPerson();
      const { AccessToken } = await person.signIn();
      await t.sdk.send(new AdminUserGlobalSignOutCommand({ UserPoolId: t.poolId, Username: person.email }));
      return getUser(t, AccessToken);
    },
    answers: "NotAuthorizedException",
  },
  {
    call: "REFRESH_TOKEN_AUTH after GlobalSignOut",
    does: async (t) => {
      const { AccessToken, RefreshToken } = await (await t.newPerson()).signIn();
      await t.sdk.send(new GlobalSignOutCommand({ AccessToken }));
      return t.sdk.send(
        new InitiateAuthCommand({
          ClientId: t.clientId,
          AuthFlow: "REFRESH_TOKEN_AUTH",
          AuthParameters: { REFRESH_TOKEN: RefreshToken ?? "" },
        }),
      );
    },
    answers: "NotAuthorizedException",
  },
  {
    call: "GetUser after RevokeToken of the refresh token",
    does: async (t) => {
      const { AccessToken, RefreshToken } = await (await t.newPerson()).signIn();
      await t.sdk.send(new RevokeTokenCommand({ ClientId: t.clientId, Token: RefreshToken }));
      return getUser(t, AccessToken);
    },
    answers: "NotAuthorizedException",
  },
  {
    call: "GetUser with the tokens of another sign-in after RevokeToken",
    does: async (t) => {
      const person = await t.newPerson();
      const [gone, kept] = [await person.signIn(), await person.signIn()];
      await t.sdk.send(new RevokeTokenCommand({ ClientId: t.clientId, Token: gone.RefreshToken }));
      const { Username } = await getUser(t, kept.AccessToken);
      return { own: Username === person.username };
    },
    answers: { own: true },
  },
  {
    call: "RevokeToken of an access token",
    does: async (t) => {
      const { AccessToken } = await (await t.newPerson()).signIn();
      return t.sdk.send(new RevokeTokenCommand({ ClientId: t.clientId, Token: AccessToken }));
    },
    answers: "UnsupportedTokenTypeException",
  },
  {
    call: "UpdateUserAttributes of a name",
    does: async (t) => {
      const person = await t.newPerson();
      const { AccessToken } = await person.signIn();
      await t.sdk.send(
        new UpdateUserAttributesCommand({ AccessToken, UserAttributes: attributes({ name: "하루" }) }),
      );
      return getUser(t, AccessToken);
    },
    answers: { UserAttributes: expect.arrayContaining(attributes({ name: "하루" })) },
  },
  {
    call: "UpdateUserAttributes of the address makes it unverified and sends a code there",
    does: async (t) => {
      const { AccessToken } = await (await t.newPerson()).signIn();
      const { CodeDeliveryDetailsList } = await t.sdk.send(
        new UpdateUserAttributesCommand({
          AccessToken,
          UserAttributes: attributes({ email: t.newAddress() }),
        }),
      );
      return { sent: CodeDeliveryDetailsList?.length, ...(await getUser(t, AccessToken)) };
    },
    answers: { sent: 1, UserAttributes: expect.arrayContaining(attributes({ email_verified: "false" })) },
  },
  {
    call: "UpdateUserAttributes to somebody else's address",
    does: async (t) => {
      const { AccessToken } = await (await t.newPerson()).signIn();
      const { email } = await t.newPerson();
      return t.sdk.send(
        new UpdateUserAttributesCommand({ AccessToken, UserAttributes: attributes({ email }) }),
      );
    },
    answers: "AliasExistsException",
  },
  {
    call: "VerifyUserAttribute with the code that was sent",
    does: async (t) => {
      const { AccessToken } = await (await t.newPerson()).signIn();
      const email = t.newAddress();
      await t.sdk.send(
        new UpdateUserAttributesCommand({ AccessToken, UserAttributes: attributes({ email }) }),
      );
      await t.sdk.send(
        new VerifyUserAttributeCommand({ AccessToken, AttributeName: "email", Code: t.codeFor(email) }),
      );
      return getUser(t, AccessToken);
    },
    answers: { UserAttributes: expect.arrayContaining(attributes({ email_verified: "true" })) },
    needs: "mailbox",
  },
  {
    call: "VerifyUserAttribute with a wrong code",
    does: async (t) => {
      const { AccessToken } = await (await t.newPerson()).signIn();
      await t.sdk.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: "email" }));
      return t.sdk.send(
        new VerifyUserAttributeCommand({ AccessToken, AttributeName: "email", Code: "12345x" }),
      );
    },
    answers: "CodeMismatchException",
  },
  {
    call: "GetUserAttributeVerificationCode",
    does: async (t) => {
      const { AccessToken } = await (await t.newPerson()).signIn();
      return t.sdk.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: "email" }));
    },
    answers: MAILED,
  },
  {
    call: "AdminGetUser after DeleteUser",
    does: async (t) => {
      const person = await t.newPerson();
      const { AccessToken } = await person.signIn();
      await t.sdk.send(new DeleteUserCommand({ AccessToken }));
      return t.sdk.send(new AdminGetUserCommand({ UserPoolId: t.poolId, Username: person.email }));
    },
    answers: "UserNotFoundException",
  },
];
