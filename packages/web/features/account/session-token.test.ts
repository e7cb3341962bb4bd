import { expect, test } from "vitest";
import { accountIdOfSession, isExpiring, readClaims, roleOf, type Session } from "./session-token.ts";

const subject = "00000000-0000-4000-8000-000000000007";

function sessionOf(claims: object): Session {
  const payload = Buffer.from(JSON.stringify({ sub: subject, exp: 1_000_000, ...claims })).toString(
    "base64url",
  );
  return { accessToken: `header.${payload}.signature`, refreshToken: "r", displayName: "하루" };
}

test("claims are read from a token, names in Hangul included", () => {
  expect(readClaims(sessionOf({ name: "김하루" }).accessToken).name).toBe("김하루");
  expect(accountIdOfSession(sessionOf({}))).toBe(`acc_${subject}`);
});

test("what is no token throws instead of giving empty claims", () => {
  for (const token of ["", "a.b.c", "only-one-part"]) expect(() => readClaims(token)).toThrow();
});

test("the highest group is the role, and none makes a reader", () => {
  expect(roleOf(sessionOf({ "cognito:groups": ["reader", "admin", "author"] }))).toBe("admin");
  expect(roleOf(sessionOf({ "cognito:groups": ["something-else"] }))).toBe("reader");
  expect(roleOf(sessionOf({}))).toBe("reader");
});

test("a token is renewed a minute before it ends and not earlier", () => {
  const session = sessionOf({ exp: 1_000_000 });
  expect(isExpiring(session, new Date((1_000_000 - 61) * 1000))).toBe(false);
  expect(isExpiring(session, new Date((1_000_000 - 60) * 1000))).toBe(true);
});
