import { expect, test } from "vitest";
import { failure, testFunction, testService } from "./test-function.ts";

const ECHO = "export const handler = async (event) => event;";

// AWS Lambda Developer Guide, "Troubleshoot invocation issues in Lambda" and "AWS Lambda function errors in Node.js".
test("a thrown error, a rejection, a time-out, an exit and an out-of-memory end as on AWS and leave other functions running", async () => {
  const source = `
      const id = Math.random();
      export const handler = async ({ how }) => {
        if (how === "throw") throw new RangeError("too far");
        if (how === "string") throw "just text";
        if (how === "late") setTimeout(() => { throw new Error("late"); }, 10);
        if (how === "rejection") Promise.reject(new Error("nobody waits"));
        if (how === "exit") process.exit(3);
        if (how === "exit 0") process.exit(0);
        if (how === "loop") for (;;);
        if (how === "buffers") {
          const all = [];
          for (;;) {
            all.push(Buffer.alloc(10_000_000, 1));
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
        }
        if (how === "strings") { const all = []; for (;;) all.push("x".repeat(1000) + all.length); }
        if (how === "heap") { const all = []; for (;;) all.push(new Array(1000).fill(all.length)); }
        if (how) await new Promise((resolve) => setTimeout(resolve, 60_000));
        return id;
      };`;
  const neighbour = `
      const id = Math.random();
      export const handler = async () => id;`;
  const definitions = [
    // Filling the memory takes a busy machine its time, which must not end as a time-out.
    testFunction("failing", source, { timeoutSeconds: 60 }),
    testFunction("late", source, { timeoutSeconds: 3 }),
    testFunction("neighbour", neighbour),
  ];
  const { functions, lines } = testService(definitions);
  const neighbourId = await functions.invoke("neighbour", {});
  const fail = (how: string) => failure(functions.invoke("failing", { how }));
  const environmentId = () => functions.invoke("failing", {});
  const first = await environmentId();

  const thrown = await fail("throw");
  expect(thrown).toMatchObject({ errorType: "RangeError", errorMessage: "too far", kind: "thrown" });
  expect(thrown.trace[0]).toBe("RangeError: too far");
  expect(thrown.trace[1]).toContain("index.mjs");
  expect(await fail("string")).toMatchObject({ errorType: "string", errorMessage: "just text", trace: [] });
  // A thrown error leaves the environment warm.
  expect(await environmentId()).toBe(first);

  expect(await fail("late")).toMatchObject({ errorType: "Error", errorMessage: "late", kind: "thrown" });
  const second = await environmentId();
  expect(second).not.toBe(first);
  expect(await fail("rejection")).toMatchObject({
    errorType: "Runtime.UnhandledPromiseRejection",
    errorMessage: "Error: nobody waits",
  });
  expect(await fail("exit")).toMatchObject({
    errorType: "Runtime.ExitError",
    errorMessage: expect.stringMatching(
      /^RequestId: \S{36} Error: Runtime exited with error: exit status 3$/,
    ),
    kind: "exit",
  });
  expect(await fail("exit 0")).toMatchObject({
    errorMessage: expect.stringMatching(/Runtime exited without providing a reason$/),
  });
  for (const how of ["wait", "loop"]) {
    expect(await failure(functions.invoke("late", { how }))).toMatchObject({
      errorType: "Sandbox.Timedout",
      errorMessage: expect.stringMatching(/^RequestId: \S{36} Error: Task timed out after 3\.00 seconds$/),
      kind: "timeout",
    });
  }
  for (const how of ["heap", "strings", "buffers"]) {
    expect(await fail(how)).toMatchObject({
      errorType: "Runtime.OutOfMemory",
      errorMessage: expect.stringMatching(/Error: Runtime exited with error: signal: killed$/),
      kind: "out-of-memory",
    });
  }
  expect(await environmentId()).not.toBe(second);
  expect(await functions.invoke("neighbour", {})).toBe(neighbourId);
  expect(lines.some(({ level, message }) => level === "error" && message === "RangeError: too far")).toBe(
    true,
  );
}, 240_000);

// AWS Lambda Developer Guide, "Troubleshoot invocation issues in Lambda".
test("a bundle that cannot be loaded says why in Lambda's words", async () => {
  const definitions = [
    testFunction("throws", 'throw new Error("no database");'),
    testFunction("syntax", "export const handler = ("),
    testFunction("import", 'import "nothing-like-this";'),
    testFunction("export", "export const other = 1;"),
    testFunction("file", ECHO, { handler: "absent.handler" }),
    testFunction("nested", "export const a = { b: async () => 1 };", { handler: "index.a.b" }),
  ];
  const { functions } = testService(definitions);
  expect(await failure(functions.invoke("throws", {}))).toMatchObject({
    errorType: "Error",
    errorMessage: "no database",
  });
  expect(await failure(functions.invoke("syntax", {}))).toMatchObject({
    errorType: "Runtime.UserCodeSyntaxError",
  });
  expect(await failure(functions.invoke("import", {}))).toMatchObject({
    errorType: "Runtime.ImportModuleError",
    errorMessage: expect.stringContaining("nothing-like-this"),
  });
  expect(await failure(functions.invoke("export", {}))).toMatchObject({
    errorType: "Runtime.HandlerNotFound",
    errorMessage: "index.handler is undefined or not exported",
  });
  expect(await failure(functions.invoke("file", {}))).toMatchObject({
    errorType: "Runtime.ImportModuleError",
  });
  expect(await functions.invoke("nested", {})).toBe(1);
});

// AWS Lambda Developer Guide, "Lambda quotas", "Invocation payload (request and response)".
test("an answer above 6 MB is an error", async () => {
  const source = 'export const handler = async ({ size }) => "x".repeat(size);';
  const { functions } = testService([testFunction("large", source)]);
  expect(await functions.invoke("large", { size: 6_000_000 })).toHaveLength(6_000_000);
  expect(await failure(functions.invoke("large", { size: 6_300_000 }))).toMatchObject({
    errorType: "Function.ResponseSizeTooLarge",
  });
});
