import { slugSchema } from "@haru/core/post/post.contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import { numberedSlug, suggestSlug } from "./slug.ts";

test("titles in both languages become addresses that can be read", () => {
  expect(suggestSlug("DynamoDB 한 테이블로: 블로그와 할 일!")).toBe("dynamodb-한-테이블로-블로그와-할-일");
  expect(suggestSlug("  Don’t panic — it’s C++  ")).toBe("dont-panic-its-c");
  expect(suggestSlug("하루".normalize("NFD"))).toBe("하루");
});

test("a title without letters suggests nothing", () => {
  for (const title of ["", "   ", "!!!", "🎉"]) expect(suggestSlug(title)).toBe("");
});

test("whatever is suggested is what the contract takes, also with a number behind it", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.integer({ min: 1, max: 99 }),
      (title, attempt) => {
        const slug = suggestSlug(title);
        if (slug !== "")
          expect(slugSchema.parse(numberedSlug(slug, attempt))).toBe(numberedSlug(slug, attempt));
      },
    ),
    { numRuns: 2_000 },
  );
});

test("long titles end at a word", () => {
  const slug = suggestSlug("가나다라마바사 ".repeat(20));
  expect(slug.length).toBeLessThanOrEqual(80);
  expect(slug.endsWith("가나다라마바사")).toBe(true);
});
