import { expect, test } from "vitest";
import { echo, startApi } from "../../test/http-api.ts";

// "Configure CORS for HTTP APIs in API Gateway".

const CORS = {
  allowOrigins: ["https://haru.example", "http://*"],
  allowMethods: ["GET", "POST"],
  allowHeaders: ["authorization", "content-type"],
  exposeHeaders: ["x-total"],
  allowCredentials: true,
  maxAge: 600,
};

function preflight(origin: string): RequestInit {
  return { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } };
}

function corsOf(response: Response): Record<string, string> {
  return Object.fromEntries([...response.headers].filter(([name]) => name.startsWith("access-control-")));
}

test("a preflight request is answered by the gateway, on any path and without a route", async () => {
  const { api } = await startApi({ "POST /": echo }, { cors: CORS });
  const response = await fetch(`${api.url}/anything`, preflight("https://haru.example"));
  expect(response.status).toBe(204);
  expect(corsOf(response)).toEqual({
    "access-control-allow-origin": "https://haru.example",
    "access-control-allow-methods": "GET,POST",
    "access-control-allow-headers": "authorization,content-type",
    "access-control-allow-credentials": "true",
    "access-control-max-age": "600",
  });
});

test.each([
  ["https://haru.example", true],
  ["http://anything:3000", true],
  ["https://haru.example.evil", false],
  ["https://evil.example", false],
  ["null", false],
])("origin %s is allowed: %s", async (origin, isAllowed) => {
  const { api } = await startApi({ "GET /": echo }, { cors: CORS });
  expect(corsOf(await fetch(api.url, preflight(origin)))["access-control-allow-origin"]).toBe(
    isAllowed ? origin : undefined,
  );
  expect(corsOf(await fetch(api.url, { headers: { origin } }))).toEqual(
    isAllowed
      ? {
          "access-control-allow-origin": origin,
          "access-control-allow-credentials": "true",
          "access-control-expose-headers": "x-total",
        }
      : {},
  );
});

test("what the function says about CORS is ignored when the API declares CORS, and kept when not", async () => {
  const headers = { "Access-Control-Allow-Origin": "https://own.example" };
  const handlers = { "GET /": () => ({ statusCode: 200, headers }) };
  const { api: declared } = await startApi(handlers, { cors: { allowOrigins: ["*"] } });
  const { api: undeclared } = await startApi(handlers);
  const init = { headers: { origin: "https://own.example" } };
  expect(corsOf(await fetch(declared.url, init))).toEqual({ "access-control-allow-origin": "*" });
  expect(corsOf(await fetch(declared.url))).toEqual({});
  expect(corsOf(await fetch(undeclared.url))).toEqual({
    "access-control-allow-origin": "https://own.example",
  });
});

test("errors of the gateway itself carry the CORS headers too", async () => {
  const { api } = await startApi({}, { cors: { allowOrigins: ["*"] } });
  const response = await fetch(api.url, { headers: { origin: "https://a.example" } });
  expect([response.status, corsOf(response)]).toEqual([404, { "access-control-allow-origin": "*" }]);
});
