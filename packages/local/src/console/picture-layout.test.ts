import { expect, test } from "vitest";
import { focusOn, groupParts } from "./page/picture-group.ts";
import { layOut, SHAPE_HEIGHT, SHAPE_WIDTH } from "./page/picture-layout.ts";
import type { ConnectionView, PartKind, PartView, PictureView } from "./view.ts";

const part = (id: string, kind: PartKind, group = id): PartView => ({ id, kind, label: id, group });
const connection = (from: string, to: string, kind: ConnectionView["kind"] = "calls"): ConnectionView => ({
  from,
  to,
  kind,
  by: [`${from} to ${to}`],
});

/** As many functions as a large app has, ten to a noun, all at one table. */
function largePicture(): PictureView {
  const functions = Array.from({ length: 60 }, (_, index) =>
    part(`f${index}`, "function", `noun${index % 6}`),
  );
  return {
    parts: [part("api", "api"), part("table", "table"), part("reader", "function"), ...functions],
    connections: [
      ...functions.map(({ id }) => connection("api", id)),
      ...functions.map(({ id }) => connection(id, "table", "writes")),
      connection("table", "reader"),
    ],
  };
}

test("no two shapes lie upon each other, and work goes from left to right", () => {
  const { shapes, width, height } = layOut(groupParts(largePicture(), false));
  for (const [index, a] of shapes.entries()) {
    expect(a.x + SHAPE_WIDTH).toBeLessThanOrEqual(width);
    expect(a.y + SHAPE_HEIGHT).toBeLessThanOrEqual(height);
    for (const b of shapes.slice(index + 1)) {
      const isApart = Math.abs(a.x - b.x) >= SHAPE_WIDTH || Math.abs(a.y - b.y) >= SHAPE_HEIGHT;
      expect(isApart, `${a.id} and ${b.id}`).toBe(true);
    }
  }
  const x = (id: string) => shapes.find((shape) => shape.id === id)?.x ?? Number.NaN;
  expect(x("api")).toBeLessThan(x("f0"));
  expect(x("f0")).toBeLessThan(x("table"));
  expect(x("table")).toBeLessThan(x("reader"));
});

test("sixty functions are a few shapes when those of a noun are one, and lose no connection", () => {
  const { shapes, connections } = groupParts(largePicture(), true);
  expect(shapes.filter(({ kind }) => kind === "function")).toHaveLength(7);
  expect(shapes.flatMap(({ members }) => members)).toHaveLength(63);
  expect(connections).toHaveLength(13);
  expect(connections.flatMap(({ by }) => by)).toHaveLength(121);
});

test("the picture of one part shows its neighbours and nothing else", () => {
  const focused = focusOn(groupParts(largePicture(), false), "f7");
  expect(focused.shapes.map(({ id }) => id).toSorted()).toEqual(["api", "f7", "table"]);
  expect(layOut(focused).connections.map(({ path }) => path)).toEqual([
    expect.stringMatching(/^M[\d. ]+C[\d. ]+$/),
    expect.stringMatching(/^M[\d. ]+C[\d. ]+$/),
  ]);
});
