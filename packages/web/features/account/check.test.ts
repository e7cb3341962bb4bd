import { passwordSchema } from "@haru/core/account/account.contract";
import { expect, test } from "vitest";
import { checkConfirm, checkSignIn, checkSignUp, passwordRules } from "./check.ts";
import { accountMessages } from "./messages.ts";

const text = accountMessages.ko;

test("the page's rules for a password are those of the contract, which also knows the common ones", () => {
  for (const password of [
    "Gaeul-achim7!",
    "passw0rd",
    "PASSW0RD",
    "Password",
    "Pw0",
    "비밀번호a1A",
    "Ünïcode9x",
  ]) {
    const rules = Object.values(passwordRules(password)).every(Boolean);
    expect(rules, password).toBe(passwordSchema.safeParse(password).success);
  }
});

test("each wrong field gets one sentence, right ones none", () => {
  expect(checkSignUp({ email: "a@example.com", password: "Passw0rd!", displayName: "하루" }, text)).toEqual(
    {},
  );
  expect(Object.keys(checkSignUp({ email: "a@", password: "x", displayName: " " }, text))).toEqual([
    "displayName",
    "email",
    "password",
  ]);
});

test("signing in asks only that something is there", () => {
  expect(checkSignIn({ email: "a@example.com", password: "x" }, text)).toEqual({});
  expect(checkSignIn({ email: "a@example.com", password: "" }, text)).toHaveProperty("password");
});

test("a code may be pasted with spaces around it", () => {
  expect(checkConfirm({ email: "a@example.com", code: " 123456 " }, text)).toEqual({});
  expect(checkConfirm({ email: "a@example.com", code: "12345" }, text)).toHaveProperty("code");
});
