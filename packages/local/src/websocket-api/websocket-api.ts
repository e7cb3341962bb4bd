import { createServer, type IncomingMessage, STATUS_CODES } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { FunctionService, Log } from "../cloud.ts";
import type { Integration } from "../http-api/gateway.ts";
import { splitTarget } from "../http-api/payload.ts";
import { awsLimits, createConnections, type Limits, MESSAGE_LIMIT_BYTES } from "./connections.ts";
import {
  type ConnectionFacts,
  connectEvent,
  disconnectEvent,
  messageEvent,
  newConnectionId,
} from "./event.ts";
import { answerManagement } from "./management.ts";

const STAGE_PATH = /^\/(?:\$|%24)default\/?$/;

export interface WebSocketApiOptions {
  /** `apiId` of the events. */
  readonly id: string;
  /** For log lines. */
  readonly name: string;
  readonly port: number;
  /** The field of a JSON message that names its route, for instance `["action"]`. */
  readonly routeField: readonly string[];
  readonly functions: Pick<FunctionService, "invoke">;
  readonly log: Log;
  /** Those of AWS when absent. */
  readonly limits?: Limits;
}

/** One WebSocket API on its own port, which also serves the API's `@connections`. */
export interface WebSocketApi {
  readonly id: string;
  /** `127.0.0.1:<port>` */
  readonly address: string;
  addIntegration(id: string, integration: Integration): void;
  addRoute(routeKey: string, integrationId: string): void;
  stop(): Promise<void>;
}

export async function startWebSocketApi(options: WebSocketApiOptions): Promise<WebSocketApi> {
  const integrations = new Map<string, Integration>();
  const routes = new Map<string, string>();
  /** The protocol that the answer of `$connect` chose, by handshake. */
  const protocols = new WeakMap<IncomingMessage, string>();
  const handshakes = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MESSAGE_LIMIT_BYTES,
    handleProtocols: (_, request) => protocols.get(request) ?? false,
  });
  const connections = createConnections(options.limits ?? awsLimits, { onMessage, onEnd });
  let isStopping = false;

  const server = createServer((request, response) => {
    answerManagement(request, response, connections).catch((error: Error) => {
      note("error", `${request.method} ${request.url}: ${error.message}`);
      response.writeHead(500).end();
    });
  });
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    connect(request, socket, head).catch((error: Error) => {
      // A function that throws or answers too late: API Gateway ends the handshake with a gateway's error.
      note("error", `$connect: ${error.message}`);
      refuse(socket, 502);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", () => resolve());
  });
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  function note(level: "warn" | "error", message: string): void {
    options.log({ level, source: options.name, message });
  }

  /** Calls a route's function, or answers undefined when there is no such route. */
  async function call(routeKey: string, event: unknown): Promise<{ readonly result: unknown } | undefined> {
    const integration = integrations.get(routes.get(routeKey) ?? "");
    if (!integration) return undefined;
    const { functionArn, timeoutMs } = integration;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = new Error(`no answer within ${timeoutMs / 1000} s`);
      timer = setTimeout(reject, timeoutMs, error);
    });
    try {
      return { result: await Promise.race([options.functions.invoke(functionArn, event), late]) };
    } finally {
      clearTimeout(timer);
    }
  }

  /** The connection is there only once `$connect` has allowed it: nothing can be sent to it before. */
  async function connect(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { path, rawQueryString } = splitTarget(request.url ?? "/");
    if (!STAGE_PATH.test(path)) return refuse(socket, 403);
    const facts: ConnectionFacts = {
      apiId: options.id,
      connectionId: newConnectionId(),
      connectedAt: new Date(),
      domainName: request.headers.host ?? address,
      sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
      userAgent: request.headers["user-agent"] ?? "",
    };
    const called = await call("$connect", connectEvent(facts, request, rawQueryString));
    const answer = called ? readAnswer(called.result) : { statusCode: 200, protocol: undefined };
    if (!answer) return refuse(socket, 502);
    if (answer.statusCode < 200 || answer.statusCode > 299) return refuse(socket, answer.statusCode);
    if (answer.protocol) protocols.set(request, answer.protocol);
    if (socket.destroyed) return;
    handshakes.handleUpgrade(request, socket, head, (client) => connections.add(facts, client, socket));
  }

  function onMessage(facts: ConnectionFacts, body: string): void {
    const named = routeOf(body, options.routeField);
    const routeKey = named !== undefined && routes.has(named) ? named : "$default";
    const event = messageEvent(facts, routeKey, body);
    const { requestId } = event.requestContext;
    // As AWS answers a client itself: no route takes the message, or its function failed.
    const tell = (message: string) =>
      connections.send(
        facts.connectionId,
        JSON.stringify({ message, connectionId: facts.connectionId, requestId }),
      );
    call(routeKey, event).then(
      (called) => (called ? undefined : tell("Forbidden")),
      (error: Error) => {
        note("error", `${routeKey}: ${error.message}`);
        return tell("Internal server error");
      },
    );
  }

  /** "`$disconnect` is executed after the connection is closed", on a best-effort basis. */
  function onEnd(facts: ConnectionFacts, code: number, reason: string): void {
    if (isStopping) return;
    call("$disconnect", disconnectEvent(facts, code, reason)).catch((error: Error) =>
      note("error", `$disconnect: ${error.message}`),
    );
  }

  return {
    id: options.id,
    address,
    addIntegration: (id, integration) => void integrations.set(id, integration),
    addRoute(routeKey, integrationId) {
      if (routes.has(routeKey)) throw new Error(`The route "${routeKey}" is declared twice.`);
      routes.set(routeKey, integrationId);
    },
    stop: () =>
      new Promise((resolve) => {
        isStopping = true;
        server.close(() => resolve());
        connections.closeAll();
        server.closeAllConnections();
      }),
  };
}

/** Status and chosen protocol of a proxy integration's answer, or undefined when it is none. */
function readAnswer(result: unknown) {
  const { statusCode, headers } = (result ?? {}) as {
    readonly statusCode?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
  };
  if (!Number.isInteger(Number(statusCode))) return undefined;
  const name = Object.keys(headers ?? {}).find((header) => header.toLowerCase() === "sec-websocket-protocol");
  return { statusCode: Number(statusCode), protocol: name ? headers?.[name] : undefined };
}

/** What the route selection expression finds in a message: nothing in one that is no JSON object. */
function routeOf(body: string, field: readonly string[]): string | undefined {
  try {
    const value = field.reduce(
      (at: unknown, name) => (at as Record<string, unknown>)?.[name],
      JSON.parse(body),
    );
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

function refuse(socket: Duplex, statusCode: number): void {
  if (!socket.writable) return;
  const head = `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode] ?? ""}\r\n`;
  socket.end(`${head}connection: close\r\ncontent-length: 0\r\n\r\n`);
}
