import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type SqsEngine, startSqs } from "../engine/sqs.ts";
import { lambdaProviders } from "./lambda.ts";
import { createTestCloud, createTestQueue, type TestCloud } from "./test-cloud.ts";

let sqs: SqsEngine;
beforeAll(async () => {
  sqs = await startSqs({});
});
afterAll(() => sqs.stop());

const ECHO = "export const handler = async (event) => ({ event, variables: process.env });";
const FAILS = 'export const handler = async () => { throw new Error("no"); };';

function startCloud(): TestCloud {
  const cloud = createTestCloud({ sqs: sqs.url });
  onTestFinished(() => cloud.stop());
  return cloud;
}

const provide = (cloud: TestCloud, type: string, name: string, inputs: Record<string, unknown>) =>
  cloud.provision(lambdaProviders[type], type, name, inputs);
const provideFunction = (cloud: TestCloud, id: string, inputs: Record<string, unknown> = {}) =>
  provide(cloud, "aws:lambda/function:Function", `${id}Function`, { name: `app-${id}`, ...inputs });

test("a function is its declaration joined with its build, with addresses that work here", async () => {
  const cloud = startCloud();
  cloud.build("Echo", ECHO, { links: { Router: { url: "https://d-router.cloudfront.localhost" } } });
  const { state } = await provideFunction(cloud, "Echo", {
    timeout: 7,
    memorySize: 256,
    reservedConcurrentExecutions: 4,
    environment: { variables: { SITE: "https://d-router.cloudfront.localhost/posts", SST_KEY: "k" } },
  });
  expect(state).toMatchObject({
    arn: "arn:aws:lambda:us-east-1:000000000000:function:app-Echo",
    qualifiedArn: "arn:aws:lambda:us-east-1:000000000000:function:app-Echo:1",
  });
  await cloud.open();
  expect(cloud.functions.get("app-Echo")).toMatchObject({
    functionId: "Echo",
    timeoutSeconds: 7,
    memoryMegabytes: 256,
    reservedConcurrency: 4,
    source: "src/Echo.handler",
  });
  const { variables } = (await cloud.functions.invoke(String(state.qualifiedArn), {})) as {
    variables: Record<string, string>;
  };
  expect(variables).toMatchObject({ SITE: "http://127.0.0.1:3000/posts", AWS_ENDPOINT_URL_SQS: sqs.url });
  expect(JSON.parse(variables.SST_RESOURCES_JSON ?? "")).toEqual({
    Router: { url: "http://127.0.0.1:3000" },
  });
  expect(variables.SST_KEY).toBeUndefined();
});

// AWS Lambda API Reference, "CreateFunction".
test("what a function does not set is Lambda's default", async () => {
  const cloud = startCloud();
  cloud.build("Echo", ECHO);
  await provideFunction(cloud, "Echo");
  await cloud.open();
  expect(cloud.functions.get("app-Echo")).toMatchObject({
    timeoutSeconds: 3,
    memoryMegabytes: 128,
    reservedConcurrency: undefined,
  });
});

test("a function URL can be parsed, and an alias calls the function", async () => {
  const cloud = startCloud();
  cloud.build("Echo", ECHO);
  const { state } = await provideFunction(cloud, "Echo");
  const url = await provide(cloud, "aws:lambda/functionUrl:FunctionUrl", "EchoUrl", {
    functionName: state.arn,
  });
  expect(new URL(String(url.state.functionUrl)).host).toBe("app-echo.lambda-url.us-east-1.on.aws");
  const alias = await provide(cloud, "aws:lambda/alias:Alias", "EchoLive", { functionName: state.arn });
  await cloud.open();
  expect(await cloud.functions.invoke(String(alias.state.arn), 1)).toMatchObject({ event: 1 });
});

// AWS Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations" and "Adding a dead-letter queue".
test("the asynchronous policy and the dead-letter queue of a function hold together", async () => {
  const cloud = startCloud();
  const failed = await createTestQueue(cloud.endpoints, "failed");
  const dead = await createTestQueue(cloud.endpoints, "dead");
  cloud.build("Fails", FAILS);
  await provideFunction(cloud, "Fails", { deadLetterConfig: { targetArn: dead.arn } });
  await provide(cloud, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "FailsConfig", {
    functionName: "app-Fails",
    maximumRetryAttempts: 0,
    destinationConfig: { onFailure: { destination: failed.arn } },
  });
  await cloud.open();
  cloud.functions.invokeAsync("app-Fails", { job: 1 });
  const [record] = await failed.receive();
  expect(record).toMatchObject({
    requestContext: { condition: "RetriesExhausted", approximateInvokeCount: 1 },
    requestPayload: { job: 1 },
    responsePayload: { errorMessage: "no" },
  });
  expect(await dead.receive()).toEqual([{ job: 1 }]);
});

