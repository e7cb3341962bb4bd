import { expect, test } from "vitest";
import { placeInPreview } from "./scroll-in-step.ts";

const pairs = [
  { source: 0, preview: 0 },
  { source: 100, preview: 300 },
  { source: 200, preview: 320 },
];

test.each([
  [0, 0],
  [50, 150],
  [100, 300],
  [150, 310],
  [200, 320],
  [900, 320],
])("%d pixels down the text is %d pixels down the preview", (source, preview) => {
  expect(placeInPreview(pairs, source)).toBe(preview);
});

test("a text without anything in common begins at the top", () => {
  expect(placeInPreview([], 40)).toBe(0);
});
