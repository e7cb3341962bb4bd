import { expect, test } from "vitest";
import { negotiateLocale } from "./locale.ts";

test.each([
  [undefined, "ko"],
  ["", "ko"],
  ["fr", "ko"],
  ["en-GB,en;q=0.9", "en"],
  ["fr-FR, en;q=0.8, ko;q=0.4", "en"],
  ["en;q=0.4, ko-KR;q=0.8", "ko"],
  ["en;q=0, fr", "ko"],
  [";;;q=,,en;q=x", "ko"],
] as const)("Accept-Language %j is answered in %s", (header, locale) => {
  expect(negotiateLocale(header)).toBe(locale);
});

test("a visitor who asks for none of our languages gets the one that the site prefers", () => {
  expect(negotiateLocale("fr", "en")).toBe("en");
  expect(negotiateLocale("ko", "en")).toBe("ko");
});
