import { expect, test } from "vitest";
import { createStops } from "./stops.ts";

test("parts stop in the reverse order of their start, and one that fails does not keep the others", async () => {
  const told: string[] = [];
  const order: string[] = [];
  const stops = createStops(({ message }) => told.push(message));
  stops.add(() => void order.push("first"));
  stops.add(() => {
    throw new Error("stuck");
  });
  stops.add(async () => void order.push("last"));
  await Promise.all([stops.run(), stops.run()]);
  expect(order).toEqual(["last", "first"]);
  expect(told).toEqual(["A part did not stop cleanly: stuck"]);
});

test("a part that was still starting when the stop was over is stopped at once", async () => {
  const stops = createStops(() => {});
  await stops.run();
  const stopped = await new Promise((resolve) => stops.add(() => resolve("stopped")));
  expect(stopped).toBe("stopped");
});
