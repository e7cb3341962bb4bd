import * as fc from "fast-check";
import { expect, test } from "vitest";
import { cleanVerdict, judge } from "../../test/markdown-oracle.ts";
import { renderComment, renderPost } from "./render.ts";

const html = (markdown: string) => renderPost(markdown).html.trim();

test("formulas become MathML in a line, in a block and in a fence, without style or script", () => {
  expect(html("값은 $\\frac{a}{b}$입니다.")).toBe(
    "<p>값은 <math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>입니다.</p>",
  );
  const block = html("$$\n\\sum_{i=0}^n i\n$$");
  expect(block).toMatch(/^<div class="math" tabindex="0"><math display="block"[^>]*>.*<\/math><\/div>$/s);
  expect(html("```math\n\\sum_{i=0}^n i\n```")).toBe(block);
  expect(html("$$x$$ ")).toContain('<div class="math"');
  const aligned = html("$$\\begin{aligned}a&=b\\\\&=c\\end{aligned}$$");
  expect(aligned).toContain('<mtd class="align-right">');
  expect(aligned).not.toMatch(/ style=|tml-/);
});

test("prices, paths and code stay what they are", () => {
  for (const text of ["$5와 $10 사이", "a$ b $c", "\\$x\\$", "`$x$`", "$HOME/bin", "환율은 $1, 그리고 100$"])
    expect(html(text)).not.toContain("<math");
  expect(html("$$\n끝이 없는 글")).toContain("끝이 없는 글");
});

test("what is no TeX is shown as it was written, and so is a formula that is too long or too deep", () => {
  expect(html("$\\nope$")).toBe("<p><code>$\\nope$</code></p>");
  expect(html("$$\n\\nope <b>\n$$")).toContain("\\nope &lt;b&gt;");
  expect(html(`$${"x".repeat(2_001)}$`)).toContain("xxx");
  expect(html(`$$${"{".repeat(900)}x${"}".repeat(900)}$$`)).toMatch(/x/);
});

test("strangers' dollar signs are dollar signs", () => {
  expect(renderComment("$x$").html).toBe("<p>$x$</p>\n");
});

test.each([
  "$\\href{javascript:alert(1)}{x}$",
  "$\\text{</mtext><script>alert(1)</script>}$",
  '$\\class{x" onclick="alert(1)}{y}$',
  "$\\style{position:fixed}{y}$",
  '$\\color{red" onload="alert(1)}{y}$',
  "$\\includegraphics{https://evil.example/x.png}$",
  "$\\text{<style>*{}</style>}$",
  "$\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}$",
  "$\\def\\a{\\a\\a}\\a$",
  "$\\rule{1000em}{1000em}$",
  "$\\boxed{x}\\cancel{y}\\overbrace{z}^{한글}\\xrightarrow{f}$",
])("no formula brings more than a formula: %s", (markdown) => {
  const made = renderPost(markdown).html;
  expect(judge(made)).toEqual(cleanVerdict(made));
});

test("whatever stands between dollar signs, the page stays clean and the text is not lost", () => {
  const piece = fc.constantFrom(
    ..."\\frac \\text \\color \\begin{matrix} \\end{matrix} { } & \\\\ ^ _ $ $$ < > \" ' x 1 한 \\sqrt \\left( \\right) \\mathrm \\href # % ~".split(
      " ",
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), fc.constantFrom("$", "$$"), (pieces, sign) => {
      const made = renderPost(`앞 ${sign}${pieces.join(" ")}${sign} 뒤`).html;
      expect(judge(made)).toEqual(cleanVerdict(made));
      expect(made).toContain("앞");
      expect(made).toContain("뒤");
    }),
    { numRuns: 200 },
  );
});