test("an invocation calls its function once at the start, and its failure ends the start", async () => {
  const cloud = startCloud();
  cloud.build("Fails", FAILS);
  await provideFunction(cloud, "Fails");
  await provide(cloud, "aws:lambda/invocation:Invocation", "Seed", {
    functionName: "app-Fails",
    input: "{}",
  });
  await expect(cloud.open()).rejects.toThrow(
    "The function app-Fails, called once at the start, failed: Error: no",
  );
});

test("a queue's mapping calls the function, one that AWS would refuse ends the start", async () => {
  const cloud = startCloud();
  const jobs = await createTestQueue(cloud.endpoints, "jobs");
  const done = await createTestQueue(cloud.endpoints, "done");
  cloud.build(
    "Work",
    "export const handler = async ({ Records }) => Records.map(({ body }) => console.log(body));",
  );
  await provideFunction(cloud, "Work", { timeout: 5 });
  const map = (inputs: Record<string, unknown>) =>
    provide(cloud, "aws:lambda/eventSourceMapping:EventSourceMapping", "WorkMapping", {
      eventSourceArn: jobs.arn,
      functionName: "app-Work",
      ...inputs,
    });
  await map({ batchSize: 1 });
  await cloud.open();
  await cloud.destinations.deliver(jobs.arn, { job: 1 });
  await expect
    .poll(() => cloud.lines.map(({ message }) => message), { timeout: 15_000 })
    .toContain('{"job":1}');
  expect(await done.receive(0)).toEqual([]);
});

test("a mapping whose visibility timeout is shorter than the function's timeout ends the start", async () => {
  const cloud = startCloud();
  const jobs = await createTestQueue(cloud.endpoints, "short");
  cloud.build("Work", ECHO);
  await provideFunction(cloud, "Work", { timeout: 60 });
  await provide(cloud, "aws:lambda/eventSourceMapping:EventSourceMapping", "WorkMapping", {
    eventSourceArn: jobs.arn,
    functionName: "app-Work",
  });
  await expect(cloud.open()).rejects.toThrow(
    "The event source mapping WorkMapping would be refused by AWS: Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds.",
  );
});

const QUEUE = "arn:aws:sqs:us-east-1:000000000000:jobs";
const STREAM = "arn:aws:dynamodb:ddblocal:000000000000:table/Table/stream/2026-11-21T00:00:00.000";
const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
test.each<[type: string, inputs: Record<string, unknown>, reason: string]>([
  [
    "aws:lambda/function:Function",
    { layers: ["arn:aws:lambda:layer"] },
    "functions with layers are not known",
  ],
  ["aws:lambda/function:Function", { imageUri: "image" }, "functions with imageUri are not known"],
  [
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    { destinationConfig: { onFailure: { destination: "arn:aws:events:us-east-1:0:event-bus/b" } } },
    "cannot take events here",
  ],
  [MAPPING, { eventSourceArn: "arn:aws:kinesis:us-east-1:0:stream/s" }, "event source mappings of kinesis"],
  [MAPPING, { eventSourceArn: QUEUE, maximumBatchingWindowInSeconds: 301 }, "within 0 and 300"],
  [
    MAPPING,
    { eventSourceArn: QUEUE, filterCriteria: { filters: [{ pattern: '{"a":1}' }] } },
    "a must be an object",
  ],
  [MAPPING, { eventSourceArn: STREAM, startingPosition: "LATEST", batchSize: 0 }, "batchSize is 0"],
  [
    MAPPING,
    { eventSourceArn: STREAM, startingPosition: "LATEST", parallelizationFactor: 11 },
    "within 1 and 10",
  ],
  [
    MAPPING,
    { eventSourceArn: STREAM, startingPosition: "LATEST", tumblingWindowInSeconds: 30 },
    "tumblingWindow",
  ],
  [MAPPING, { eventSourceArn: STREAM, startingPosition: "AT_TIMESTAMP" }, "must be LATEST or TRIM_HORIZON"],
  [
    MAPPING,
    {
      eventSourceArn: STREAM,
      startingPosition: "LATEST",
      destinationConfig: { onFailure: { destinationArn: "arn:aws:s3:::bucket" } },
    },
    "only standard queues and topics",
  ],
])("%s with what is not known is refused: %j", async (type, inputs, reason) => {
  const cloud = startCloud();
  await expect(
    provide(cloud, type, "Thing", { name: "thing", functionName: "f", ...inputs }),
  ).rejects.toThrow(reason);
});
