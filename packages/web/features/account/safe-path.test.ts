import { expect, test } from "vitest";
import { safePath } from "./safe-path.ts";

test("paths of this site are kept with their query and fragment", () => {
  expect(safePath("/ko/posts/a?x=1#comments", "/ko")).toBe("/ko/posts/a?x=1#comments");
  expect(safePath("/ko/posts/하루", "/ko")).toBe("/ko/posts/%ED%95%98%EB%A3%A8");
});

test("nothing leads to another origin or runs", () => {
  for (const next of [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "ko/posts",
    "/..//evil.example",
    "/.//evil.example",
    "",
    null,
    undefined,
  ])
    expect(safePath(next, "/ko"), String(next)).toBe("/ko");
});
