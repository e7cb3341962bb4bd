import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";
import { FunctionError, TooManyRequestsError } from "../cloud.ts";
import { testFunction, testService } from "./test-function.ts";

const ECHO = "export const handler = async (event) => event;";

async function failure(call: Promise<unknown>): Promise<FunctionError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FunctionError);
  return error as FunctionError;
}

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
  const { functions } = testService([testFunction("slow", source)], { maximumEnvironments: 20 });
  const answers = await Promise.all(Array.from({ length: 20 }, () => functions.invoke("slow", {})));
  const typed = answers as { id: number; together: number }[];
  expect(new Set(typed.map(({ id }) => id)).size).toBe(20);
  expect(typed.every(({ together }) => together === 1)).toBe(true);
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

// AWS Lambda Developer Guide, "Using Lambda environment variables", "Defined runtime environment variables".
test("no variable of the parent leaks", async () => {
  const source = "export const handler = async () => ({ ...process.env });";
  const definition = testFunction("variables", source, {
    environment: { OWN: "1", SST_KEY: "secret", SST_KEY_FILE: "resource.enc" },
    links: { Table: { name: "posts" } },
  });
  process.env.SECRET_OF_THE_PARENT = "leak";
  const { functions } = testService([definition], { baseEnvironment: { AWS_REGION: "us-east-1" } });
  const variables = (await functions.invoke("variables", {})) as Record<string, string>;
  expect(Object.keys(variables).sort()).toEqual([
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_REGION",
    "LAMBDA_TASK_ROOT",
    "LANG",
    "OWN",
    "PATH",
    "SST_RESOURCES_JSON",
    "TZ",
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
  ]);
  expect(JSON.parse(variables.SST_RESOURCES_JSON ?? "")).toEqual({ Table: { name: "posts" } });
});

// AWS Lambda Developer Guide, "Using the Lambda context object to retrieve Node.js function information".
test("the context tells the function, the request and the time that is left", async () => {
  const source = `
    export const handler = async (event, context) => ({
      ...context,
      remaining: context.getRemainingTimeInMillis(),
    });`;
  const { functions } = testService([testFunction("context", source, { timeoutSeconds: 7 })]);
  const context = (await functions.invoke("context", {})) as Record<string, unknown>;
  expect(context).toMatchObject({
    functionName: "context",
    functionVersion: "$LATEST",
    invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:context",
    memoryLimitInMB: "128",
    logGroupName: "/aws/lambda/context",
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
  });
  expect(context.remaining).toBeGreaterThan(5000);
  expect(context.remaining).toBeLessThanOrEqual(7000);
});

// AWS Lambda Developer Guide, "Define Lambda function handler in Node.js", "Callback-based function handlers".
test("callback handlers run up to nodejs22.x and are refused since nodejs24.x", async () => {
  const source = `
    export const handler = (event, context, callback) => {
      setTimeout(() => event.fail ? callback(new TypeError("no")) : callback(null, "called back"), 5);
    };`;
  const definitions = [
    testFunction("old", source, { runtime: "nodejs22.x" }),
    testFunction("new", source, { runtime: "nodejs24.x" }),
  ];
  const { functions } = testService(definitions);
  expect(await functions.invoke("old", {})).toBe("called back");
  expect(await failure(functions.invoke("old", { fail: true }))).toMatchObject({ errorType: "TypeError" });
  expect(await failure(functions.invoke("new", {}))).toMatchObject({
    errorType: "Runtime.CallbackHandlerDeprecated",
  });
});

// AWS Lambda Developer Guide, "Response streaming for Lambda functions".
test("a streaming handler's response arrives whole", async () => {
  const source = `
    export const handler = awslambda.streamifyResponse(async (event, stream) => {
      const http = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { "x-a": "b" } });
      http.write("one ");
      http.end("two");
    });`;
  const { functions } = testService([testFunction("stream", source)]);
  expect(await functions.invoke("stream", {})).toEqual({
    statusCode: 201,
    headers: { "x-a": "b" },
    body: Buffer.from("one two").toString("base64"),
    isBase64Encoded: true,
  });
});

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
    testFunction("failing", source, { timeoutSeconds: 3 }),
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
    expect(await fail(how)).toMatchObject({
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
}, 60_000);

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

test("stack traces name the source", async () => {
  const definition = testFunction("mapped", "");
  const source = path.join(definition.folder, "orders.ts");
  writeFileSync(
    source,
    "type A = string;\nexport const handler = async (a: A) => {\n  throw new Error(a);\n};\n",
  );
  buildSync({
    entryPoints: [source],
    outfile: path.join(definition.folder, "index.mjs"),
    format: "esm",
    sourcemap: true,
    bundle: true,
  });
  const { functions } = testService([definition]);
  const { trace } = await failure(functions.invoke("mapped", "x"));
  expect(trace[1]).toMatch(/orders\.ts:3:\d+/);
});

// AWS Lambda Developer Guide, "Log and monitor Node.js Lambda functions".
test("what a function prints is logged in order with its name", async () => {
  const source = `
      export const handler = async () => {
        console.log("one %s", "a");
        process.stdout.write("two\\n");
        console.warn("three");
        console.error("four\\nfive");
        console.debug({ six: 6 });
      };`;
  const { functions, lines } = testService([testFunction("talks", source)]);
  await functions.invoke("talks", {});
  const start = lines.findIndex(({ message }) => message.startsWith("START RequestId: "));
  const end = lines.findIndex(({ message }) => message.startsWith("END RequestId: "));
  expect(lines.slice(start + 1, end)).toEqual([
    { level: "info", source: "talks", message: "one a" },
    { level: "info", source: "talks", message: "two" },
    { level: "warn", source: "talks", message: "three" },
    { level: "error", source: "talks", message: "four" },
    { level: "error", source: "talks", message: "five" },
    { level: "debug", source: "talks", message: "{ six: 6 }" },
  ]);
});

test("dates are in UTC as on AWS, wherever the machine is", async () => {
  const source = "export const handler = async () => new Date(0).getHours();";
  const { functions } = testService([testFunction("date", source)]);
  expect(await functions.invoke("date", {})).toBe(0);
});

test("a function reads files relative to its bundle's folder", async () => {
  const source = `
    import { readFileSync } from "node:fs";
    export const handler = async () => readFileSync("index.mjs", "utf8");`;
  const definition = testFunction("reader", source);
  const { functions } = testService([definition]);
  expect(await functions.invoke("reader", {})).toBe(
    readFileSync(path.join(definition.folder, "index.mjs"), "utf8"),
  );
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
