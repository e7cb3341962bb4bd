import { expect, test } from "vitest";
import { readSearchAddress } from "./address.ts";
import { searchPath } from "./search-path.ts";

test("an address says what differs from the page's own language, and is read as it was written", () => {
  const address = {
    q: "서버 & 리스",
    lang: "en",
    tag: "a b",
    author: undefined,
    year: "2026",
    cursor: "c=",
  } as const;
  const path = searchPath("ko", address);
  expect(path).toMatch(/^\/ko\/search\?q=/);
  expect(readSearchAddress(new URL(path, "http://haru.example").searchParams)).toEqual(address);
  expect(searchPath("ko", { q: "글", lang: "ko" })).toBe(`/ko/search?q=${encodeURIComponent("글")}`);
  expect(searchPath("en")).toBe("/en/search");
});

test("what an address should not hold is left out", () => {
  const query = new URLSearchParams("q=%20%20&lang=xx&year=20x6&tag=");
  expect(readSearchAddress(query)).toEqual({
    q: "",
    lang: undefined,
    tag: undefined,
    author: undefined,
    year: undefined,
    cursor: undefined,
  });
});
