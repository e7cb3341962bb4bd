import http, { type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Log } from "../cloud.ts";
import { OriginError } from "./origin.ts";
import type { RoutedRequest } from "./route-request.ts";

/** Passes a WebSocket through to the server that the router picks, for instance a site's development server. */
export async function passUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  route: (request: IncomingMessage) => Promise<RoutedRequest>,
  log: Log,
): Promise<void> {
  // Either side may go at any moment; both are ended together below.
  socket.on("error", () => socket.destroy());
  try {
    const routed = await route(request);
    if ("generated" in routed || routed.origin.address === undefined) {
      throw new OriginError(502, "What takes this path is no server that speaks WebSocket.");
    }
    const { address } = routed.origin;
    const { path, rawQueryString, headers } = routed.request;
    const outgoing = http.request(address, {
      method: "GET",
      path: rawQueryString === "" ? path : `${path}?${rawQueryString}`,
      headers: { ...headers, connection: "Upgrade", upgrade: request.headers.upgrade ?? "websocket" },
    });
    outgoing.on("upgrade", (response, upstream, upstreamHead) => {
      socket.write(responseHead(response));
      if (upstreamHead.length > 0) socket.write(upstreamHead);
      if (head.length > 0) upstream.write(head);
      upstream.on("error", () => upstream.destroy());
      upstream.on("close", () => socket.destroy());
      socket.on("close", () => upstream.destroy());
      upstream.pipe(socket).pipe(upstream);
    });
    outgoing.on("response", (response) => {
      // The server does not want to switch. Its answer ends with the connection.
      response.resume();
      refuse(`${address} answered ${response.statusCode}.`);
    });
    outgoing.on("error", (error) => refuse(`${address} does not answer (${error.message}).`));
    socket.on("close", () => outgoing.destroy());
    outgoing.end();
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error));
  }

  function refuse(reason: string): void {
    // What follows may be a ticket.
    const [path] = String(request.url).split("?");
    log({ level: "warn", source: "front door", message: `upgrade of ${path}: ${reason}` });
    socket.end("HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
  }
}

function responseHead({ statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}
