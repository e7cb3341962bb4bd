import { Agent, request } from "node:http";
import { createConnection } from "node:net";
import { expect, test } from "vitest";
import { echo, startApi } from "../../test/http-api.ts";
import { FunctionError, TooManyRequestsError } from "../cloud.ts";
import type { HttpApi } from "./http-api.ts";
import type { Payload } from "./payload.ts";

async function echoed(api: HttpApi, path: string, init?: RequestInit): Promise<Payload> {
  const response = await fetch(api.url + path, init);
  expect(response.status).toBe(200);
  return (await response.json()) as Payload;
}

/** Sends bytes as they are, since `fetch` normalises. */
function raw(api: HttpApi, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(Number(new URL(api.url).port), "127.0.0.1", () => socket.write(text));
    let received = "";
    socket.setEncoding("utf8").on("data", (chunk) => (received += chunk));
    socket.on("error", reject).on("close", () => resolve(received));
  });
}

// Requests: "Create AWS Lambda proxy integrations for HTTP APIs in API Gateway", payload format version 2.0.

test("an event has every documented field of payload format 2.0", async () => {
  const { api } = await startApi({ "POST /my/{name}": echo });
  const before = Date.now();
  const event = await echoed(api, "/my/path?parameter1=value1&parameter1=value2&parameter2=a%20b+c", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "X-Custom": "One",
      cookie: "cookie1=a; cookie2=b",
      "user-agent": "agent",
    },
    body: '{"hello":"하루"}',
  });
  expect(event).toMatchObject({
    version: "2.0",
    routeKey: "POST /my/{name}",
    rawPath: "/my/path",
    rawQueryString: "parameter1=value1&parameter1=value2&parameter2=a%20b+c",
    cookies: ["cookie1=a", "cookie2=b"],
    headers: { "x-custom": "One", "content-type": "application/json", "x-forwarded-for": "127.0.0.1" },
    queryStringParameters: { parameter1: "value1,value2", parameter2: "a b c" },
    pathParameters: { name: "path" },
    body: '{"hello":"하루"}',
    isBase64Encoded: false,
    requestContext: {
      accountId: "000000000000",
      apiId: "abc1234567",
      domainName: new URL(api.url).host,
      domainPrefix: "abc1234567",
      http: {
        method: "POST",
        path: "/my/path",
        protocol: "HTTP/1.1",
        sourceIp: "127.0.0.1",
        userAgent: "agent",
      },
      routeKey: "POST /my/{name}",
      stage: "$default",
      time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
    },
  });
  expect(event.headers.cookie).toBeUndefined();
  expect(event.requestContext.timeEpoch).toBeGreaterThanOrEqual(before);
  expect(event.requestContext.requestId).toMatch(/\S/);
});

test("an event without query, cookies, path variables and body has none of these fields", async () => {
  const { api } = await startApi({ "GET /": echo });
  const event = await echoed(api, "");
  for (const field of ["queryStringParameters", "cookies", "pathParameters", "body"]) {
    expect(event).not.toHaveProperty(field);
  }
  expect(event).toMatchObject({ rawPath: "/", rawQueryString: "", isBase64Encoded: false });
});

test("headers of one name are joined by commas", async () => {
  const { api } = await startApi({ "GET /": echo });
  const answer = await raw(api, "GET / HTTP/1.1\r\nhost: x\r\nA: 1\r\na: 2\r\nconnection: close\r\n\r\n");
  expect(answer).toContain('"a":"1,2"');
});

test("names that mean something in JavaScript are names like others in a query", async () => {
  const { api } = await startApi({ "GET /": echo });
  const event = await echoed(api, "/?constructor=1&__proto__=2");
  expect(JSON.stringify(event.queryStringParameters)).toBe('{"constructor":"1","__proto__":"2"}');
});

test("a path is decoded before it is routed", async () => {
  const { api } = await startApi({ "GET /글/{id}": echo });
  const event = await echoed(api, "/%EA%B8%80/a%20b?q=%EA%B8%80");
  expect(event).toMatchObject({
    rawPath: "/글/a b",
    pathParameters: { id: "a b" },
    rawQueryString: "q=%EA%B8%80",
  });
  expect((await fetch(`${api.url}/%EA%B8%80/a%2Fb`)).status).toBe(404);
  expect((await fetch(`${api.url}/%FF`)).status).toBe(400);
});

