import * as fc from "fast-check";
import { expect, test } from "vitest";
import { placeAt, stepFrom } from "./reorder.ts";

const row = (position: string, group?: string) => ({ position, group });

const places = fc
  .uniqueArray(fc.stringMatching(/^[0-9A-Za-z]{0,3}[1-9A-Za-z]$/), { minLength: 1, maxLength: 8 })
  .map((positions) =>
    positions.sort((a, b) => (a < b ? -1 : 1)).map((position) => ({ position, group: undefined })),
  );

test("a todo that is moved stands exactly where it was put, and no other moves", () => {
  fc.assert(
    fc.property(places, fc.nat(7), fc.nat(7), (shown, from, to) => {
      fc.pre(from < shown.length && to < shown.length && from !== to);
      const place = placeAt(shown, from, to);
      expect(place).toMatchObject({ index: to, count: shown.length });
      const moved = { position: place?.position as string, group: undefined };
      const wanted = shown.toSpliced(from, 1).toSpliced(to, 0, moved);
      expect([...wanted].sort((a, b) => (a.position < b.position ? -1 : 1))).toEqual(wanted);
    }),
  );
});

test("the first cannot go up, the last cannot go down, and what stays needs no new place", () => {
  const shown = [row("A"), row("B")];
  expect(placeAt(shown, 0, -1)).toBeUndefined();
  expect(placeAt(shown, 1, 2)).toBeUndefined();
  expect(placeAt(shown, 1, 1)).toBeUndefined();
});

test("a todo steps over the steps of its neighbour, and a step stays among those of its todo", () => {
  const shown = [row("A"), row("X", "A"), row("Y", "A"), row("B"), row("Z", "B"), row("C")];
  expect(stepFrom(shown, 0, 1)).toBe(3);
  expect(stepFrom(shown, 3, -1)).toBe(0);
  expect(stepFrom(shown, 2, 1)).toBe(-1);
  const down = placeAt(shown, 0, 3)?.position ?? "";
  expect("B" < down && down < "C").toBe(true);
  const up = placeAt(shown, 2, stepFrom(shown, 2, -1));
  expect(up && up.position < "X").toBe(true);
  expect(up).toMatchObject({ index: 0, count: 2 });
  // Let go among its own steps, a todo has not moved; nor has a step in another todo's end of the list.
  expect(placeAt(shown, 0, 2)).toBeUndefined();
  expect(placeAt(shown, 2, 5)).toBeUndefined();
});
