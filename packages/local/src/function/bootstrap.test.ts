import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";
import { failure, testFunction, testService } from "./test-function.ts";

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
    "AWS_ACCESS_KEY_ID",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
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
