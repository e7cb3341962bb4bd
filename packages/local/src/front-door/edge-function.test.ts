import { expect, test } from "vitest";
import type { EdgeRequest } from "./edge-event.ts";
import { loadEdgeFunction } from "./edge-function.ts";

const CONTEXT = { distributionDomainName: "d.cloudfront.localhost", distributionId: "E1", requestId: "r1" };

function load(code: string, entries: Record<string, string> = {}) {
  const printed: string[] = [];
  const store = new Map(Object.entries(entries));
  const edge = loadEdgeFunction({ name: "Edge", code, store, print: (line) => printed.push(line) });
  const run = (uri = "/") => {
    const request: EdgeRequest = { method: "GET", uri, querystring: {}, headers: {}, cookies: {} };
    return edge.onRequest(request, "127.0.0.1", CONTEXT);
  };
  return { edge, run, printed };
}

/** Runs an expression inside a function and answers what it made of it. */
async function evaluate(expression: string, entries: Record<string, string> = {}): Promise<unknown> {
  const { run } = load(
    `import cf from "cloudfront";
    async function handler(event) {
      let value;
      try { value = await (${expression}); } catch (error) { value = "threw " + error.message; }
      return { statusCode: 200, body: JSON.stringify(value) ?? "undefined" };
    }`,
    entries,
  );
  const { result } = await run();
  const body = "body" in result ? String(result.body) : "";
  return body === "undefined" ? undefined : JSON.parse(body);
}

// Amazon CloudFront Developer Guide, "JavaScript runtime 2.0 features for CloudFront Functions".

test.each([
  ['require("crypto").createHash("sha256").update("a").digest("hex").slice(0, 8)', "ca978112"],
  ['require("querystring").parse("a=1").a', "1"],
  ['require("fs")', 'threw CloudFront Functions have no module "fs".'],
  [
    "typeof process + typeof setTimeout + typeof fetch + typeof global",
    "undefinedundefinedundefinedundefined",
  ],
  ['new Function("return 1")()', "threw Code generation from strings disallowed for this context"],
  ['atob("aGk=") + Buffer.from("hi").toString("hex")', "hi6869"],
  ["event.context.eventType + event.version + event.viewer.ip", "viewer-request1.0127.0.0.1"],
])("%s is %s", async (expression, value) => {
  expect(await evaluate(expression)).toBe(value);
});

// "Helper methods for key value stores".

test.each([
  ['cf.kvs().get("text")', '{"a":1}'],
  ['cf.kvs().get("text", { format: "json" })', { a: 1 }],
  ['cf.kvs().get("none")', "threw KeyNotFound: none"],
  ['cf.kvs().exists("none")', false],
  ["cf.kvs().count()", 1],
])("%s answers %j", async (expression, value) => {
  expect(await evaluate(expression, { text: '{"a":1}' })).toEqual(value);
});

test("calls that overlap keep their own origins, also when one leaves the declared one", async () => {
  const { run } = load(
    `import cf from "cloudfront";
    async function handler(event) {
      await cf.kvs().get("key");
      if (event.request.uri !== "/none") cf.updateRequestOrigin({ domainName: event.request.uri });
      await cf.kvs().get("key");
      return event.request;
    }`,
    { key: "1" },
  );
  const outcomes = await Promise.all(["/a", "/none", "/b"].map(run));
  expect(outcomes.map(({ origin }) => origin?.domainName)).toEqual(["/a", undefined, "/b"]);
});

test("an origin that is changed after it was set stays as it was set", async () => {
  const { run } = load(`import cf from "cloudfront";
    function handler(event) {
      const origin = { domainName: "a" };
      cf.updateRequestOrigin(origin);
      origin.domainName = "b";
      return event.request;
    }`);
  expect((await run()).origin).toEqual({ domainName: "a" });
});

test.each(["undefined", "null", "{}", '"text"'])("a function that answers %s fails", async (answer) => {
  const { run } = load(`function handler() { return ${answer}; }`);
  await expect(run()).rejects.toThrow("answered neither a request nor a response");
});

test("code without a handler, or that cannot be read, fails when it is loaded", () => {
  expect(() => load("const handle = 1;")).toThrow();
  expect(() => load("function handler( {")).toThrow(SyntaxError);
});

test("what a function writes to the console is told", async () => {
  const { run, printed } = load(
    "function handler(event) { console.log('at', event.request.uri); return event.request; }",
  );
  await run("/x");
  expect(printed).toEqual(["at /x"]);
});

test("a viewer-response function changes the answer's headers and status", async () => {
  const { edge } = load(`function handler(event) {
    event.response.headers["x-path"] = { value: event.request.uri };
    event.response.statusCode = 418;
    return event.response;
  }`);
  const request: EdgeRequest = { method: "GET", uri: "/x", querystring: {}, headers: {} };
  const response = await edge.onResponse(request, { statusCode: 200, headers: {} }, "127.0.0.1", CONTEXT);
  expect(response).toMatchObject({ statusCode: 418, headers: { "x-path": { value: "/x" } } });
});
