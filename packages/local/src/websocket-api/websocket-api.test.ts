import { once } from "node:events";
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { until } from "../../test/wait.ts";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../credentials.ts";
import { startWebSocketApi, type WebSocketApi, type WebSocketApiOptions } from "./websocket-api.ts";

// Amazon API Gateway Developer Guide: "Overview of WebSocket APIs in API Gateway" and the pages named at each test.

type Event = Record<string, unknown> & { readonly requestContext: Record<string, unknown> };
type Handler = (event: Event) => unknown;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function startApi(handlers: Record<string, Handler>, options: Partial<WebSocketApiOptions> = {}) {
  const events: Event[] = [];
  const api = await startWebSocketApi({
    id: "abc1234567",
    name: "Socket",
    port: 0,
    routeField: ["action"],
    functions: {
      async invoke(arn, event) {
        const sent = JSON.parse(JSON.stringify(event)) as Event;
        events.push(sent);
        return handlers[arn]?.(sent);
      },
    },
    log: () => {},
    ...options,
  });
  closers.push(() => api.stop());
  for (const routeKey of Object.keys(handlers)) {
    api.addIntegration(`i-${routeKey}`, { functionArn: routeKey, timeoutMs: 500 });
    api.addRoute(routeKey, `i-${routeKey}`);
  }
  const management = new ApiGatewayManagementApiClient({
    endpoint: `http://${api.address}/$default`,
    region: "us-east-1",
    credentials: { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY },
  });
  closers.push(() => management.destroy());
  return { api, events, management };
}

const accept: Handler = () => ({ statusCode: 200 });

function dial(api: WebSocketApi, path = "/$default", protocols: string[] = []): WebSocket {
  const socket = new WebSocket(`ws://${api.address}${path}`, protocols);
  // A handshake that was refused is looked at by its status.
  socket.on("error", () => {});
  closers.push(() => socket.terminate());
  return socket;
}

async function connect(api: WebSocketApi, path?: string): Promise<WebSocket> {
  const socket = dial(api, path);
  await once(socket, "open");
  return socket;
}

async function refusal(socket: WebSocket): Promise<number> {
  const [, response] = await once(socket, "unexpected-response");
  return response.statusCode;
}

async function messageOf(socket: WebSocket): Promise<string> {
  const [data] = await once(socket, "message");
  return String(data);
}

const connectionIdOf = (event: Event | undefined) => String(event?.requestContext.connectionId);

test("a client's way from $connect over its messages to $disconnect reaches the routes' functions", async () => {
  const { api, events } = await startApi({ $connect: accept, $default: accept, $disconnect: accept });
  const socket = await connect(api, "/$default?ticket=one&ticket=two");
  socket.send("hello");
  await until("the events", 10, () => events.length === 2);
  socket.close(4001, "done");
  await until("the events", 10, () => events.length === 3);
  const connectionId = connectionIdOf(events[0]);
  expect(connectionId).toMatch(/^[\w-]{15}=$/);
  // "Set up a WebSocket API integration request", input events of $connect, a message and $disconnect.
  expect(events).toMatchObject([
    {
      queryStringParameters: { ticket: "two" },
      multiValueQueryStringParameters: { ticket: ["one", "two"] },
      headers: { Host: api.address },
      requestContext: { routeKey: "$connect", eventType: "CONNECT", connectionId, stage: "$default" },
    },
    { body: "hello", requestContext: { routeKey: "$default", eventType: "MESSAGE", connectionId } },
    { requestContext: { routeKey: "$disconnect", eventType: "DISCONNECT", disconnectStatusCode: 4001 } },
  ]);
});

test("a $connect that does not answer with success ends the handshake with its status, and no connection is there", async () => {
  // "The $connect route": a failure means that the connection is not made.
  const { api, events } = await startApi({ $connect: () => ({ statusCode: 401 }), $disconnect: accept });
  expect(await refusal(dial(api))).toBe(401);
  expect(await refusal(dial(api, "/elsewhere"))).toBe(403);
  expect(events).toHaveLength(1);
});

test("a $connect that throws, answers too late or answers nothing ends the handshake", async () => {
  const { api } = await startApi({
    $connect: ({ queryStringParameters }) => {
      const { kind } = queryStringParameters as { kind: string };
      if (kind === "throws") throw new Error("no");
      return kind === "late" ? new Promise(() => {}) : {};
    },
  });
  for (const kind of ["throws", "late", "nothing"])
    expect(await refusal(dial(api, `/$default?kind=${kind}`))).toBe(502);
});

test("the protocol that $connect chooses is agreed on", async () => {
  const headers = { "Sec-WebSocket-Protocol": "two" };
  const { api } = await startApi({ $connect: () => ({ statusCode: 200, headers }) });
  const socket = dial(api, "/$default", ["one", "two"]);
  await once(socket, "open");
  expect(socket.protocol).toBe("two");
});