test.each([
  ["text/plain; charset=utf-8", false],
  ["application/json", false],
  ["application/xml", false],
  ["application/javascript", false],
  ["application/x-www-form-urlencoded", true],
  ["application/problem+json", true],
  ["image/png", true],
  ["", true],
])("a body of type '%s' comes as base64: %s", async (type, isBase64Encoded) => {
  const { api } = await startApi({ "POST /": echo });
  const body = Buffer.from("a=1&b=2");
  const event = await echoed(api, "/", {
    method: "POST",
    body,
    headers: type ? { "content-type": type } : {},
  });
  expect(event.isBase64Encoded).toBe(isBase64Encoded);
  expect(event.body).toBe(body.toString(isBase64Encoded ? "base64" : "utf8"));
});

// Answers: "Lambda function response for format 2.0" of the same page.

test.each([
  ["an object without statusCode", { message: "hello" }, 200, '{"message":"hello"}', "application/json"],
  ["a text", "hello", 200, "hello", "application/json"],
  ["a list", [1], 200, "[1]", "application/json"],
  ["nothing", null, 200, "null", "application/json"],
  ["a status and a body", { statusCode: 201, body: "made" }, 201, "made", "text/plain;charset=utf-8"],
  ["a status alone", { statusCode: 200 }, 200, "", "text/plain;charset=utf-8"],
  ["a status as text", { statusCode: "404", body: "x" }, 404, "x", "text/plain;charset=utf-8"],
  [
    "a type",
    { statusCode: 200, headers: { "Content-Type": "text/html" }, body: "<p>" },
    200,
    "<p>",
    "text/html",
  ],
  ["base64", { statusCode: 200, isBase64Encoded: true, body: "aGk=" }, 200, "hi", "text/plain;charset=utf-8"],
  [
    "an object as body",
    { statusCode: 200, body: {} },
    500,
    '{"message":"Internal Server Error"}',
    "application/json",
  ],
  [
    "no number as status",
    { statusCode: "x" },
    500,
    '{"message":"Internal Server Error"}',
    "application/json",
  ],
])("a function that answers %s", async (_what, result, status, body, type) => {
  const { api } = await startApi({ "GET /": () => result });
  const response = await fetch(api.url);
  expect([response.status, await response.text(), response.headers.get("content-type")]).toEqual([
    status,
    body,
    type,
  ]);
});

