import * as fc from "fast-check";
import { expect, test } from "vitest";
import { cleanVerdict, judge } from "../../../test/markdown-oracle.ts";
import { renderComment } from "../../markdown/render.ts";
import { readQuery } from "../query.ts";
import { markHtml, textOfHtml } from "./html-text.ts";
import { patternOf } from "./passage.ts";

const patternFor = (q: string) => patternOf(readQuery(q));

test("what fits is marked in text alone, through emphasis and beside entities", () => {
  const html = '<p>데이터 <strong>베이스</strong> &amp; <a href="/데이터">데이터는 &lt;b&gt;</a></p>';
  expect(markHtml(html, patternFor("데이터"))).toBe(
    '<p><mark>데이터</mark> <strong>베이스</strong> &#38; <a href="/데이터"><mark>데이터</mark>는 &#60;b&#62;</a></p>',
  );
  expect(markHtml(html, patternFor("amp lt gt b"))).not.toContain("mark");
  expect(markHtml(html, patternFor("tag:하루"))).toBe(html);
});

test("whatever somebody wrote, marks add nothing but themselves", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "<b>",
      "&amp;",
      "&lt;script&gt;",
      '"',
      "'",
      "`<i>`",
      "```js\nconst a = 1;\n```\n",
      "**",
      "> ",
    ),
    fc.constantFrom("script", "데이터베이스", "amp", "lt", "38", "[x](https://example.com/script)", "\n\n- "),
    fc.string({ unit: "grapheme", maxLength: 8 }),
  );
  const written = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(" "));
  fc.assert(
    fc.property(
      written,
      fc.oneof(fc.constantFrom("script", "amp lt 38", "데이터 b a"), piece),
      (markdown, q) => {
        const { html } = renderComment(markdown);
        const marked = markHtml(html, patternFor(q));
        expect(textOfHtml(marked)).toBe(textOfHtml(html));
        const tagsOf = (text: string) => text.match(/<[^>]*>/g)?.filter((tag) => !/^<\/?mark>$/.test(tag));
        expect(tagsOf(marked)).toEqual(tagsOf(html));
        expect(judge(marked)).toEqual(cleanVerdict(marked));
      },
    ),
    { numRuns: 300 },
  );
});