test("a message takes the route that its field names, and $default takes all others", async () => {
  const { api, events } = await startApi({ $connect: accept, $default: accept, save: accept });
  const socket = await connect(api);
  for (const text of ['{"action":"save"}', '{"action":"other"}', '{"action":1}', "no JSON", "null"])
    socket.send(text);
  await until("the events", 10, () => events.length === 6);
  expect(
    events
      .slice(1)
      .map(({ requestContext }) => requestContext.routeKey)
      .sort(),
  ).toEqual(["$default", "$default", "$default", "$default", "save"]);
});

test("a client is told when no route takes its message and when its function fails", async () => {
  const { api } = await startApi({
    $connect: accept,
    fail: () => {
      throw new Error("no");
    },
  });
  const socket = await connect(api);
  socket.send("hello");
  expect(JSON.parse(await messageOf(socket))).toMatchObject({ message: "Forbidden" });
  socket.send('{"action":"fail"}');
  expect(JSON.parse(await messageOf(socket))).toMatchObject({ message: "Internal server error" });
});

// "Use @connections commands in your backend service".

test("a function sends to a client, asks about it and ends its connection", async () => {
  const { api, events, management } = await startApi({ $connect: accept });
  const socket = await connect(api);
  const ConnectionId = connectionIdOf(events[0]);
  const arrived = messageOf(socket);
  await management.send(new PostToConnectionCommand({ ConnectionId, Data: '{"seq":1}' }));
  expect(await arrived).toBe('{"seq":1}');
  const facts = await management.send(new GetConnectionCommand({ ConnectionId }));
  expect(facts.Identity?.SourceIp).toMatch(/127\.0\.0\.1/);
  expect(facts.ConnectedAt).toBeInstanceOf(Date);
  const closed = once(socket, "close");
  await management.send(new DeleteConnectionCommand({ ConnectionId }));
  await closed;
});

test("a connection that is gone, or never was, answers 410", async () => {
  const { api, events, management } = await startApi({ $connect: accept, $disconnect: accept });
  const socket = await connect(api);
  const ConnectionId = connectionIdOf(events[0]);
  socket.terminate();
  await until("the events", 10, () => events.length === 2);
  for (const id of [ConnectionId, "abcdefghijklmno="]) {
    const sent = management.send(new PostToConnectionCommand({ ConnectionId: id, Data: "late" }));
    await expect(sent).rejects.toMatchObject({ name: "GoneException", $metadata: { httpStatusCode: 410 } });
  }
});

test("a message beyond 128 KB is refused, and a request without a signature", async () => {
  const { api, events, management } = await startApi({ $connect: accept });
  await connect(api);
  const ConnectionId = connectionIdOf(events[0]);
  const large = new PostToConnectionCommand({ ConnectionId, Data: "x".repeat(128 * 1024 + 1) });
  await expect(management.send(large)).rejects.toMatchObject({ name: "PayloadTooLargeException" });
  const url = `http://${api.address}/$default/@connections/${encodeURIComponent(ConnectionId)}`;
  expect((await fetch(url, { method: "POST", body: "x" })).status).toBe(403);
});

// "Quotas for configuring and running a WebSocket API in API Gateway".

test.each([
  ["a message beyond 128 KB", "x".repeat(128 * 1024 + 1), 1009],
  ["a frame beyond 32 KB", "x".repeat(32 * 1024 + 1), 1009],
  ["a binary message", Buffer.from("x"), 1003],
])("%s ends the connection with code %#", async (_, data, code) => {
  const { api, events } = await startApi({ $connect: accept, $default: accept });
  const socket = await connect(api);
  socket.send(data);
  const [closedWith] = await once(socket, "close");
  expect(closedWith).toBe(code);
  expect(events).toHaveLength(1);
});

test("128 KB in frames of 32 KB arrive as one message", async () => {
  const { api, events } = await startApi({ $connect: accept, $default: accept });
  const socket = await connect(api);
  const part = "x".repeat(32 * 1024);
  for (const fin of [false, false, false, true]) socket.send(part, { fin });
  await until("the events", 10, () => events.length === 2);
  expect(String(events[1]?.body)).toHaveLength(128 * 1024);
});

test("a connection ends when it was idle too long, and whatever happens when it is too old", async () => {
  const { api } = await startApi(
    { $connect: accept, $default: accept },
    { limits: { idleMs: 150, durationMs: 600 } },
  );
  const idle = await connect(api);
  const busy = await connect(api);
  const beat = setInterval(() => busy.send("beat"), 40);
  closers.push(() => clearInterval(beat));
  const endOf = async (socket: WebSocket) => {
    const startedAt = performance.now();
    const [code] = await once(socket, "close");
    return { code, milliseconds: performance.now() - startedAt };
  };
  const [first, second] = await Promise.all([endOf(idle), endOf(busy)]);
  expect([first.code, second.code]).toEqual([1001, 1001]);
  expect(first.milliseconds).toBeLessThan(second.milliseconds);
});
