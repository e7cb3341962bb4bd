import { listTag, pageTag } from "@haru/core/page-tag";
import { expect, test } from "vitest";
import { cacheTag } from "./cache-tag.ts";

test("short ASCII tags stay readable", () => {
  expect(cacheTag(pageTag("en", "one-table"))).toBe("post:en:one-table");
});

test("Hangul, slashes and long names become ASCII within Next's limit of 256 characters, and stay apart", () => {
  const list = { lang: "ko", kind: "tag", name: "하루" } as const;
  const slugs = ["하루", "하루-이틀", "가".repeat(120)];
  const tags = [...slugs.map((slug) => pageTag("ko", slug)), listTag(list)].map(cacheTag);
  for (const tag of tags) expect(tag).toMatch(/^[\x21-\x7e]{1,256}$/);
  expect(new Set(tags).size).toBe(4);
});
