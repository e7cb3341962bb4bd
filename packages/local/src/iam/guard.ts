import { randomUUID } from "node:crypto";
import http, { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ReadAccesses } from "./accesses.ts";
import type { Iam } from "./iam.ts";

const KEEP_ALIVE_MS = 75_000;

export interface Guard {
  /** `http://127.0.0.1:<port>`, the address of the engine for everyone but the guard. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Stands in front of an engine that speaks one of AWS's JSON protocols, and lets through what the caller's
 * policies allow. Who calls is read from the credential; its signature is not checked, since whoever reaches
 * an engine of this machine could read the secrets as well.
 */
export async function startGuard(options: {
  /** The engine's address, asked for at each call because an engine may be started again. */
  target(): string;
  /** A free port when absent. */
  readonly port?: number;
  readonly iam: Pick<Iam, "denial">;
  readonly readAccesses: ReadAccesses;
}): Promise<Guard> {
  const { iam, readAccesses } = options;
  const agent = new http.Agent({ keepAlive: true, scheduling: "lifo" });
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const accessKeyId = accessKeyOf(request.headers.authorization);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method = "GET", url: target = "/", headers } = request;
    if (accessKeyId) {
      const operation = [headers["x-amz-target"]].flat()[0];
      const accesses = readAccesses({ method, target, operation, body: body.toString() });
      const denial = iam.denial(accessKeyId, accesses);
      if (denial) return deny(request, response, denial);
    }
    await forward(request, response, body);
  }

  function forward(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const { hostname, port } = new URL(options.target());
    const { method, url: path, headers } = request;
    return new Promise((resolve, reject) => {
      const outgoing = http.request({ agent, hostname, port, method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response).once("close", resolve);
      });
      outgoing.once("error", reject);
      // Who waits long for messages may go before any come.
      response.once("close", () => outgoing.destroy());
      outgoing.end(body);
    });
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The access key of a signed call, from `Credential=<key>/<day>/…`. */
export function accessKeyOf(authorization: string | undefined): string | undefined {
  return /Credential=([^/,\s]+)\//.exec(authorization ?? "")?.[1];
}

function deny({ headers }: IncomingMessage, response: ServerResponse, message: string): void {
  const type = headers["content-type"] ?? "application/x-amz-json-1.0";
  const isDynamodb = String(headers["x-amz-target"]).startsWith("DynamoDB");
  const code = isDynamodb ? "com.amazon.coral.service#AccessDeniedException" : "AccessDeniedException";
  const body = JSON.stringify({ __type: code, message, Message: message });
  response.writeHead(400, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "x-amzn-requestid": randomUUID(),
    "x-amzn-errortype": code,
  });
  response.end(body);
}
