import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { renderPost } from "@haru/core/markdown/render";
import { planImport } from "@haru/core/transfer/plan";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const files = readdirSync(path.join(root, "content"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".md"))
  .map((file) => ({
    path: file.split(path.sep).join("/"),
    text: readFileSync(path.join(root, "content", file), "utf8"),
  }));
const { works, skipped, failed } = planImport(files, "en");
const pages = works.flat().map(({ path: file, post }) => ({ file, html: renderPost(post.markdown).html }));

test("every sample post can be imported and exists in both languages", () => {
  expect([failed, skipped]).toEqual([[], []]);
  expect(works.length).toBeGreaterThanOrEqual(6);
  expect(works.map((work) => work.map(({ post }) => post.lang))).toEqual(works.map(() => ["en", "ko"]));
});

test("links and pictures of the sample posts lead to something", () => {
  const slugs = new Set(works.flat().map(({ post }) => post.slug));
  const broken = pages.flatMap(({ file, html }) =>
    [...html.matchAll(/ (?:href|src)="([^"]*)"/g)]
      .map(([, address = ""]) => address)
      .filter((address) => {
        if (address.startsWith("#")) return !html.includes(` id="${decodeURIComponent(address.slice(1))}"`);
        if (address.startsWith("/")) return !existsSync(path.join(root, "packages/web/public", address));
        return !address.startsWith("https://example.com") && !slugs.has(address);
      })
      .map((address) => `${file}: ${address}`),
  );
  expect(broken).toEqual([]);
});
