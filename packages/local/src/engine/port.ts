import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below the range from which systems take ports of outgoing connections: a port from here stays free. */
const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 30_000;

/** A port that is free at this moment. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomPort();
    if (await isPortFree(port)) return port;
  }
}

/** Any port of the range, free or not. */
export function randomPort(): number {
  return randomInt(LOWEST_PORT, HIGHEST_PORT);
}

/** Whether nobody listens on that port, neither on the loopback address nor on all addresses. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await canListen(port, "127.0.0.1")) && (await canListen(port, undefined));
}

function canListen(port: number, host: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, ...(host ? { host } : {}) }, () => server.close(() => resolve(true)));
  });
}
