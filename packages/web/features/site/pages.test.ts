import { expect, test } from "vitest";
import { type Pages, withPage } from "./pages.ts";

const first: Pages<string> = { items: ["a", "b"], cursor: "after b" };
const second: Pages<string> = { items: ["c"], cursor: "after c" };

test("a page stands behind those before it, and a first page in place of them", () => {
  expect(withPage(undefined, undefined, first)).toEqual(first);
  expect(withPage(first, "after b", second)).toEqual({ items: ["a", "b", "c"], cursor: "after c" });
  expect(withPage(first, "after b", { items: ["c"] })).toEqual({ items: ["a", "b", "c"] });
  expect(withPage(second, undefined, first)).toEqual(first);
});

test("a page that was asked for twice is added once", () => {
  const shown = withPage(first, "after b", second);
  expect(withPage(shown, "after b", second)).toBe(shown);
});

test("a page of what was looked for before is dropped", () => {
  const other: Pages<string> = { items: ["x"], cursor: "after x" };
  expect(withPage(other, "after b", second)).toBe(other);
  expect(withPage({ items: [] }, "after b", second)).toEqual({ items: [] });
  expect(withPage(undefined, "after b", second)).toBeUndefined();
});

test("what was changed in between stays changed", () => {
  const changed = { ...first, items: ["B"] };
  expect(withPage(changed, "after b", second)?.items).toEqual(["B", "c"]);
});
