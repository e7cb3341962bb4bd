import { randomBytes } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import type { Duplex } from "node:stream";
import type { FunctionService, Log } from "../cloud.ts";
import { type CorsConfiguration, corsHeaders, preflightHeaders, withoutCorsHeaders } from "./cors.ts";
import {
  addRoute,
  answerRequest,
  type Declarations,
  type Integration,
  type RouteDeclaration,
} from "./gateway.ts";
import type { JwtAuthorizer } from "./jwt-authorizer.ts";
import { type HttpAnswer, toMessage } from "./result.ts";
import { createThrottle, type ThrottleSettings } from "./throttle.ts";

/** "Combined size of request line and header values" of the HTTP API quotas. */
const HEADER_LIMIT_BYTES = 10_240;
/** A connection is kept open longer than any client here keeps it, so that no request meets a closing one. */
const KEEP_ALIVE_MS = 75_000;

export interface HttpApiOptions {
  /** `apiId` of the events. */
  readonly id: string;
  /** For log lines, for instance `ApiApi`. */
  readonly name: string;
  readonly port: number;
  readonly cors: CorsConfiguration | undefined;
  readonly functions: Pick<FunctionService, "invoke">;
  readonly log: Log;
  /** The throttle's clock, in milliseconds. */
  readonly now?: () => number;
}

/** One HTTP API on its own port. It listens before it has routes, because others need its address first. */
export interface HttpApi {
  readonly id: string;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  addIntegration(id: string, integration: Integration): void;
  addAuthorizer(id: string, authorizer: JwtAuthorizer): void;
  /** @throws Error for a malformed route key or one that is already taken */
  addRoute(route: RouteDeclaration): void;
  setThrottling(
    byDefault: ThrottleSettings | undefined,
    byRoute: ReadonlyMap<string, ThrottleSettings>,
  ): void;
  stop(): Promise<void>;
}

export async function startHttpApi(options: HttpApiOptions): Promise<HttpApi> {
  const { cors } = options;
  const now = options.now ?? Date.now;
  const declarations: Declarations = {
    integrations: new Map(),
    authorizers: new Map(),
    routes: [],
    throttle: createThrottle({ default: undefined, byRoute: new Map() }, now),
  };
  const server = createServer({ maxHeaderSize: HEADER_LIMIT_BYTES, keepAliveTimeout: KEEP_ALIVE_MS });
  server.on("request", (request, response) => void serve(request, response));
  server.on("clientError", refuseMalformed);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", () => resolve());
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : options.port;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { origin } = request.headers;
    if (cors && origin !== undefined && isPreflight(request)) {
      send(request, response, { ...NO_CONTENT, headers: preflightHeaders(cors, origin) });
      return;
    }
    let answer: HttpAnswer;
    try {
      answer = await answerRequest(request, declarations, { ...options, apiId: options.id });
    } catch (error) {
      if (request.destroyed && !request.complete) return; // The client left while it was sending.
      const message = `${request.method} ${request.url}: 500, ${error instanceof Error ? error.message : error}`;
      options.log({ level: "error", source: options.name, message });
      answer = toMessage(500, "Internal Server Error");
    }
    const headers = cors
      ? { ...withoutCorsHeaders(answer.headers), ...corsHeaders(cors, origin) }
      : answer.headers;
    send(request, response, { ...answer, headers });
  }

  return {
    id: options.id,
    url: `http://127.0.0.1:${port}`,
    addIntegration: (id, integration) => void declarations.integrations.set(id, integration),
    addAuthorizer: (id, authorizer) => void declarations.authorizers.set(id, authorizer),
    addRoute: (route) => addRoute(declarations, route),
    setThrottling(byDefault, byRoute) {
      declarations.throttle = createThrottle({ default: byDefault, byRoute }, now);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const NO_CONTENT: HttpAnswer = { statusCode: 204, headers: {}, cookies: [], body: "" };

function isPreflight(request: IncomingMessage): boolean {
  return request.method === "OPTIONS" && request.headers["access-control-request-method"] !== undefined;
}

function send(request: IncomingMessage, response: ServerResponse, answer: HttpAnswer): void {
  const mayHaveBody = answer.statusCode !== 204 && answer.statusCode !== 304;
  const headers: OutgoingHttpHeaders = {
    ...answer.headers,
    "apigw-requestid": randomBytes(9).toString("base64"),
  };
  if (mayHaveBody) headers["content-length"] = Buffer.byteLength(answer.body);
  if (answer.cookies.length > 0) headers["set-cookie"] = [...answer.cookies];
  response.writeHead(answer.statusCode, headers);
  response.end(mayHaveBody && request.method !== "HEAD" ? answer.body : undefined);
  // What the client still sends (too large, refused) is thrown away, so that it gets to reading the answer.
  if (!request.complete) request.resume();
}

/** Answers what is no HTTP request that the gateway takes, for instance too many headers. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable) return;
  const statusCode = error.code === "HPE_HEADER_OVERFLOW" ? 431 : 400;
  const reason = STATUS_CODES[statusCode] ?? "";
  const { body } = toMessage(statusCode, reason);
  const head = `HTTP/1.1 ${statusCode} ${reason}\r\ncontent-type: application/json\r\nconnection: close\r\n`;
  socket.end(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
