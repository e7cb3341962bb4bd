import { createHash, timingSafeEqual } from "node:crypto";
import { isIPv6 } from "node:net";
import { linkedEdgeSecret } from "./core.ts";
import type { Request } from "./request.ts";

/**
 * The address that a request came from, for limits and the audit trail. The front door says it in
 * a header and proves itself with a secret, which the site hands on; a header without the secret is
 * anybody's claim, and the address of the connection counts instead. That is the client's own when
 * it called the gateway past the front door.
 */
export function addressOf(event: Request): string {
  const { "x-client-address": told, "x-edge-secret": secret } = event.headers;
  const address =
    told && secret && isSame(secret, linkedEdgeSecret()) ? told : event.requestContext.http.sourceIp;
  return isIPv6(address) ? networkOf(address) : address;
}

/** A household gets 2^64 addresses of IPv6, so that its network of /64 stands for it. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  // The parser of URLs writes each address in its one shortest form, which expands without ambiguity.
  const host = new URL(`http://[${address.split("%")[0]}]`).hostname.slice(1, -1);
  const [before = "", after] = host.split("::");
  const head = before.split(":").filter(Boolean);
  const tail = (after ?? "").split(":").filter(Boolean);
  const missing = after === undefined ? 0 : 8 - head.length - tail.length;
  const groups = [...head, ...Array<string>(missing).fill("0"), ...tail];
  return `${groups.slice(0, 4).join(":")}::/64`;
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
