import { displayNameSchema, emailSchema, passwordPolicy } from "@haru/core/account/account.contract";
import type { FieldErrors } from "@haru/core/errors";
import type { AccountMessages } from "./messages.ts";

/** The pool's policy rule by rule, to show what is still missing while one types. */
export function passwordRules(password: string) {
  return {
    length: password.length >= passwordPolicy.minimumLength,
    lowercase: passwordPolicy.lowercase.test(password),
    uppercase: passwordPolicy.uppercase.test(password),
    digit: passwordPolicy.digit.test(password),
  };
}
export type PasswordRule = keyof ReturnType<typeof passwordRules>;

const codePattern = /^\s*\d{6}\s*$/;

function collect(checks: readonly [field: string, isRight: boolean, message: string][]): FieldErrors {
  return Object.fromEntries(
    checks.filter(([, isRight]) => !isRight).map(([field, , message]) => [field, [message]]),
  );
}

const isEmail = (value: string) => emailSchema.safeParse(value).success;

export function checkSignUp(
  input: { email: string; password: string; displayName: string },
  text: AccountMessages,
): FieldErrors {
  return collect([
    ["displayName", displayNameSchema.safeParse(input.displayName).success, text.errors.displayName],
    ["email", isEmail(input.email), text.errors.email],
    ["password", Object.values(passwordRules(input.password)).every(Boolean), text.errors.password],
  ]);
}

export function checkSignIn(input: { email: string; password: string }, text: AccountMessages): FieldErrors {
  return collect([
    ["email", isEmail(input.email), text.errors.email],
    ["password", input.password !== "", text.errors.passwordMissing],
  ]);
}

export function checkConfirm(input: { email: string; code: string }, text: AccountMessages): FieldErrors {
  return collect([
    ["email", isEmail(input.email), text.errors.email],
    ["code", codePattern.test(input.code), text.errors.code],
  ]);
}

export function checkReset(input: { code: string; password: string }, text: AccountMessages): FieldErrors {
  return collect([
    ["code", codePattern.test(input.code), text.errors.code],
    ["password", Object.values(passwordRules(input.password)).every(Boolean), text.errors.password],
  ]);
}
