import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** What a connection is known by, from its `$connect` to its `$disconnect`. */
export interface ConnectionFacts {
  readonly apiId: string;
  readonly connectionId: string;
  readonly connectedAt: Date;
  readonly domainName: string;
  readonly sourceIp: string;
  readonly userAgent: string;
}

type Values = Readonly<Record<string, readonly string[]>>;

/** Eleven bytes, which end in an equals sign as the ids of AWS do: whoever puts one into a path has to encode it. */
export function newConnectionId(): string {
  return `${randomBytes(11).toString("base64url")}=`;
}

/** The event of `$connect`: the handshake's headers and query, which come with no other event. */
export function connectEvent(facts: ConnectionFacts, request: IncomingMessage, rawQueryString: string) {
  const headers = headersOf(request);
  const query = queryOf(rawQueryString);
  return {
    headers: last(headers),
    multiValueHeaders: headers,
    ...(query ? { queryStringParameters: last(query), multiValueQueryStringParameters: query } : {}),
    requestContext: { ...contextOf(facts), routeKey: "$connect", eventType: "CONNECT" },
    isBase64Encoded: false,
  };
}

/** The event of one message from the client. */
export function messageEvent(facts: ConnectionFacts, routeKey: string, body: string) {
  return {
    requestContext: { ...contextOf(facts), routeKey, eventType: "MESSAGE", messageId: newConnectionId() },
    body,
    isBase64Encoded: false,
  };
}

/** The event of `$disconnect`, which comes after the end and cannot be answered. */
export function disconnectEvent(facts: ConnectionFacts, code: number, reason: string) {
  return {
    requestContext: {
      ...contextOf(facts),
      routeKey: "$disconnect",
      eventType: "DISCONNECT",
      disconnectStatusCode: code,
      disconnectReason: reason,
    },
    isBase64Encoded: false,
  };
}

function contextOf({ apiId, connectionId, connectedAt, domainName, sourceIp, userAgent }: ConnectionFacts) {
  const now = new Date();
  return {
    apiId,
    connectionId,
    connectedAt: connectedAt.getTime(),
    domainName,
    stage: "$default",
    identity: { sourceIp, userAgent },
    messageDirection: "IN",
    requestId: randomUUID(),
    extendedRequestId: randomUUID(),
    requestTime: now.toUTCString(),
    requestTimeEpoch: now.getTime(),
  };
}

/** Header names arrive as the client wrote them. */
function headersOf({ rawHeaders }: IncomingMessage): Values {
  const pairs: [string, string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    pairs.push([rawHeaders[index] ?? "", rawHeaders[index + 1] ?? ""]);
  }
  return group(pairs);
}

function queryOf(rawQueryString: string): Values | undefined {
  return rawQueryString === "" ? undefined : group([...new URLSearchParams(rawQueryString)]);
}

/** A map in between, since a client may choose names such as `constructor`. */
function group(pairs: readonly (readonly [string, string])[]): Values {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(values);
}

function last(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.at(-1) ?? ""]));
}
