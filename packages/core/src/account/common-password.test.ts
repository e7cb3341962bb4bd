import { expect, test } from "vitest";
import { passwordSchema } from "./account.contract.ts";
import { isCommonPassword } from "./common-password.ts";

test.each([
  "Password1",
  "P@ssw0rd1!",
  "PASSWORD-2026",
  "Passw0rd",
  "Welcome123",
  "Qwerty123456",
  "1q2w3e4rQwerty".slice(8),
  "Iloveyou1",
  "Admin12345",
  "Ｐａｓｓｗｏｒｄ１",
  "Aa1Aa1Aa1",
  "Abcdefgh1",
  "Letmein99",
  "Dkssudgktpdy1",
])("a common password is refused: %s", (password) => {
  expect(isCommonPassword(password)).toBe(true);
});

test.each([
  "Gaeul-achim7",
  "Right-horse-7",
  "Correct-horse-7",
  "하루Haru-9월",
  "Passenger-to-Busan4",
  "Kx7mQ2vLp",
])("a password of one's own is taken: %s", (password) => {
  expect(isCommonPassword(password)).toBe(false);
  expect(passwordSchema.safeParse(password).success).toBe(true);
});

test("the contract refuses a common password by its own rule", () => {
  const { error } = passwordSchema.safeParse("Password1");
  expect(error?.issues.map((issue) => "params" in issue && issue.params?.rule)).toEqual(["password_common"]);
});
