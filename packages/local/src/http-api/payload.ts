import { randomUUID } from "node:crypto";
import { ACCOUNT_ID } from "../cloud.ts";

/**
 * The event of payload format 2.0, as HTTP APIs and function URLs send it
 * ("Create AWS Lambda proxy integrations for HTTP APIs in API Gateway").
 */
export interface Payload {
  readonly version: "2.0";
  readonly routeKey: string;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly requestContext: {
    readonly accountId: string;
    readonly apiId: string;
    readonly authorizer?: unknown;
    readonly domainName: string;
    readonly domainPrefix: string;
    readonly http: {
      readonly method: string;
      readonly path: string;
      readonly protocol: string;
      readonly sourceIp: string;
      readonly userAgent: string;
    };
    readonly requestId: string;
    readonly routeKey: string;
    readonly stage: string;
    /** For instance `12/Mar/2020:19:03:58 +0000`. */
    readonly time: string;
    readonly timeEpoch: number;
  };
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

export interface PayloadRequest {
  readonly apiId: string;
  readonly routeKey: string;
  readonly method: string;
  /** What `decodePath` answered for an HTTP API; the path as it came for a function URL. */
  readonly path: string;
  readonly rawQueryString: string;
  /** Names and values in turns. */
  readonly rawHeaders: readonly string[];
  /** For instance `HTTP/1.1`. */
  readonly protocol: string;
  /** Address of the peer. Behind a front door that is the front door, as it is CloudFront on AWS. */
  readonly sourceIp: string;
  readonly port: number;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly authorizer: unknown;
  readonly body: Buffer;
  readonly receivedAt: Date;
}

/** The content types whose bodies arrive as text. All others, forms and absent ones too, come as base64. */
const TEXT = /^\s*(text\/[^;\s]+|application\/(json|xml|javascript))\s*(;|$)/i;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function toPayload(from: PayloadRequest): Payload {
  const { cookies, headers } = joinHeaders(from.rawHeaders);
  const { sourceIp } = from;
  const isText = TEXT.test(headers["content-type"] ?? "");
  const query = decodeQuery(from.rawQueryString);
  return {
    version: "2.0",
    routeKey: from.routeKey,
    rawPath: from.path,
    rawQueryString: from.rawQueryString,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers: {
      ...headers,
      "x-forwarded-for": headers["x-forwarded-for"] ? `${headers["x-forwarded-for"]}, ${sourceIp}` : sourceIp,
      "x-forwarded-port": headers["x-forwarded-port"] ?? String(from.port),
      "x-forwarded-proto": headers["x-forwarded-proto"] ?? "http",
    },
    ...(query ? { queryStringParameters: query } : {}),
    requestContext: {
      accountId: ACCOUNT_ID,
      apiId: from.apiId,
      ...(from.authorizer ? { authorizer: from.authorizer } : {}),
      domainName: headers.host ?? "",
      domainPrefix: from.apiId,
      http: {
        method: from.method,
        path: from.path,
        protocol: from.protocol,
        sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey: from.routeKey,
      stage: "$default",
      time: formatTime(from.receivedAt),
      timeEpoch: from.receivedAt.getTime(),
    },
    ...(Object.keys(from.pathParameters).length > 0 ? { pathParameters: from.pathParameters } : {}),
    ...(from.body.length > 0 ? { body: from.body.toString(isText ? "utf8" : "base64") } : {}),
    isBase64Encoded: from.body.length > 0 && !isText,
  };
}

/** Splits a request target into the path and the query as they came. */
export function splitTarget(target: string): { readonly path: string; readonly rawQueryString: string } {
  const at = target.indexOf("?");
  return at === -1
    ? { path: target || "/", rawQueryString: "" }
    : { path: target.slice(0, at) || "/", rawQueryString: target.slice(at + 1) };
}

/**
 * Decodes a path as HTTP APIs do before they look for a route: an encoded
 * slash counts as a slash and what follows an encoded question mark is lost.
 * Both were observed on AWS; the developer guide does not say so.
 * @returns undefined when the path is no valid percent-encoded UTF-8
 */
export function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path).split("?", 1)[0];
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** Names in lower case; values of one name joined by commas; cookies apart. */
function joinHeaders(rawHeaders: readonly string[]): {
  readonly cookies: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
} {
  const pairs: [string, string][] = [];
  const cookies: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    const value = rawHeaders[index + 1] ?? "";
    if (name !== "cookie") pairs.push([name, value]);
    else cookies.push(...value.split(";").flatMap((cookie) => cookie.trim() || []));
  }
  return { cookies, headers: joinByComma(pairs) };
}

function decodeQuery(rawQueryString: string): Record<string, string> | undefined {
  return rawQueryString === "" ? undefined : joinByComma(new URLSearchParams(rawQueryString));
}

/** A map in between, since a client may choose names such as `constructor`. */
function joinByComma(pairs: Iterable<[string, string]>): Record<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of pairs) {
    const earlier = values.get(name);
    values.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return Object.fromEntries(values);
}

function formatTime(at: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const clock = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(":");
  return `${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}:${clock} +0000`;
}
