import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { cleanVerdict, judge } from "../../test/markdown-oracle.ts";
import { renderPost } from "./render.ts";

/** Real articles with MDX in them. They are input from outside the repository and may be absent. */
const folder = resolve(import.meta.dirname, "../../../../../shared/data/posts");
const present = existsSync(folder);
const articles = present
  ? readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /^(?:ko|en)[\\/].*\.md$/.test(file))
      .map((file) => ({
        file,
        markdown: readFileSync(join(folder, file), "utf8").replace(/^---\n.*?\n---\n/s, ""),
      }))
      .map(({ file, markdown }) => ({ file, markdown, html: renderPost(markdown).html }))
  : [];

test.skipIf(!present)("real articles become clean, well-formed pages", () => {
  expect(articles.length).toBeGreaterThanOrEqual(60);
  for (const { file, html } of articles) {
    expect(judge(html), file).toEqual(cleanVerdict(html));
  }
});

test.skipIf(!present)("no tag or expression of a real article is left as text outside its code", () => {
  const left = articles.flatMap(({ file, html }) => {
    const text = html.replace(/<(pre|code)\b.*?<\/\1>/gs, "");
    return [...text.matchAll(/&lt;\/?[A-Za-z]\w*|\{[^}]*\}/g)].map(([tag]) => `${file}: ${tag}`);
  });
  expect(left).toEqual([]);
});

test.skipIf(!present)("every block of code of a real article is there, with its marked lines", () => {
  for (const { file, markdown, html } of articles) {
    const fences = markdown.match(/^[ \t]*(`{3,})[^`\n]*\n(?:.*\n)*?[ \t]*\1[ \t]*$/gm)?.length ?? 0;
    expect(html.match(/<pre /g)?.length ?? 0, file).toBeGreaterThanOrEqual(fences);
    if (/^```\w+ \{\d/m.test(markdown)) expect(html, file).toContain("code-line-marked");
  }
});
