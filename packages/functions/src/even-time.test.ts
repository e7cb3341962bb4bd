import { expect, test } from "vitest";
import { inEvenTime } from "./even-time.ts";

const after = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await run().catch(() => {});
  return performance.now() - from;
}

test.each([
  ["at once", async () => "done"],
  ["a little later", () => after(30)],
  [
    "in a failure",
    async () => {
      throw new Error("no");
    },
  ],
])("what ends %s is answered after the same time", async (_, run) => {
  const taken = await timeOf(() => inEvenTime(100, run));
  expect(taken).toBeGreaterThan(98);
  expect(taken).toBeLessThan(190);
});

test("what takes longer is answered a whole step later, and not at its own time", async () => {
  const taken = await timeOf(() => inEvenTime(100, () => after(110)));
  expect(taken).toBeGreaterThan(198);
});

test("without a step it answers at once, and a failure stays one", async () => {
  expect(await inEvenTime(0, async () => "done")).toBe("done");
  await expect(inEvenTime(10, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
});
