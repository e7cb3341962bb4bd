import * as fc from "fast-check";
import { expect, test } from "vitest";
import { partsOf } from "./window-parts.ts";

const list = fc.record({
  heights: fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 60 }),
  top: fc.integer({ min: -500, max: 5_000 }),
  height: fc.integer({ min: 1, max: 1_000 }),
  focused: fc.option(fc.nat(59), { nil: undefined }),
});

test("what is left out takes exactly the room of its rows, so that nothing jumps", () => {
  fc.assert(
    fc.property(list, ({ heights, top, height, focused }) => {
      let next = 0;
      for (const part of partsOf(heights, top, top + height, focused)) {
        if ("to" in part) {
          expect(part.from).toBe(next);
          next = part.to;
          continue;
        }
        expect(part.after).toBe(next);
        for (let room = part.gapPixels; room > 0; next++) room -= heights[next] as number;
      }
      expect(next).toBe(heights.length);
    }),
  );
});

test("every row that can be seen is there, and so is the one with the focus", () => {
  fc.assert(
    fc.property(list, ({ heights, top, height, focused }) => {
      const there = partsOf(heights, top, top + height, focused).flatMap((part) =>
        "to" in part ? Array.from({ length: part.to - part.from }, (_, i) => part.from + i) : [],
      );
      let offset = 0;
      for (const [index, tall] of heights.entries()) {
        const isSeen = offset + tall > top && offset < top + height;
        expect(there.includes(index)).toBe(isSeen || index === focused);
        offset += tall;
      }
    }),
  );
});
