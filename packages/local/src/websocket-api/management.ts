import type { IncomingMessage, ServerResponse } from "node:http";
import { BodyTooLargeError, readBody } from "../http-api/body.ts";
import { type Connections, MESSAGE_LIMIT_BYTES } from "./connections.ts";

const CONNECTION_PATH = /^\/(?:\$|%24)default\/(?:@|%40)connections\/([^/]+)$/;

/**
 * The API Gateway Management API (`@connections`): how functions send to a client, ask about it
 * and end its connection. Requests must be signed; whose signature it is is not checked.
 */
export async function answerManagement(
  request: IncomingMessage,
  response: ServerResponse,
  connections: Connections,
): Promise<void> {
  const match = CONNECTION_PATH.exec(new URL(request.url ?? "/", "http://api").pathname);
  if (!match?.[1] || !request.headers.authorization?.startsWith("AWS4-HMAC-SHA256 ")) {
    return refuse(response, 403, "ForbiddenException", "Forbidden");
  }
  const connectionId = decodeURIComponent(match[1]);
  switch (request.method) {
    case "POST": {
      const text = await readText(request);
      if (text === undefined) return refuse(response, 413, "PayloadTooLargeException", "Payload too large");
      return finish(response, await connections.send(connectionId, text), 200);
    }
    case "DELETE":
      return finish(response, connections.close(connectionId), 204);
    case "GET": {
      const connection = connections.get(connectionId);
      if (!connection) return finish(response, false, 200);
      const { facts, lastActiveAt } = connection;
      response.writeHead(200, { "content-type": "application/json" });
      response.end(
        JSON.stringify({
          connectedAt: facts.connectedAt,
          identity: { sourceIp: facts.sourceIp, userAgent: facts.userAgent },
          lastActiveAt,
        }),
      );
      return;
    }
    default:
      return refuse(response, 403, "ForbiddenException", "Forbidden");
  }
}

/** The message as text, or undefined when it is larger than a client may be sent. */
async function readText(request: IncomingMessage): Promise<string | undefined> {
  try {
    return (await readBody(request, MESSAGE_LIMIT_BYTES)).toString();
  } catch (error) {
    if (error instanceof BodyTooLargeError) return undefined;
    throw error;
  }
}

function finish(response: ServerResponse, isThere: boolean, status: number): void {
  if (isThere) response.writeHead(status).end();
  else refuse(response, 410, "GoneException", "Gone");
}

function refuse(response: ServerResponse, status: number, type: string, message: string): void {
  response.writeHead(status, { "content-type": "application/json", "x-amzn-errortype": type });
  response.end(JSON.stringify({ message }));
  // What the client still sends is thrown away, so that it gets to reading the answer.
  if (!response.req.complete) response.req.resume();
}
