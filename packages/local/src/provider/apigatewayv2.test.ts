import { once } from "node:events";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type BareCloud, bareCloud } from "../../test/bare-cloud.ts";
import { rewriteAddresses } from "../front-door/address.ts";
import type { Resource } from "../resource.ts";
import { apigatewayv2Providers } from "./apigatewayv2.ts";

const ARN = "arn:aws:lambda:us-east-1:000000000000:function:hello";
let cloud: BareCloud;
let called: string[];

beforeEach(() => {
  called = [];
  cloud = Object.assign(bareCloud({ cognito: "http://127.0.0.1:1" }), {
    port: async () => 0,
    functions: {
      invoke: async (arn: string, event: { routeKey: string }) => {
        called.push(arn);
        return { statusCode: 200, body: event.routeKey };
      },
    },
  });
});
afterEach(() => cloud.stop());

function declare(type: string, name: string, inputs: Record<string, unknown>) {
  return cloud.provision(apigatewayv2Providers[`aws:apigatewayv2/${type}`], name, inputs);
}

/** An API with one route for each key, declared as SST declares it. */
async function declareApi(routeKeys: readonly string[], api: Record<string, unknown> = {}) {
  const { id, state } = await declare("api:Api", "Api", { protocolType: "HTTP", ...api });
  const integration = await declare("integration:Integration", "Integration", {
    apiId: id,
    integrationType: "AWS_PROXY",
    integrationUri: ARN,
    payloadFormatVersion: "2.0",
  });
  for (const routeKey of routeKeys) {
    const target = `integrations/${integration.id}`;
    await declare("route:Route", routeKey, { apiId: id, routeKey, target, authorizationType: "NONE" });
  }
  return { id, url: String(state.apiEndpoint), state };
}

test("routes, integrations and the stage's throttling make an API that answers", async () => {
  const { id, url, state } = await declareApi(["GET /a", "$default"], {
    corsConfiguration: { allowOrigins: ["*"] },
  });
  await declare("stage:Stage", "Stage", {
    apiId: id,
    name: "$default",
    routeSettings: [{ routeKey: "$default", throttlingBurstLimit: 1, throttlingRateLimit: 0.001 }],
  });
  expect(state).toMatchObject({
    apiEndpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    executionArn: `arn:aws:execute-api:us-east-1:000000000000:${id}`,
  });
  const response = await fetch(`${url}/a`, { headers: { origin: "https://a.example" } });
  expect([response.status, await response.text()]).toEqual([200, "GET /a"]);
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  expect((await fetch(`${url}/b`)).status).toBe(200);
  expect((await fetch(`${url}/b`)).status).toBe(429);
  expect(called).toEqual([ARN, ARN]);
});

test("a WebSocket API answers its clients at the address that programs get in place of its name", async () => {
  const { id, state } = await declare("api:Api", "Socket", {
    protocolType: "WEBSOCKET",
    routeSelectionExpression: "$request.body.action",
  });
  const integration = await declare("integration:Integration", "Connect", {
    apiId: id,
    integrationType: "AWS_PROXY",
    integrationUri: ARN,
  });
  const target = `integrations/${integration.id}`;
  await declare("route:Route", "Connect", { apiId: id, routeKey: "$connect", target });
  await declare("stage:Stage", "SocketStage", { apiId: id, name: "$default" });
  const name = `${id}.execute-api.us-east-1.amazonaws.com`;
  const links = { url: `wss://${name}/$default`, managementEndpoint: `https://${name}/$default` };
  const resource = { type: "aws:apigatewayv2/api:Api", state } as Resource;
  const here = rewriteAddresses(links, { frontDoorUrl: "http://127.0.0.1:3000", resources: [resource] });
  expect(here.managementEndpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\$default$/);
  const socket = new WebSocket(here.url);
  await once(socket, "open");
  socket.close();
  expect(called).toEqual([ARN]);
});

test("an id is made of the declaration, so that it is the same at every start", async () => {
  const first = await declareApi([]);
  await cloud.stop();
  const second = await declareApi([]);
  expect(first.id).toMatch(/^[a-z0-9]{10}$/);
  expect(second.id).toBe(first.id);
});

test("a route with a JWT authorizer refuses a request without a token", async () => {
  const { id, url } = await declareApi([]);
  const authorizer = await declare("authorizer:Authorizer", "Jwt", {
    apiId: id,
    authorizerType: "JWT",
    identitySources: ["$request.header.Authorization"],
    jwtConfiguration: { issuer: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_A", audiences: ["c"] },
  });
  await declare("route:Route", "Secret", {
    apiId: id,
    routeKey: "GET /secret",
    target: "integrations/none",
    authorizationType: "JWT",
    authorizerId: authorizer.id,
  });
  expect((await fetch(`${url}/secret`)).status).toBe(401);
});

test("what is declared and cannot be served is refused in one sentence", async () => {
  const { id } = await declareApi(["GET /a"]);
  const apiId = id;
  await expect(declare("api:Api", "Ws", { protocolType: "WEBSOCKET" })).rejects.toThrow("select routes");
  await expect(declare("route:Route", "R", { apiId, routeKey: "GET /a", target: "x" })).rejects.toThrow(
    "twice",
  );
  await expect(
    declare("route:Route", "R", { apiId, routeKey: "GET /b", target: "x", authorizationType: "AWS_IAM" }),
  ).rejects.toThrow("AWS_IAM");
  await expect(
    declare("route:Route", "R", { apiId, routeKey: "GET /b", target: "x", authorizationType: "JWT" }),
  ).rejects.toThrow("names no authorizer");
  await expect(declare("stage:Stage", "S", { apiId, name: "v1" })).rejects.toThrow("v1");
  await expect(
    declare("api:Api", "C", {
      protocolType: "HTTP",
      corsConfiguration: { allowCredentials: true, allowOrigins: ["*"] },
    }),
  ).rejects.toThrow("allowCredentials");
});