test("cookies become headers of their own and a connection's headers stay the gateway's", async () => {
  const result = {
    statusCode: 200,
    cookies: ["a=1; Path=/", "b=2"],
    headers: { "X-Count": 3, Connection: "close" },
  };
  const { api } = await startApi({ "GET /": () => result });
  const response = await fetch(api.url);
  expect(response.headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2"]);
  expect(response.headers.get("x-count")).toBe("3");
  expect(response.headers.get("connection")).not.toBe("close");
});

test("a HEAD request is answered without a body", async () => {
  const { api } = await startApi({ "ANY /": () => ({ statusCode: 200, body: "hello" }) });
  const response = await fetch(api.url, { method: "HEAD" });
  expect([response.headers.get("content-length"), await response.text()]).toEqual(["5", ""]);
});

test("what no route takes is answered with 404", async () => {
  const { api } = await startApi({ "GET /here": echo });
  const response = await fetch(`${api.url}/there`);
  expect([response.status, await response.text()]).toEqual([404, '{"message":"Not Found"}']);
});

test.each([
  [500, "Internal Server Error", new FunctionError("TypeError", "x is not a function", [], "thrown")],
  [500, "Internal Server Error", new FunctionError("Sandbox.Timedout", "Task timed out", [], "timeout")],
  [503, "Service Unavailable", new TooManyRequestsError("Rate exceeded")],
  [500, "Internal Server Error", new Error("Function not found")],
])(
  "a call that fails is answered with %i %s, and its reason is logged only",
  async (status, message, error) => {
    const { api, logged } = await startApi({ "GET /": () => Promise.reject(error) });
    const response = await fetch(api.url);
    expect([response.status, await response.json()]).toEqual([status, { message }]);
    expect(logged.join()).toContain(error.message);
  },
);

// "Quotas for configuring and running an HTTP API in API Gateway".

test("an integration that takes longer than its limit is answered with 503", async () => {
  const { api } = await startApi({ "GET /": () => new Promise(() => {}) }, {}, 50);
  const response = await fetch(api.url);
  expect([response.status, await response.json()]).toEqual([503, { message: "Service Unavailable" }]);
});

test("a body of more than 10 MB is refused with 413, with and without a declared length", async () => {
  const { api } = await startApi({ "POST /": () => "ok" });
  const tooLarge = Buffer.alloc(10 * 1024 * 1024 + 1, "a");
  const declared = await fetch(api.url, { method: "POST", body: tooLarge });
  expect([declared.status, await declared.json()]).toEqual([413, { message: "Request Entity Too Large" }]);
  const streamed = await fetch(api.url, {
    method: "POST",
    body: new Blob([tooLarge]).stream(),
    duplex: "half",
  } as RequestInit);
  expect(streamed.status).toBe(413);
});

test("a connection goes on after a body that was too large", async () => {
  const { api } = await startApi({ "POST /": () => "ok", "GET /": () => "next" });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = (method: string, body: Buffer) =>
    new Promise<[number | undefined, number | undefined]>((resolve, reject) => {
      const outgoing = request(api.url, { method, agent }, (answer) => {
        const { localPort } = outgoing.socket ?? {};
        answer.resume().on("end", () => resolve([answer.statusCode, localPort]));
      });
      outgoing.on("error", reject);
      // Of unknown length, so that the gateway has read a part of it when it refuses.
      if (body.length > 0) outgoing.write(body);
      outgoing.end();
    });
  const [refused, passed] = await Promise.all([
    send("POST", Buffer.alloc(30_000_000)),
    send("GET", Buffer.alloc(0)),
  ]);
  agent.destroy();
  expect([refused[0], passed[0]]).toEqual([413, 200]);
  expect(passed[1]).toBe(refused[1]);
});

test("an event of more than 6 MB is refused with 413 and one just below passes", async () => {
  const { api } = await startApi({ "POST /": (event) => String(event.body?.length) });
  const post = (length: number) =>
    fetch(api.url, { method: "POST", headers: { "content-type": "text/plain" }, body: "a".repeat(length) });
  expect(await (await post(6_280_000)).text()).toBe("6280000");
  expect((await post(6_291_556)).status).toBe(413);
});

test("a request line and headers of more than 10,240 bytes are refused with 431", async () => {
  const { api } = await startApi({ "GET /": echo });
  expect((await fetch(api.url, { headers: { "x-long": "a".repeat(8_000) } })).status).toBe(200);
  expect((await fetch(api.url, { headers: { "x-long": "a".repeat(10_300) } })).status).toBe(431);
});

test("what is no HTTP is refused with 400 and the server lives on", async () => {
  const { api } = await startApi({ "GET /": echo });
  expect(await raw(api, "nonsense\r\n\r\n")).toContain("400 Bad Request");
  expect((await fetch(api.url)).status).toBe(200);
});

test("throttling as declared on the stage is answered with 429", async () => {
  const { api } = await startApi({ "GET /": echo, "GET /free": echo }, { now: () => 0 });
  api.setThrottling(
    { throttlingBurstLimit: 2, throttlingRateLimit: 1 },
    new Map([["GET /free", { throttlingBurstLimit: 9 }]]),
  );
  const statuses = await Promise.all(
    ["/", "/", "/", "/free", "/free", "/free"].map(async (path) => (await fetch(api.url + path)).status),
  );
  expect(statuses.slice(0, 3).sort()).toEqual([200, 200, 429]);
  expect(statuses.slice(3)).toEqual([200, 200, 200]);
  expect(await (await fetch(api.url)).json()).toEqual({ message: "Too Many Requests" });
});
