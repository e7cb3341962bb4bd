import { expect, test } from "vitest";
import { measure, outlineOf } from "./text-measure.ts";

test.each([
  ["", 0, 0],
  ["---\n\n***", 0, 0],
  ["**가을** 아침에 걷는다.", 3, 9],
  ["# A title\n\n- one\n- two", 4, 12],
])("the length of %j leaves out the marks of Markdown", (text, words, characters) => {
  expect(measure(text)).toEqual({ words, characters });
});

test("the outline has the headings, and none from inside a block of code", () => {
  const text = "# 하나\n\n```sh\n# no\n```\n\n## 둘 ##\n~~~\n## no\n```\n~~~\n### 셋";
  expect(outlineOf(text)).toEqual([
    { level: 1, text: "하나", line: 1 },
    { level: 2, text: "둘", line: 7 },
    { level: 3, text: "셋", line: 12 },
  ]);
});
