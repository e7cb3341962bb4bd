import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { TooManyRequestsError } from "../cloud.ts";
import { testFunction, testService } from "./test-function.ts";

const ECHO = "export const handler = async (event) => event;";

// AWS Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle".
test("a call is cold once, then warm in the same environment", async () => {
  const source = `
    let calls = 0;
    export const handler = async () => ++calls;`;
  const { functions, lines } = testService([testFunction("counter", source)]);
  expect(await functions.invoke("counter", {})).toBe(1);
  expect(await functions.invoke("counter", {})).toBe(2);
  const reports = lines.filter(({ message }) => message.startsWith("REPORT"));
  expect(reports).toHaveLength(2);
  expect(reports[0]).toMatchObject({ level: "debug", source: "counter" });
  expect(reports[0]?.message).toMatch(
    /^REPORT RequestId: \S{36} Duration: \d+\.\d\d ms Billed Duration: \d+ ms Memory Size: 128 MB Max Memory Used: \d+ MB Init Duration: \d+\.\d\d ms$/,
  );
  expect(reports[1]?.message).not.toContain("Init Duration");
});

// AWS Lambda Developer Guide, "Understanding Lambda function scaling".
test("20 parallel calls use 20 environments, one call in each", async () => {
  const source = `
    let running = 0;
    const id = Math.random();
    export const handler = async () => {
      const together = ++running;
      await new Promise((resolve) => setTimeout(resolve, 1500));
      running--;
      return { id, together };
    };`;
  const room = { maximumEnvironments: 20, maximumStarts: 20 };
  const { functions } = testService([testFunction("slow", source)], room);
  const answers = await Promise.all(Array.from({ length: 20 }, () => functions.invoke("slow", {})));
  const typed = answers as { id: number; together: number }[];
  expect(new Set(typed.map(({ id }) => id)).size).toBe(20);
  expect(typed.every(({ together }) => together === 1)).toBe(true);
});

test("a crowd waits for what starts instead of starting one process each", async () => {
  const source = `
    const id = Math.random();
    export const handler = async () => id;`;
  const { functions } = testService([testFunction("asked", source)], { maximumStarts: 1 });
  const answers = await Promise.all(Array.from({ length: 100 }, () => functions.invoke("asked", {})));
  expect(new Set(answers).size).toBeLessThan(10);
});

test("calls above what the machine can hold wait for a free environment", async () => {
  const source = `
    const id = Math.random();
    export const handler = async (event) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { id, event };
    };`;
  const definitions = [testFunction("a", source), testFunction("b", source)];
  const { functions } = testService(definitions, { maximumEnvironments: 2 });
  const calls = Array.from({ length: 12 }, (_, index) => functions.invoke(index % 2 ? "a" : "b", index));
  const answers = (await Promise.all(calls)) as { id: number; event: number }[];
  expect(answers.map(({ event }) => event)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

// AWS Lambda Developer Guide, "Configuring reserved concurrency for a function".
test("calls above the reserved concurrency are refused", async () => {
  const source = `
    export const handler = () => new Promise((resolve) => setTimeout(resolve, 500));`;
  const definitions = [
    testFunction("reserved", source, { reservedConcurrency: 1 }),
    testFunction("off", source, { reservedConcurrency: 0 }),
  ];
  const { functions } = testService(definitions);
  const first = functions.invoke("reserved", {});
  await expect(functions.invoke("reserved", {})).rejects.toBeInstanceOf(TooManyRequestsError);
  await expect(functions.invoke("off", {})).rejects.toBeInstanceOf(TooManyRequestsError);
  await first;
  await functions.invoke("reserved", {});
});

test("a reload lets the running call finish and gives the next one the new bundle", async () => {
  const source = (version: number) => `
    export const handler = async ({ waitMs }) => {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      return ${version};
    };`;
  const definition = testFunction("changing", source(1));
  const { functions } = testService([definition]);
  expect(await functions.invoke("changing", { waitMs: 0 })).toBe(1);
  const running = functions.invoke("changing", { waitMs: 300 });
  writeFileSync(path.join(definition.folder, "index.mjs"), source(2));
  await functions.reload("changing");
  expect(await functions.invoke("changing", { waitMs: 0 })).toBe(2);
  expect(await running).toBe(1);
  expect(await functions.invoke("changing", { waitMs: 0 })).toBe(2);
});

test("functions are found by name, ARN, partial ARN and version", async () => {
  const { functions } = testService([testFunction("echo", ECHO)]);
  const arn = "arn:aws:lambda:us-east-1:000000000000:function:echo";
  for (const name of ["echo", arn, `${arn}:1`, "000000000000:function:echo", "echo:$LATEST"]) {
    expect(await functions.invoke(name, { name })).toEqual({ name });
  }
  await expect(functions.invoke("nobody", {})).rejects.toThrow("Function not found: nobody");
});
