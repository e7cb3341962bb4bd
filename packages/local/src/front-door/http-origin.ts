import http, { type ClientRequest, type IncomingMessage } from "node:http";
import https from "node:https";
import { connectionHeaders } from "./edge-event.ts";
import { type Headers, type Origin, OriginError, type OriginRequest } from "./origin.ts";

const agents = {
  http: new http.Agent({ keepAlive: true, scheduling: "lifo" }),
  https: new https.Agent({ keepAlive: true, scheduling: "lifo" }),
};

/**
 * A server that speaks HTTP. Bodies are passed on as they come, both ways.
 * @param base for instance `http://127.0.0.1:41000`
 */
export function httpOrigin(base: string): Origin {
  const { protocol, hostname, port } = new URL(base);
  const scheme = protocol === "https:" ? https : http;
  const agent = protocol === "https:" ? agents.https : agents.http;

  function send(request: OriginRequest): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const outgoing = scheme.request({
        agent,
        hostname: hostname.replace(/^\[|\]$/g, ""),
        port,
        method: request.method,
        path: request.rawQueryString === "" ? request.path : `${request.path}?${request.rawQueryString}`,
        headers: withLength(request),
        signal: request.signal,
      });
      const timer = setTimeout(() => {
        outgoing.destroy(
          new OriginError(504, `${base} did not begin to answer within ${request.timeoutMs / 1000} s.`),
        );
      }, request.timeoutMs);
      outgoing.once("response", (response) => {
        clearTimeout(timer);
        resolve(response);
      });
      outgoing.once("error", (error) => {
        clearTimeout(timer);
        reject(isStale(outgoing, error) ? new StaleConnectionError() : error);
      });
      if (request.body) request.body.pipe(outgoing);
      else outgoing.end();
    });
  }

  return async (request) => {
    let response: IncomingMessage;
    try {
      response = await send(request).catch((error) => {
        // The server closed a kept connection in the moment in which it was used again.
        if (error instanceof StaleConnectionError && !request.body) return send(request);
        throw error;
      });
    } catch (error) {
      if (error instanceof OriginError) throw error;
      throw new OriginError(502, `${base} does not answer (${(error as Error).message}).`);
    }
    const { statusCode = 502, statusMessage = "" } = response;
    return { statusCode, statusText: statusMessage, headers: endToEnd(response), body: response };
  };
}

class StaleConnectionError extends Error {
  constructor() {
    super("the connection was closed");
  }
}

function isStale(request: ClientRequest, error: NodeJS.ErrnoException): boolean {
  return request.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
}

/** A body of unknown length is sent in chunks; without this Node sends none for methods that rarely have one. */
function withLength({ headers, body }: OriginRequest): Headers {
  return body && headers["content-length"] === undefined
    ? { ...headers, "transfer-encoding": "chunked" }
    : headers;
}

function endToEnd(response: IncomingMessage): Headers {
  const dropped = connectionHeaders(response.headers.connection);
  return Object.fromEntries(
    Object.entries(response.headers).flatMap(([name, value]) =>
      value === undefined || dropped.has(name) ? [] : [[name, value]],
    ),
  );
}
