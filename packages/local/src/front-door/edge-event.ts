import type { IncomingMessage } from "node:http";

/**
 * The request and response objects of CloudFront Functions ("CloudFront
 * Functions event structure"). Functions get and change them in place.
 */
export interface EdgeValue {
  value: string;
  multiValue?: { value: string }[];
}

export type EdgeValues = Record<string, EdgeValue>;

/** A cookie that is set. `attributes` is what follows the first semicolon. */
export interface EdgeCookie extends EdgeValue {
  attributes?: string;
  multiValue?: { value: string; attributes?: string }[];
}

export interface EdgeRequest {
  method: string;
  /** The path as the viewer sent it, still encoded. */
  uri: string;
  querystring: EdgeValues;
  /** Names in lower case, without `cookie`. */
  headers: EdgeValues;
  cookies?: EdgeValues;
}

export interface EdgeResponse {
  statusCode: number;
  statusDescription?: string;
  headers?: EdgeValues;
  cookies?: Record<string, EdgeCookie>;
  body?: string | { readonly encoding: "text" | "base64"; readonly data: string };
}

/** Belongs to one connection, see RFC 9110, section 7.6.1; `expect` is answered by the front door itself. */
const HOP_BY_HOP = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Says who the viewer is. Only the front door may say that, so copies from the viewer are dropped. */
const SAYS_WHO_THE_VIEWER_IS = /^(x-forwarded-|cloudfront-|x-amz-cf-|x-real-ip$|forwarded$)/;

export function toEdgeRequest(request: IncomingMessage): { edge: EdgeRequest; rawQueryString: string } {
  const target = request.url ?? "/";
  const at = target.indexOf("?");
  const rawQueryString = at === -1 ? "" : target.slice(at + 1);
  const cookies: EdgeValues = {};
  const headers: EdgeValues = {};
  const dropped = connectionHeaders(request.headers.connection);
  const { rawHeaders } = request;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    const value = rawHeaders[index + 1] ?? "";
    if (name === "cookie") addCookies(cookies, value);
    else if (!dropped.has(name) && !SAYS_WHO_THE_VIEWER_IS.test(name)) add(headers, name, value);
  }
  const { remoteAddress = "127.0.0.1", remotePort = 0 } = request.socket;
  headers["cloudfront-viewer-address"] = { value: `${remoteAddress}:${remotePort}` };
  const edge: EdgeRequest = {
    method: request.method ?? "GET",
    uri: (at === -1 ? target : target.slice(0, at)) || "/",
    querystring: parseQuery(rawQueryString),
    headers,
    cookies,
  };
  return { edge, rawQueryString };
}

/** All names that must not be passed on: those of the standard and those that `Connection` lists. */
export function connectionHeaders(connection: string | undefined): ReadonlySet<string> {
  if (!connection || /^(keep-alive|close|upgrade)$/i.test(connection)) return HOP_BY_HOP;
  return new Set([...HOP_BY_HOP, ...connection.split(",").map((name) => name.trim().toLowerCase())]);
}

/** Names and values as Node's HTTP client takes them, cookies included. */
export function toHeaders(request: EdgeRequest): Record<string, string | string[]> {
  const headers = fromEdgeValues(request.headers);
  const cookies = Object.entries(request.cookies ?? {}).flatMap(([name, cookie]) =>
    valuesOf(cookie).map((value) => (name === "" ? value : `${name}=${value}`)),
  );
  if (cookies.length > 0) headers.cookie = cookies.join("; ");
  return headers;
}

export function fromEdgeValues(values: EdgeValues | undefined): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]) => {
      const all = valuesOf(value);
      return [name.toLowerCase(), all.length === 1 ? (all[0] ?? "") : all];
    }),
  );
}

/** The query after the function: as the viewer wrote it unless the function changed it. */
export function toQueryString(request: EdgeRequest, rawQueryString: string): string {
  const written = writeQuery(request.querystring);
  return written === writeQuery(parseQuery(rawQueryString)) ? rawQueryString : written;
}

export function add(values: EdgeValues, name: string, value: string): void {
  // A viewer may choose names such as `__proto__`, so only own properties count and are made.
  const earlier = Object.hasOwn(values, name) ? values[name] : undefined;
  if (!earlier) {
    Object.defineProperty(values, name, {
      value: { value },
      configurable: true,
      enumerable: true,
      writable: true,
    });
  } else {
    earlier.multiValue = [...(earlier.multiValue ?? [{ value: earlier.value }]), { value }];
  }
}

function addCookies(cookies: EdgeValues, header: string): void {
  for (const part of header.split(";")) {
    const cookie = part.trim();
    if (cookie === "") continue;
    const at = cookie.indexOf("=");
    if (at === -1) add(cookies, "", cookie);
    else add(cookies, cookie.slice(0, at), cookie.slice(at + 1));
  }
}

function parseQuery(rawQueryString: string): EdgeValues {
  const values: EdgeValues = {};
  for (const part of rawQueryString.split("&")) {
    if (part === "") continue;
    const at = part.indexOf("=");
    if (at === -1) add(values, part, "");
    else add(values, part.slice(0, at), part.slice(at + 1));
  }
  return values;
}

function writeQuery(querystring: EdgeValues): string {
  return Object.entries(querystring)
    .flatMap(([name, value]) => valuesOf(value).map((one) => (one === "" ? name : `${name}=${one}`)))
    .join("&");
}

export function valuesOf({ value, multiValue }: EdgeValue): string[] {
  return multiValue && multiValue.length > 0 ? multiValue.map((one) => one.value) : [value];
}
