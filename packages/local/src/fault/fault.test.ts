import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { clientSettings } from "../aws-client.ts";
import type { FunctionService } from "../cloud.ts";
import { testFunction, testService } from "../function/test-function.ts";
import { credentialsOf } from "../iam/principals.ts";
import { withDeliveryFaults } from "./deliveries.ts";
import { environmentFaults } from "./environments.ts";
import { createFaults, isNamed } from "./faults.ts";
import { type Gate, openGate } from "./gate.ts";
import { readPlan } from "./plan.ts";

/** Answers every call with an empty object, and counts them. */
let engine: Server;
let reached: number;
beforeAll(async () => {
  engine = createServer((request, response) => {
    reached++;
    request.resume();
    response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end("{}");
  });
  await new Promise<void>((resolve) => engine.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  engine.closeAllConnections();
  engine.close();
});
beforeEach(() => {
  reached = 0;
});

const caller = credentialsOf("notes");
const iam = { functionOf: (key: string) => (key === caller.accessKeyId ? "notes" : undefined) };

/** A gate before the engine, and one call through it. */
async function withGate(
  call: object,
  run: (gate: Gate, ask: (isOwn?: boolean) => Promise<string>) => Promise<void>,
) {
  const faults = createFaults(
    readPlan({ calls: [{ service: "dynamodb", share: 1, milliseconds: 50, ...call }] }),
  );
  faults.begin();
  const target = `http://127.0.0.1:${(engine.address() as AddressInfo).port}`;
  const gate = await openGate({ service: "dynamodb", target, port: 0, faults, iam });
  const ask = async (isOwn = false) => {
    const settings = clientSettings(gate.url);
    const client = new DynamoDBClient({
      ...settings,
      maxAttempts: 1,
      ...(isOwn ? {} : { credentials: caller }),
    });
    try {
      await client.send(new GetItemCommand({ TableName: "notes", Key: { pk: { S: "1" } } }));
      return "answered";
    } catch (error) {
      return (error as Error).name;
    } finally {
      client.destroy();
    }
  };
  await run(gate, ask);
  await gate.stop();
}

test.each([
  ["throttle", "ThrottlingException", 0],
  ["error", "InternalServerError", 0],
  ["timeout", "TimeoutError", 0],
  ["lost-answer", "TimeoutError", 1],
  ["slow", "answered", 1],
])("a call can meet %s: the caller gets %s, the engine %d calls", async (fault, answer, calls) => {
  await withGate({ fault }, async (_, ask) => {
    expect(await ask()).toBe(answer);
    expect(reached).toBe(calls);
  });
});

test("only the calls that a plan names go wrong, and never those of the local cloud itself", async () => {
  await withGate({ fault: "error", operation: "*Item" }, async (_, ask) => {
    expect(await ask()).toBe("InternalServerError");
    expect(await ask(true)).toBe("answered");
  });
  await withGate({ fault: "error", operation: "Query" }, async (_, ask) =>
    expect(await ask()).toBe("answered"),
  );
  await withGate({ fault: "error", function: "other*" }, async (_, ask) =>
    expect(await ask()).toBe("answered"),
  );
});

test("what is done in silence waits for the calls on their way, and those that come then wait for it", async () => {
  await withGate({ fault: "slow", operation: "Query" }, async (gate, ask) => {
    const order: string[] = [];
    const earlier = ask().then(() => order.push("an earlier call"));
    await expect.poll(() => reached).toBe(1);
    const silent = gate.inSilence(() => order.push("in silence"));
    const later = ask().then(() => order.push("a later call"));
    expect(await silent).toBe(true);
    await Promise.all([earlier, later]);
    expect(order).toEqual(["an earlier call", "in silence", "a later call"]);
  });
});

test("the same seed draws the same faults; nothing is drawn before the beginning and after the end", () => {
  const drawn = (seed: number) => {
    const faults = createFaults(readPlan({ seed }));
    const draw = () => faults.draw("x", [{ share: 0.5, fault: "slow" }]) !== undefined;
    const before = Array.from({ length: 20 }, draw);
    faults.begin();
    const during = Array.from({ length: 20 }, draw);
    faults.end();
    return { before, during, after: Array.from({ length: 20 }, draw), counts: faults.counts() };
  };
  const first = drawn(1);
  expect(first).toEqual(drawn(1));
  expect(first.during).not.toEqual(drawn(2).during);
  expect([...first.before, ...first.after]).not.toContain(true);
  expect(first.counts).toEqual({ "x slow": first.during.filter(Boolean).length });
});

test.each([
  [
    "twice",
    [
      ["a", "b"],
      ["a", "b"],
    ],
    "handled",
  ],
  ["lost-answer", [["a", "b"]], "Error"],
  ["throttle", [], "TooManyRequestsError"],
  ["reversed", [["b", "a"]], "handled"],
  ["slow", [["a", "b"]], "handled"],
])("a batch can meet %s", async (fault, handled, outcome) => {
  const seen: string[][] = [];
  const functions = {
    async invoke(_: string, { Records }: { Records: { id: string }[] }) {
      seen.push(Records.map(({ id }) => id));
      return "handled";
    },
  } as unknown as FunctionService;
  const faults = createFaults(readPlan({ deliveries: [{ fault, share: 1, milliseconds: 10 }] }));
  faults.begin();
  const Records = [{ id: "a" }, { id: "b" }];
  const called = withDeliveryFaults(functions, faults).invoke("arn:aws:lambda:x:0:function:notes", {
    Records,
  });
  expect(await called.catch((error: Error) => error.constructor.name)).toBe(outcome);
  expect(seen).toEqual(handled);
});

test("the records of a stream keep their order", async () => {
  const seen: unknown[] = [];
  const functions = { invoke: async (_: string, event: unknown) => void seen.push(event) };
  const faults = createFaults(readPlan({ deliveries: [{ fault: "reversed", share: 1 }] }));
  faults.begin();
  const event = { Records: ["a", "b"].map((id) => ({ id, eventSource: "aws:dynamodb" })) };
  await withDeliveryFaults(functions as unknown as FunctionService, faults).invoke("notes", event);
  expect(seen).toEqual([event]);
});

test("an environment can load slowly and have a wrong clock, and still has its whole time", async () => {
  const faults = createFaults(
    readPlan({
      environments: [
        { function: "late*", fault: "cold-start", share: 1, milliseconds: 700 },
        { function: "late*", fault: "clock", share: 1, milliseconds: -3_600_000 },
      ],
    }),
  );
  faults.begin();
  const source = `export const handler = async (event, context) =>
    ({ now: Date.now(), made: new Date().getTime(), given: new Date(5).getTime(), left: context.getRemainingTimeInMillis() });`;
  const define = (name: string) =>
    testFunction(name, source, { environment: environmentFaults(name, faults) });
  const { functions } = testService([define("late-one"), define("other")]);
  const from = Date.now();
  const late = (await functions.invoke("late-one", {})) as {
    now: number;
    made: number;
    given: number;
    left: number;
  };
  expect(Date.now() - from).toBeGreaterThan(700);
  expect(Math.abs(late.now + 3_600_000 - Date.now())).toBeLessThan(60_000);
  expect(Math.abs(late.made - late.now)).toBeLessThan(1000);
  expect(late.given).toBe(5);
  expect(late.left).toBeGreaterThan(0);
  expect(late.left).toBeLessThan(60_000);
  const other = (await functions.invoke("other", {})) as { now: number };
  expect(Math.abs(other.now - Date.now())).toBeLessThan(60_000);
});

test("a plan that is not understood is refused with the place", () => {
  const wrong = { calls: [{ service: "dynamodb", fault: "explode", share: 1 }] };
  expect(() => readPlan(wrong)).toThrow("The plan of faults is wrong at calls.0.fault:");
  expect(() => readPlan({ call: [] })).toThrow("The plan of faults is wrong at its top:");
});

test.each([
  ["*", "anything", true],
  ["*Item", "PutItem", true],
  ["Put*", "UpdateItem", false],
  ["a.b", "axb", false],
])("%s names %s: %s", (pattern, name, names) => {
  expect(isNamed(pattern, name)).toBe(names);
});
