import { pageTag } from "@haru/core/page-tag";
import { expect, test } from "vitest";
import { cacheTag } from "./cache-tag.ts";

test("short ASCII tags stay readable", () => {
  expect(cacheTag(postTag("en", "one-table"))).toBe("post:en:one-table");
  expect(cacheTag(postsTag("ko"))).toBe("posts:ko");
});

test("Hangul and long slugs become ASCII within Next's limit of 256 characters, and stay apart", () => {
  const tags = [pageTag("ko", "하루"), pageTag("ko", "하루-이틀"), pageTag("ko", "가".repeat(120))].map(
    cacheTag,
  );
  for (const tag of tags) expect(tag).toMatch(/^[\x21-\x7e]{1,256}$/);
  expect(new Set(tags).size).toBe(3);
});
