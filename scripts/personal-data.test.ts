import { expect, test } from "vitest";
import { personalIn } from "./personal-data.ts";

test.each([
  ["an e-mail", '{"message":"x","email":"person-1@haru.example"}'],
  ["an e-mail", "GET /people?email=person%40haru.example"],
  ["a password", "Right-horse-7"],
  ["a token", "Bearer eyJraWQiOiJhYmMiLCJhbGciOi.eyJzdWIiOiIx.sig"],
  ["a token", "a cookie that is encrypted: eyJhbGciOiJkaXIiLCJlbmMi..iv"],
  ["a name", "이하늘 2"],
])("%s in a line of a log is found: %s", (what, line) => {
  expect(personalIn(line)).toBe(what);
});

test("ids, codes of errors and addresses of pages are nothing personal", () => {
  const line =
    '{"level":"INFO","message":"An upload was handled","key":"uploads/avt_00/pic_1","outcome":"ready"}';
  expect(personalIn(line)).toBeUndefined();
});
