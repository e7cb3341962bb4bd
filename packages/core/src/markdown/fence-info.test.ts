import { expect, test } from "vitest";
import { parseFenceInfo } from "./fence-info.ts";

test.each([
  ["", { language: "", fileName: undefined, hidden: false, markedLines: [] }],
  [
    "js {1, 3-5} src/App.js",
    {
      language: "js",
      fileName: "src/App.js",
      hidden: false,
      markedLines: [
        [1, 1],
        [3, 5],
      ],
    },
  ],
  ["js src/App.js hidden", { language: "js", fileName: "src/App.js", hidden: true, markedLines: [] }],
  ["js{2}", { language: "js", fileName: undefined, hidden: false, markedLines: [[2, 2]] }],
  ['ts title="내 파일.ts"', { language: "ts", fileName: "내 파일.ts", hidden: false, markedLines: [] }],
  ["ts:src/a.ts", { language: "ts", fileName: "src/a.ts", hidden: false, markedLines: [] }],
  ["{1} a.css", { language: "", fileName: "a.css", hidden: false, markedLines: [[1, 1]] }],
  ["c++ {1-}", { language: "c++", fileName: undefined, hidden: false, markedLines: [] }],
  ["ruby startline=3 $%@#$", { language: "ruby", fileName: undefined, hidden: false, markedLines: [] }],
])("%s", (info, expected) => {
  const { markedLines, ...rest } = parseFenceInfo(info);
  expect({ ...rest, markedLines: markedLines.map(({ from, to }) => [from, to]) }).toEqual(expected);
});
