import { expect, onTestFinished, test } from "vitest";
import { startInvokeApi } from "./invoke-api.ts";
import { testFunction, testService } from "./test-function.ts";

const SOURCE = `
  let calls = 0;
  export const handler = async (event) => {
    calls++;
    if (event.fail) throw new TypeError("no");
    return { event, calls };
  };`;

async function start() {
  const { functions, lines } = testService([
    testFunction("echo", SOURCE),
    testFunction("off", SOURCE, { reservedConcurrency: 0 }),
  ]);
  const api = await startInvokeApi({ functions });
  onTestFinished(() => api.stop());
  const invoke = (name: string, body: unknown, type?: string) =>
    fetch(`${api.url}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      ...(type ? { headers: { "x-amz-invocation-type": type } } : {}),
    });
  return { invoke, lines };
}

// AWS Lambda API Reference, "Invoke".
test("RequestResponse answers the result, or the error with X-Amz-Function-Error", async () => {
  const { invoke } = await start();
  const good = await invoke("arn:aws:lambda:us-east-1:000000000000:function:echo", { a: 1 });
  expect(good.status).toBe(200);
  expect(good.headers.get("x-amz-executed-version")).toBe("$LATEST");
  expect(good.headers.get("x-amz-function-error")).toBeNull();
  expect(await good.json()).toEqual({ event: { a: 1 }, calls: 1 });
  const bad = await invoke("echo", { fail: true });
  expect(bad.status).toBe(200);
  expect(bad.headers.get("x-amz-function-error")).toBe("Unhandled");
  expect(await bad.json()).toMatchObject({ errorType: "TypeError", errorMessage: "no" });
});

test("Event answers 202 and the function runs, DryRun answers 204 and runs nothing", async () => {
  const { invoke, lines } = await start();
  const runs = () => lines.filter(({ message }) => message.startsWith("END")).length;
  expect((await invoke("echo", {}, "DryRun")).status).toBe(204);
  const queued = await invoke("echo", {}, "Event");
  expect(queued.status).toBe(202);
  expect(await queued.text()).toBe("");
  await expect.poll(runs, { timeout: 10_000 }).toBe(1);
});

test("an unknown function, bad JSON, throttling and a large event are refused as by AWS", async () => {
  const { invoke } = await start();
  const refusals = await Promise.all([
    invoke("nobody", {}),
    invoke("echo", "{"),
    invoke("off", {}),
    invoke("echo", `"${"x".repeat(6_300_000)}"`),
    invoke("echo", `"${"x".repeat(1_100_000)}"`, "Event"),
  ]);
  expect(refusals.map(({ status, headers }) => [status, headers.get("x-amzn-errortype")])).toEqual([
    [404, "ResourceNotFoundException"],
    [400, "InvalidRequestContentException"],
    [429, "TooManyRequestsException"],
    [413, "RequestTooLargeException"],
    [413, "RequestTooLargeException"],
  ]);
});
