import { expect, test } from "vitest";
import { cleanVerdict, judge } from "../../test/markdown-oracle.ts";
import { maxCommentBytes } from "../comment/comment.contract.ts";
import { AppError } from "../errors.ts";
import { maxHtmlLength } from "./limit.ts";
import { renderComment, renderPost } from "./render.ts";

const length = 50_000;
const fill = (unit: string) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
const halves = (opening: string, closing: string) =>
  opening.repeat(length / 2 / opening.length) + closing.repeat(length / 2 / closing.length);
const lines = (line: (index: number) => string) => {
  let text = "";
  for (let index = 0; text.length < length; index++) text += line(index);
  return text.slice(0, length);
};
const code = (language: string, unit: string) => `\`\`\`${language}\n${fill(unit)}`;

/** Texts that make some parser or another quadratic, exponential or deeply recursive. */
const hostile: Readonly<Record<string, string>> = {
  "emphasis that never closes": fill("*a_ "),
  "one long run of stars": fill("*"),
  "strong emphasis 10,000 deep": `${"*".repeat(20_000)}a${"*".repeat(20_000)}`,
  "emphasis inside words": fill("a**b"),
  "strikethrough that never closes": fill("~~a~"),
  "lists in one line": fill("- "),
  "numbered lists in one line": fill("1. "),
  "lists ever deeper": lines((index) => `${"  ".repeat(index % 60)}- a\n`),
  "quotes in one line": fill("> "),
  "quotes ever deeper": lines((index) => `${">".repeat(index % 200)}a\n`),
  "opening brackets": fill("["),
  "brackets 25,000 deep": halves("[", "]"),
  "links that never close": fill("[a]("),
  "links with an open address": fill("[a](<b"),
  "images inside images": halves("![", "](x)"),
  "references without end": lines((index) => `[a${index}]: /u\n`),
  "open comments": fill("<!--"),
  "open comments on lines": fill("{/*\n"),
  "backticks of every length": lines((index) => `${"`".repeat(index % 300)} `),
  "entities without end": fill("&#"),
  "a table as wide as the text": `|${"a|".repeat(12_000)}\n|${"-|".repeat(12_000)}\n|x|`,
  "a table as long as the text": `|a|b|\n|-|-|\n${fill("|\n")}`,
  "10,000 headings": lines((index) => `# a-${index % 50}\n`),
  "a table of contents after every heading": fill("# a\n<InlineToc />\n"),
  "footnotes without end": lines((index) => `[^${index}]: a\n`),
  "footnotes inside footnotes": lines((index) => `[^${index}]: `),
  "a chain of footnotes": `${lines((index) => `[^${index}]: [^${index + 1}]\n\n`)}[^0]`,
  "one footnote referred to 10,000 times": `[^1]: a\n\n${fill("[^1]")}`,
  "inline footnotes 10,000 deep": halves("^[", "]"),
  "bare addresses": fill("http://a."),
  "Korean emphasis that never closes": fill("가**나(**"),
  "components 10,000 deep": halves("<A>\n", "</A>\n"),
  "known components on one line": halves("<Note>", "</Note>"),
  "components that leave their list": `- x\n${halves("  <A>\n", "</A>\n")}`,
  "components that never close": lines((index) => `<A${index}>\n`),
  "fragments 5,000 deep": halves("<>\n", "</>\n"),
  "tags with open braces": fill("<A {"),
  "tags with open strings": fill('<A a="'),
  "tags over many lines": fill("<A\n"),
  "tags inside a line": halves("<b>", "</b>"),
  "tags that cross": halves("<b><i>", "</b>"),
  "links inside links": halves("<a href='x'>", "</a>"),
  "open expressions": fill("{'"),
  "module lines": fill("export const a\n\n"),
  "callouts without end": fill("> [!NOTE]\n\n"),
  "template strings in code": code("js", "$" + "{`"),
  "comments in code with every line marked": code("js {1-99999}", "/*\n"),
  "type arguments in code": code("ts", "f<T,"),
  "elements in code": code("jsx", "<a>{"),
  "Markdown in code": code("md", "*_["),
  "braces in code": code("graphql", "{"),
  "blocks in styles": code("css", "a{"),
  "blank lines": fill("\n"),
  "spaces in a line": `a${fill(" ")}b`,
};

/** Two attempts of a second each, and what a busy machine adds. */
const limitMilliseconds = 4_000;
/** Characters up to which the judge looks at a page; it is slower than the renderer. */
const judgedLength = 100_000;

test.each(Object.entries(hostile))("%s: ends in time, in a bounded and clean page", (_name, markdown) => {
  const renderings = [() => renderPost(markdown), () => renderComment(markdown.slice(0, maxCommentBytes))];
  for (const render of renderings) {
    const started = performance.now();
    const html = htmlOrRefusal(() => render().html);
    expect(performance.now() - started).toBeLessThan(limitMilliseconds);
    expect(html.length).toBeLessThanOrEqual(maxHtmlLength);
    if (html.length <= judgedLength) expect(judge(html)).toEqual(cleanVerdict(html));
  }
});

function htmlOrRefusal(render: () => string): string {
  try {
    return render();
  } catch (error) {
    if (error instanceof AppError && error.code === "unprocessable") return "";
    throw error;
  }
}

test("after a text that was too slow to colour, the next one is coloured again", () => {
  const slow = renderPost(code("md", "*_[")).html;
  expect(slow).not.toContain("hljs");
  expect(renderPost("```js\nconst a = 1\n```").html).toContain("hljs-keyword");
});

test("nothing that lies too deep is lost: it is shown as it was written", () => {
  const quotes = renderPost(`${"> ".repeat(60)}deep words`).html;
  expect(quotes).toContain("deep words");
  expect(quotes.match(/<blockquote>/g)?.length).toBeLessThanOrEqual(40);
  const stars = renderPost(`${"*".repeat(400)}deep words${"*".repeat(400)}`).html;
  expect(stars).toContain("deep words");
  expect(stars.match(/<strong>/g)?.length).toBeLessThanOrEqual(32);
});

test("what exceeds a cap stays text: footnotes, table cells, components", () => {
  const notes = renderPost(
    Array.from({ length: 300 }, (_, i) => `[^n${i}]\n\n[^n${i}]: note ${i}.`).join("\n\n"),
  );
  expect(notes.html.match(/<li id="fn-/g)).toHaveLength(200);
  expect(notes.html).toContain("note 299.");
  const row = `|${" cell |".repeat(100)}\n`;
  const table = renderPost(`${row}|${"-|".repeat(100)}\n${row.repeat(60)}`).html;
  expect(table).not.toContain("<table>");
  expect(table.match(/cell/g)).toHaveLength(6_100);
});
