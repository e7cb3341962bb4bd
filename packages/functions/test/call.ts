import { randomInt, randomUUID } from "node:crypto";
import type { Role } from "@haru/core/account/account.contract";
import { pathParameters, type Route, routeKey } from "@haru/core/contract";
import type { AccountId } from "@haru/core/id";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Request } from "../src/request.ts";

type Handler = (event: Request) => Promise<APIGatewayProxyStructuredResultV2>;

/** Somebody with a token. */
export interface Person {
  readonly accountId: AccountId;
  readonly roles: readonly Role[];
}

export interface Sent {
  /** Values by name: those in the path are put there, the others into query or body. */
  readonly input?: Readonly<Record<string, unknown>>;
  readonly as?: Person;
  readonly headers?: Readonly<Record<string, string>>;
  /** Replaces what the gateway would send. */
  readonly event?: Partial<Request>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape.
  readonly body: any;
}

/** Calls a handler with the event that the gateway makes of a request (payload format 2.0). */
export async function call(handler: Handler, route: Route, sent: Sent = {}): Promise<Answer> {
  const result = await handler(eventOf(route, sent));
  return {
    status: result.statusCode ?? 0,
    headers: result.headers ?? {},
    body: JSON.parse(result.body ?? ""),
  };
}

function eventOf(route: Route, { input = {}, as, headers = {}, event = {} }: Sent): Request {
  const names = pathParameters(route.path);
  const path = Object.fromEntries(names.map((name) => [name, textOf(input[name])]));
  const rest = Object.entries(input).filter(([name]) => !names.includes(name));
  const isInQuery = route.method === "GET" || route.method === "DELETE";
  const query = new URLSearchParams(isInQuery ? rest.map(([name, value]) => [name, textOf(value)]) : []);
  const hasBody = !isInQuery && rest.length > 0;
  const rawPath = route.path.replace(/\{(\w+)\}/g, (_, name: string) => path[name] ?? "");
  return {
    version: "2.0",
    routeKey: routeKey(route),
    rawPath,
    rawQueryString: query.toString(),
    headers: { ...(hasBody ? { "content-type": "application/json" } : {}), ...headers },
    pathParameters: path,
    requestContext: contextOf(route, rawPath, as),
    ...(hasBody ? { body: JSON.stringify(Object.fromEntries(rest)) } : {}),
    isBase64Encoded: false,
    ...event,
  };
}

/** Somebody elsewhere with each request, so that limits by address meet only the tests that mean them. */
function newAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
}

/** Whatever a test makes up travels as text, also an object that says no text of itself. */
function textOf(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function contextOf(route: Route, path: string, as: Person | undefined): Request["requestContext"] {
  return {
    accountId: "000000000000",
    apiId: "api",
    domainName: "localhost",
    domainPrefix: "api",
    http: { method: route.method, path, protocol: "HTTP/1.1", sourceIp: newAddress(), userAgent: "test" },
    requestId: randomUUID(),
    routeKey: routeKey(route),
    stage: "$default",
    time: "21/Nov/2026:00:00:00 +0000",
    timeEpoch: 0,
    ...(as ? { authorizer: authorizerOf(as) } : {}),
  };
}

function authorizerOf({ accountId, roles }: Person) {
  const claims = {
    sub: accountId.slice("acc_".length),
    token_use: "access",
    ...(roles.length > 0 ? { "cognito:groups": `[${roles.join(" ")}]` } : {}),
  };
  return { principalId: "", integrationLatency: 0, jwt: { claims, scopes: [] } };
}
