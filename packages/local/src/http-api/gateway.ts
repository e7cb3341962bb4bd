import type { IncomingMessage } from "node:http";
import { FunctionError, type FunctionService, type Log, TooManyRequestsError } from "../cloud.ts";
import { BodyTooLargeError, readBody } from "./body.ts";
import type { Authorization, JwtAuthorizer } from "./jwt-authorizer.ts";
import { decodePath, type Payload, splitTarget, toPayload } from "./payload.ts";
import { type HttpAnswer, toAnswer, toMessage } from "./result.ts";
import { parseRouteKey, type RoutePattern, selectRoute, sortRoutes } from "./route.ts";
import type { Throttle } from "./throttle.ts";

// "Quotas for configuring and running an HTTP API in API Gateway" and the payload size of "Lambda quotas".
const REQUEST_LIMIT_BYTES = 10 * 1024 * 1024;
const INVOCATION_LIMIT_BYTES = 6_291_556;
/** A text grows at most six times in JSON, so that shorter ones need no exact count. */
const SURELY_SMALL_LENGTH = 1_000_000;

export interface Integration {
  readonly functionArn: string;
  /** At most 30,000. */
  readonly timeoutMs: number;
}

export interface RouteDeclaration {
  /** For instance `GET /posts/{id}`. */
  readonly routeKey: string;
  readonly integrationId: string;
  /** `undefined` for a public route. */
  readonly authorizerId: string | undefined;
  readonly scopes: readonly string[];
}

export type Route = RoutePattern & RouteDeclaration;

/** What the resources of one API declared so far. */
export interface Declarations {
  readonly integrations: Map<string, Integration>;
  readonly authorizers: Map<string, JwtAuthorizer>;
  /** In the order in which they are tried. */
  routes: readonly Route[];
  throttle: Throttle;
}

/** @throws Error for a malformed route key or one that is already taken */
export function addRoute(declarations: Declarations, route: RouteDeclaration): void {
  if (declarations.routes.some((other) => other.routeKey === route.routeKey)) {
    throw new Error(`The route "${route.routeKey}" is declared twice.`);
  }
  declarations.routes = sortRoutes([...declarations.routes, { ...parseRouteKey(route.routeKey), ...route }]);
}

/** Finds the route, asks its authorizer, calls its function and answers what API Gateway would. */
export async function answerRequest(
  request: IncomingMessage,
  declarations: Declarations,
  options: {
    readonly apiId: string;
    readonly name: string;
    readonly functions: Pick<FunctionService, "invoke">;
    readonly log: Log;
  },
): Promise<HttpAnswer> {
  const receivedAt = new Date();
  const method = request.method ?? "GET";
  const target = splitTarget(request.url ?? "/");
  const path = decodePath(target.path);
  if (path === undefined) return toMessage(400, "Bad Request");
  const match = selectRoute(declarations.routes, method, path);
  if (!match) return toMessage(404, "Not Found");
  const { route, pathParameters } = match;
  if (!declarations.throttle.take(route.routeKey)) return toMessage(429, "Too Many Requests");

  const identity = { headers: request.headers, rawQueryString: target.rawQueryString };
  const authorization = await authorize(declarations, route, identity);
  if (authorization && !authorization.allowed) return refuse(authorization);

  const integration = declarations.integrations.get(route.integrationId);
  if (!integration) throw new Error(`The integration of "${route.routeKey}" does not exist.`);
  let body: Buffer;
  try {
    body = await readBody(request, REQUEST_LIMIT_BYTES);
  } catch (error) {
    if (error instanceof BodyTooLargeError) return toMessage(413, "Request Entity Too Large");
    throw error;
  }
  const payload = toPayload({
    apiId: options.apiId,
    routeKey: route.routeKey,
    method,
    path,
    rawQueryString: target.rawQueryString,
    rawHeaders: request.rawHeaders,
    protocol: `HTTP/${request.httpVersion}`,
    sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
    port: request.socket.localPort ?? 0,
    pathParameters,
    authorizer: authorization?.context,
    body,
    receivedAt,
  });
  if (isTooLarge(payload)) return toMessage(413, "Request Entity Too Large");
  return invoke(integration, payload, options);
}

function authorize(
  declarations: Declarations,
  route: Route,
  identity: Parameters<JwtAuthorizer>[0],
): Promise<Authorization> | undefined {
  if (route.authorizerId === undefined) return undefined;
  const authorizer = declarations.authorizers.get(route.authorizerId);
  if (!authorizer) throw new Error(`The authorizer of "${route.routeKey}" does not exist.`);
  return authorizer(identity, route.scopes);
}

function refuse(refusal: Extract<Authorization, { allowed: false }>): HttpAnswer {
  const answer = toMessage(refusal.statusCode, refusal.statusCode === 401 ? "Unauthorized" : "Forbidden");
  return { ...answer, headers: { ...answer.headers, "www-authenticate": refusal.challenge } };
}

async function invoke(
  integration: Integration,
  payload: Payload,
  options: Parameters<typeof answerRequest>[2],
): Promise<HttpAnswer> {
  const fail = (statusCode: 500 | 503, message: string, reason: string): HttpAnswer => {
    const what = `${payload.requestContext.http.method} ${payload.rawPath}`;
    options.log({ level: "error", source: options.name, message: `${what}: ${statusCode}, ${reason}` });
    return toMessage(statusCode, message);
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, integration.timeoutMs, "late");
  });
  try {
    const outcome = await Promise.race([
      options.functions.invoke(integration.functionArn, payload).then((result) => ({ result })),
      late,
    ]);
    if (outcome === "late") {
      return fail(503, "Service Unavailable", `no answer within ${integration.timeoutMs / 1000} s`);
    }
    const answer = toAnswer(outcome.result);
    if (!answer)
      return fail(500, "Internal Server Error", "the function's answer is not of payload format 2.0");
    return answer;
  } catch (error) {
    if (error instanceof FunctionError) return fail(500, "Internal Server Error", error.message);
    if (error instanceof TooManyRequestsError) return fail(503, "Service Unavailable", error.message);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the event passes what one invocation carries. */
function isTooLarge(payload: Payload): boolean {
  if ((payload.body ?? "").length < SURELY_SMALL_LENGTH) return false;
  return Buffer.byteLength(JSON.stringify(payload)) > INVOCATION_LIMIT_BYTES;
}
