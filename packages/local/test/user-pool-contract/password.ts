import {
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { PASSWORD } from "../user-pool.ts";
import { MAILED, type Person, type Row, type Target } from "./row.ts";

const NEW_PASSWORD = "Another-horse-8";

const forgot = (t: Target, Username: string) =>
  t.sdk.send(new ForgotPasswordCommand({ ClientId: t.clientId, Username }));
const reset = (t: Target, Username: string, ConfirmationCode: string, Password = NEW_PASSWORD) =>
  t.sdk.send(
    new ConfirmForgotPasswordCommand({ ClientId: t.clientId, Username, ConfirmationCode, Password }),
  );
const change = async (t: Target, person: Person, PreviousPassword: string, ProposedPassword: string) => {
  const { AccessToken } = await person.signIn();
  return t.sdk.send(new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword }));
};

export const passwordRows: readonly Row[] = [
  {
    call: "ForgotPassword",
    does: async (t) => forgot(t, (await t.newPerson()).email),
    answers: MAILED,
  },
  {
    call: "ForgotPassword of nobody looks the same",
    does: (t) => forgot(t, t.newAddress()),
    answers: MAILED,
  },
  {
    call: "ConfirmForgotPassword with the code that was sent",
    does: async (t) => {
      const person = await t.newPerson();
      await forgot(t, person.email);
      await reset(t, person.email, t.codeFor(person.email));
      return person.signIn(NEW_PASSWORD);
    },
    answers: { TokenType: "Bearer" },
    needs: "mailbox",
  },
  {
    call: "ConfirmForgotPassword when nobody asked for a code",
    does: async (t) => reset(t, (await t.newPerson()).email, "123456"),
    answers: "ExpiredCodeException",
  },
  {
    call: "ConfirmForgotPassword with a code that has been used",
    does: async (t) => {
      const person = await t.newPerson();
      await forgot(t, person.email);
      const code = t.codeFor(person.email);
      await reset(t, person.email, code);
      return reset(t, person.email, code);
    },
    answers: "ExpiredCodeException",
    needs: "mailbox",
  },
  {
    call: "ConfirmForgotPassword an hour later",
    does: async (t) => {
      const person = await t.newPerson();
      await forgot(t, person.email);
      t.passSeconds(3600);
      return reset(t, person.email, t.codeFor(person.email));
    },
    answers: "ExpiredCodeException",
    needs: "clock",
  },
  {
    call: "ConfirmForgotPassword with a wrong code",
    does: async (t) => {
      const person = await t.newPerson();
      await forgot(t, person.email);
      return reset(t, person.email, "12345x");
    },
    answers: "CodeMismatchException",
  },
  {
    call: "ConfirmForgotPassword of nobody",
    does: (t) => reset(t, t.newAddress(), "123456"),
    answers: "CodeMismatchException",
  },
  {
    call: "ConfirmForgotPassword with a weak password",
    does: async (t) => reset(t, (await t.newPerson()).email, "123456", "weak-password"),
    answers: "InvalidPasswordException",
  },
  {
    call: "ChangePassword",
    does: async (t) => {
      const person = await t.newPerson();
      await change(t, person, PASSWORD, NEW_PASSWORD);
      return person.signIn(NEW_PASSWORD);
    },
    answers: { TokenType: "Bearer" },
  },
  {
    call: "ChangePassword with a wrong old one",
    does: async (t) => change(t, await t.newPerson(), "Wrong-horse-7", NEW_PASSWORD),
    answers: "NotAuthorizedException",
  },
  {
    call: "ChangePassword to a weak one",
    does: async (t) => change(t, await t.newPerson(), PASSWORD, "weak-password"),
    answers: "InvalidPasswordException",
  },
];
