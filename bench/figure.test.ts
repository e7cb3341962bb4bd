import { expect, test } from "vitest";
import { formatFigure, quantile } from "./figure.ts";

test("a figure says whether its goal was met", () => {
  const figure = { name: "overhead-p50", value: 4.2, unit: "ms" };
  expect(formatFigure("api", figure)).toBe("api.overhead-p50: 4.20 ms");
  expect(formatFigure("api", { ...figure, goal: { operator: "<=", value: 5 } })).toBe(
    "api.overhead-p50: 4.20 ms (goal <= 5: met)",
  );
  expect(formatFigure("api", { ...figure, goal: { operator: ">=", value: 5 } })).toContain("missed");
});

test("a quantile is a sample, and none of nothing", () => {
  expect(quantile([5, 1, 3], 0.5)).toBe(3);
  expect(quantile([5, 1, 3], 0.99)).toBe(5);
  expect(() => quantile([], 0.5)).toThrow("no samples");
});
