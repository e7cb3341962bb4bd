import { ApiError } from "@haru/core/client";
import { errorCodes } from "@haru/core/errors";
import { expect, test } from "vitest";
import { isRefused, isSignedOut } from "./server-api.ts";

test("nobody is sent to the sign-in page, and no page fails, because the API refused a question to somebody it let in", () => {
  const errors = errorCodes.map((code) => new ApiError(code, code, {}));
  expect(errors.filter(isSignedOut).map(({ code }) => code)).toEqual(["unauthenticated"]);
  const refused = errors.filter(isRefused).map(({ code }) => code);
  expect(refused).toEqual(expect.arrayContaining(["forbidden", "rate_limited"]));
  for (const code of ["unauthenticated", "internal", "unavailable"]) expect(refused).not.toContain(code);
  expect(isRefused(new TypeError("fetch failed"))).toBe(false);
});
