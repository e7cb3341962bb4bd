import { expect, test } from "vitest";
import { filesOf, isLastingFile, languageOf } from "./page-files.ts";

test("a page's files are found in its links and in what its scripts load later, each once", () => {
  const html = `
    <link rel="stylesheet" href="/assets/app-ABC.css"><script src="/_next/static/chunks/a~1.js"></script>
    <script>self.__next_f.push([1,"[\\"static/chunks/b.js\\",\\"/_next/static/chunks/a~1.js\\"]"])</script>
    <img src="/media/photo.avif"><a href="/ko/todos">할 일</a>`;
  expect(filesOf(html)).toEqual([
    "/_next/static/chunks/a~1.js",
    "/_next/static/chunks/b.js",
    "/assets/app-ABC.css",
  ]);
});

test("only todo pages and files whose names carry a hash are the worker's: no other page, no API, no picture", () => {
  expect(languageOf("/ko/todos")).toBe("ko");
  expect(languageOf("/en/todos/active")).toBe("en");
  for (const path of ["/ko", "/ko/todoss", "/ko/posts/todos", "/bff/sync/pull", "/fr/todos"])
    expect(languageOf(path), path).toBeUndefined();
  for (const path of ["/bff/sync/pull", "/media/a.js", "/ko/posts/assets/", "/auth/session"])
    expect(isLastingFile(path), path).toBe(false);
  expect(isLastingFile("/assets/app-ABC.css")).toBe(true);
});
