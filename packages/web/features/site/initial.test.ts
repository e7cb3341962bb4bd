import { expect, test } from "vitest";
import { initialOf, tintOf } from "./initial.ts";

test("an initial is what a reader sees as the first letter", () => {
  expect(initialOf("김하루")).toBe("김");
  expect(initialOf(" ada")).toBe("A");
  expect(initialOf("👩‍💻 dev")).toBe("👩‍💻");
  expect(initialOf("")).toBe("");
});

test("a person keeps one of the six grounds", () => {
  const tints = Array.from({ length: 60 }, (_, person) => tintOf(`acc_${person}`));
  expect(tintOf("acc_1")).toBe(tintOf("acc_1"));
  expect(new Set(tints)).toEqual(new Set([1, 2, 3, 4, 5, 6]));
});
