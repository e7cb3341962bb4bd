import {
  AdminConfirmSignUpCommand,
  AdminDisableUserCommand,
  ConfirmSignUpCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect } from "vitest";
import { PASSWORD } from "../user-pool.ts";
import { attributes, MAILED, type Row, signIn, type Target } from "./row.ts";

const signUp = (t: Target, Username: string, Password = PASSWORD, values: Record<string, string> = {}) =>
  t.sdk.send(
    new SignUpCommand({ ClientId: t.clientId, Username, Password, UserAttributes: attributes(values) }),
  );
const confirm = (t: Target, Username: string, ConfirmationCode: string) =>
  t.sdk.send(new ConfirmSignUpCommand({ ClientId: t.clientId, Username, ConfirmationCode }));
const resend = (t: Target, Username: string) =>
  t.sdk.send(new ResendConfirmationCodeCommand({ ClientId: t.clientId, Username }));

async function signedUp(t: Target): Promise<string> {
  const email = t.newAddress();
  await signUp(t, email);
  return email;
}

const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/);

const otherCode = (code: string) => (code === "000000" ? "000001" : "000000");

export const signUpRows: readonly Row[] = [
  {
    call: "SignUp with a new address sends a code and masks where it went",
    does: (t) => signUp(t, t.newAddress(), PASSWORD, { name: "김하루" }),
    answers: {
      UserConfirmed: false,
      UserSub: UUID,
      ...MAILED,
    },
  },
  {
    call: "SignUp with an address in other letter case of somebody's",
    does: async (t) => signUp(t, (await signedUp(t)).toUpperCase()),
    answers: "UsernameExistsException",
  },
  {
    call: "SignUp with an address that somebody confirmed",
    does: async (t) => signUp(t, (await t.newPerson()).email),
    answers: "UsernameExistsException",
  },
  {
    call: "SignUp with a password that is too short",
    does: (t) => signUp(t, t.newAddress(), "Ab1!xyz"),
    answers: "InvalidPasswordException",
  },
  ...["lowercase-only-1", "UPPERCASE-ONLY-1", "No-Digits-At-All", "NoSymbolsHere1"].map((password) => ({
    call: `SignUp with ${password} against the policy`,
    does: (t: Target) => signUp(t, t.newAddress(), password),
    answers: "InvalidPasswordException",
  })),
  {
    call: "SignUp with a name that is no address",
    does: (t) => signUp(t, "kim"),
    answers: "InvalidParameterException",
  },
  {
    call: "SignUp with an attribute that the pool does not have",
    does: (t) => signUp(t, t.newAddress(), PASSWORD, { "custom:shoe": "42" }),
    answers: "InvalidParameterException",
  },
  {
    call: "SignUp that says its own address is verified",
    does: (t) => signUp(t, t.newAddress(), PASSWORD, { email_verified: "true" }),
    answers: "NotAuthorizedException",
  },
  {
    call: "SignUp at a client that does not exist",
    does: (t) =>
      t.sdk.send(new SignUpCommand({ ClientId: "nobody", Username: t.newAddress(), Password: PASSWORD })),
    answers: "ResourceNotFoundException",
  },
  {
    call: "ConfirmSignUp with the code that was sent",
    does: async (t) => {
      const email = await signedUp(t);
      await confirm(t, email, t.codeFor(email));
      return signIn(t, email, PASSWORD);
    },
    answers: { TokenType: "Bearer" },
    needs: "mailbox",
  },
  {
    call: "ConfirmSignUp with a wrong code",
    does: async (t) => {
      const email = await signedUp(t);
      return confirm(t, email, otherCode(t.codeFor(email)));
    },
    answers: "CodeMismatchException",
    needs: "mailbox",
  },
  {
    call: "ConfirmSignUp with the right code after five wrong ones",
    does: async (t) => {
      const email = await signedUp(t);
      for (let attempt = 0; attempt < 5; attempt += 1) {
        await confirm(t, email, otherCode(t.codeFor(email))).catch(() => {});
      }
      return confirm(t, email, t.codeFor(email));
    },
    answers: "LimitExceededException",
    needs: "mailbox",
  },
  {
    call: "ConfirmSignUp of somebody who is confirmed",
    does: async (t) => confirm(t, (await t.newPerson()).email, "123456"),
    answers: "NotAuthorizedException",
  },
  {
    call: "ConfirmSignUp of nobody",
    does: (t) => confirm(t, t.newAddress(), "123456"),
    answers: "ExpiredCodeException",
  },
  {
    call: "ConfirmSignUp a day after the code was sent",
    does: async (t) => {
      const email = await signedUp(t);
      t.passSeconds(24 * 3600);
      return confirm(t, email, t.codeFor(email));
    },
    answers: "ExpiredCodeException",
    needs: "clock",
  },
  {
    call: "ConfirmSignUp with the first of two codes",
    does: async (t) => {
      const email = await signedUp(t);
      const first = t.codeFor(email);
      do await resend(t, email);
      while (t.codeFor(email) === first);
      return confirm(t, email, first);
    },
    answers: "CodeMismatchException",
    needs: "mailbox",
  },
  {
    call: "ResendConfirmationCode",
    does: async (t) => resend(t, await signedUp(t)),
    answers: MAILED,
  },
  {
    call: "ResendConfirmationCode to nobody looks the same",
    does: (t) => resend(t, t.newAddress()),
    answers: MAILED,
  },
  {
    call: "ResendConfirmationCode to somebody who is confirmed",
    does: async (t) => resend(t, (await t.newPerson()).email),
    answers: "InvalidParameterException",
  },
  {
    call: "ResendConfirmationCode to somebody who is disabled looks as to nobody",
    does: async (t) => {
      const email = await signedUp(t);
      await t.sdk.send(new AdminDisableUserCommand({ UserPoolId: t.poolId, Username: email }));
      return resend(t, email);
    },
    answers: MAILED,
  },
  {
    call: "AdminConfirmSignUp lets somebody in without a code and leaves the address unverified",
    does: async (t) => {
      const email = await signedUp(t);
      await t.sdk.send(new AdminConfirmSignUpCommand({ UserPoolId: t.poolId, Username: email }));
      const { IdToken = "" } = await signIn(t, email, PASSWORD);
      return JSON.parse(Buffer.from(IdToken.split(".")[1] ?? "", "base64url").toString());
    },
    answers: { email_verified: false },
  },
  {
    call: "InitiateAuth before the address is confirmed",
    does: async (t) => signIn(t, await signedUp(t), PASSWORD),
    answers: "UserNotConfirmedException",
  },
  {
    call: "InitiateAuth with a wrong password before the address is confirmed",
    does: async (t) => signIn(t, await signedUp(t), "Wrong-horse-7"),
    answers: "NotAuthorizedException",
  },
];
