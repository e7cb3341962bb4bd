import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanVerdict, judge } from "../../test/markdown-oracle.ts";
import { renderComment, renderPost } from "./render.ts";

const profiles = [
  ["post", (markdown: string) => renderPost(markdown).html],
  ["comment", (markdown: string) => renderComment(markdown).html],
] as const;

/** Pieces of syntax, so that random texts open and close things in every wrong order. */
const pieces = fc.constantFrom(
  ...[
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```",
    "~~~",
    "\n",
    "\n\n",
    "  ",
    "    ",
    "\t",
    "# ",
    "## ",
    "> ",
    "- ",
    "1. ",
  ],
  ...[
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "](/a)",
    "](http://b)",
    '"',
    "'",
    "|",
    "|-|\n",
    ":",
    "\\",
    "&lt;",
    "&#0;",
  ],
  ...["[^1]", "[^1]: ", "^[", "[ ] ", "[x] ", "[!NOTE]\n", "{", "}", "{/*", "*/}", "{' '}", "<!--", "-->"],
  ...["<b>", "</b>", "<i>", "</i>", "<a href='/x'>", "</a>", "<br/>", "<img src=x>", "<", ">", "/>", "</"],
  ...[
    "<Note>",
    "</Note>",
    "<Note title='a'>\n",
    "<Sandpack>\n",
    "</Sandpack>\n",
    "<div>",
    "</div>",
    "<Foo",
    "<li>",
  ],
  ...[
    "</li>",
    "<details>\n",
    "</details>\n",
    "<Diagram alt='x'>",
    "</Diagram>",
    "<>",
    "</>",
    "<InlineToc />\n",
  ],
  ...[
    "{/*id*/}",
    "{1,3}",
    "js",
    'title="x"',
    "import 'x'\n",
    "export const a = 1\n",
    "가",
    "는",
    "a",
    "1",
    "$",
    "\u202e",
  ],
  ...[
    "https://x.y에서",
    "javascript:",
    "onerror=alert(1)",
    "\u0000",
    "\ud800",
    "\r",
    "\u200b",
    "😀",
    "<script>",
    "</script>",
  ],
);

test.each(profiles)(
  "any text becomes a clean, well-formed %s",
  (_name, render) => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 9, arbitrary: pieces }, fc.string()), { maxLength: 60 }),
        (parts) => {
          const html = render(parts.join(""));
          expect(judge(html)).toEqual(cleanVerdict(html));
        },
      ),
      { numRuns: 600 },
    );
  },
  30_000,
);

/** Syntax that only arranges words. Left out is what hides them on purpose: comments, attributes, definitions. */
const arranging = fc.constantFrom(
  ...[
    "*",
    "**",
    "_",
    "~~",
    "`",
    "\n",
    "\n\n",
    "  ",
    "\n    ",
    "# ",
    "> ",
    "\n> ",
    "- ",
    "\n- ",
    "\n1. ",
    "(",
    ")",
  ],
  ...[
    "[ ] ",
    "[!NOTE]\n",
    "{",
    "}",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<br/>",
    "<kbd>",
    "</kbd>",
    "<Math>",
    "</Math>",
  ],
  ...[
    "<Note>",
    "</Note>",
    "\n<Note>\n",
    "\n</Note>\n",
    "\n  <Note>",
    "<Foo>",
    "</Foo>",
    "\n<Foo>\n",
    "\n</Foo>\n",
  ],
  ...[
    "<Sandpack>\n",
    "\n</Sandpack>\n",
    "\n<TerminalBlock>\n",
    "\n</TerminalBlock>\n",
    "<Diagram>",
    "</Diagram>",
  ],
  ...[
    "<div>",
    "</div>",
    "\n<ul>\n",
    "\n</ul>\n",
    "<li>",
    "</li>",
    "\n<details>\n",
    "\n</details>\n",
    "<>",
    "</>",
  ],
  ...["\n```\n", "\n~~~\n", "\n---\n", "\n===\n"],
);
const words = fc.nat({ max: 99_999 }).map((number) => ` w${number}x `);

test("no word of a post is lost, however its syntax is broken", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 2, arbitrary: arranging }, words), { maxLength: 50 }),
      (parts) => {
        const markdown = parts.join("");
        // Three of them begin a block of code, and the words behind them describe it.
        fc.pre(!/(?:```|~~~).*w/.test(markdown));
        const { html } = renderPost(markdown);
        const lost = parts.filter((part) => /w\d+x/.test(part) && !html.includes(part.trim()));
        expect(lost).toEqual([]);
      },
    ),
    { numRuns: 600 },
  );
});
