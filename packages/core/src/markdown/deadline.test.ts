import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { interrupted, withinDeadline } from "./deadline.ts";

test("work that ends in time gives its result and its errors", () => {
  expect(withinDeadline(1_000, () => 7)).toBe(7);
  expect(() =>
    withinDeadline(1_000, () => {
      throw new RangeError("too deep");
    }),
  ).toThrow(RangeError);
});

test("a loop and a regular expression that would not end are interrupted, and the next work runs", () => {
  const endless = () => {
    for (;;);
  };
  expect(withinDeadline(50, endless)).toBe(interrupted);
  expect(withinDeadline(50, () => /^(a+)+$/.test(`${"a".repeat(60)}b`))).toBe(interrupted);
  expect(withinDeadline(1_000, () => "still here")).toBe("still here");
});

test("work that catches everything is interrupted too", () => {
  const stubborn = () => {
    for (;;) {
      try {
        for (;;);
      } catch {
        // An interruption cannot be caught, so this is never reached.
      }
    }
  };
  expect(withinDeadline(50, stubborn)).toBe(interrupted);
});

test("the deadline also holds inside a worker thread, where a Lambda function of the local cloud runs", async () => {
  const module = new URL("./deadline.ts", import.meta.url).href;
  const source = `
    import { parentPort } from "node:worker_threads";
    const { interrupted, withinDeadline } = await import(${JSON.stringify(module)});
    const result = withinDeadline(50, () => { for (;;); });
    parentPort.postMessage(result === interrupted);`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`));
  const answer = await new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  await worker.terminate();
  expect(answer).toBe(true);
});
