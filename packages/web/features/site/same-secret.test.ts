import { expect, test } from "vitest";
import { isSameSecret } from "./same-secret.ts";

test("only the whole secret opens, and an empty one never does", () => {
  expect(isSameSecret("secret", "secret")).toBe(true);
  for (const given of ["secre", "secret ", "SECRET", "", null])
    expect(isSameSecret(given, "secret")).toBe(false);
  expect(isSameSecret("", "")).toBe(false);
});
