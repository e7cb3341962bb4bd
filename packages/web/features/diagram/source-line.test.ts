import { expect, test } from "vitest";
import { sourceLine } from "./source-line.ts";

test.each([
  ["as it is written", "flowchart TD\n  a --> b\n  b[c", 2, 2],
  ["behind the end", "flowchart TD\n  a --> b\n  b[c\n\n", 5, 3],
  ["below comments, which are not counted", "%% one\nflowchart TD\n%% two\n  b[c --> d\n  a", 2, 4],
  ["below front matter and empty lines", "---\ntitle: a\n---\n\nflowchart TD\n  b[c --> d\n  a", 2, 6],
  ["with empty lines between, which are counted", "flowchart TD\n\n  b[c --> d\n  a", 3, 3],
  ["in a source without a word", "\n\n", 1, 1],
])("an author is led to the line that cannot be drawn %s", (_, source, counted, line) => {
  expect(sourceLine(source, counted)).toBe(line);
});
