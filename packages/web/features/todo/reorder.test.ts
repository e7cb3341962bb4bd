import * as fc from "fast-check";
import { expect, test } from "vitest";
import { placeAt } from "./reorder.ts";

const places = fc
  .uniqueArray(fc.stringMatching(/^[0-9A-Za-z]{0,3}[1-9A-Za-z]$/), { minLength: 1, maxLength: 8 })
  .map((positions) => positions.sort((a, b) => (a < b ? -1 : 1)).map((position) => ({ position })));

test("a todo that is moved stands exactly where it was put, and no other moves", () => {
  fc.assert(
    fc.property(places, fc.nat(7), fc.nat(7), (shown, from, to) => {
      fc.pre(from < shown.length && to < shown.length && from !== to);
      const position = placeAt(shown, from, to);
      const moved = { position: position as string };
      const wanted = shown.toSpliced(from, 1).toSpliced(to, 0, moved);
      expect([...wanted].sort((a, b) => (a.position < b.position ? -1 : 1))).toEqual(wanted);
    }),
  );
});

test("the first cannot go up, the last cannot go down, and what stays needs no new place", () => {
  const shown = [{ position: "A" }, { position: "B" }];
  expect(placeAt(shown, 0, -1)).toBeUndefined();
  expect(placeAt(shown, 1, 2)).toBeUndefined();
  expect(placeAt(shown, 1, 1)).toBeUndefined();
});
