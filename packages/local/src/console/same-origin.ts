import type { IncomingMessage } from "node:http";

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\]|[a-z0-9.-]+\.localhost)(:\d+)?$/i;

/**
 * True for a request by a name of this machine. The front door listens on the loopback interface only, but a
 * page elsewhere could have its own name lead here (DNS rebinding) and would then read as this origin.
 */
export function isAskedByName({ headers }: IncomingMessage): boolean {
  return LOOPBACK.test(headers.host ?? "");
}

/**
 * True for a request that the console's own page makes. Browsers send `Origin` with every request that is not
 * a plain reading, so that none without it changes anything.
 */
export function isFromOwnPage({ headers, socket }: IncomingMessage): boolean {
  const scheme = "encrypted" in socket ? "https" : "http";
  const site = headers["sec-fetch-site"];
  return headers.origin === `${scheme}://${headers.host}` && (site === undefined || site === "same-origin");
}
