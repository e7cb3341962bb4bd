import { type Method, pathParameters } from "@haru/core/contract";
import { contracts } from "@haru/core/routes";

/**
 * Whether a request that changes something comes from our own pages. A browser says where it
 * comes from in `Sec-Fetch-Site`, older ones in `Origin`; a request that says neither is refused.
 */
export function isFromOwnPage(method: string, headers: Headers, siteOrigin: string): boolean {
  const site = headers.get("sec-fetch-site");
  const reads = method === "GET" || method === "HEAD";
  if (site !== null) return site === "same-origin" || (reads && site === "none");
  return reads || headers.get("origin") === siteOrigin;
}

const routes = Object.values(contracts).flatMap((contract) => Object.values(contract));

/**
 * The path of the API that a request for `/bff/…` means, escaped anew, or nothing when the
 * contract has no such route: nothing else behind the API's address can be reached from here.
 * @param segments as Next hands them over, each escaped or not
 */
export function apiPathOf(method: string, segments: readonly string[]): string | undefined {
  const plain = segments.map(decode);
  if (plain.some((segment) => segment === "" || segment === "." || segment === "..")) return undefined;
  const isNamed = routes.some(
    (route) => route.method === (method as Method) && matches(route.path.split("/").slice(1), plain),
  );
  return isNamed ? `/${plain.map(encodeURIComponent).join("/")}` : undefined;
}

function matches(template: readonly string[], segments: readonly string[]): boolean {
  return (
    template.length === segments.length &&
    template.every((part, index) => pathParameters(part).length > 0 || part === segments[index])
  );
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const forwardedHeaders = [
  "content-type",
  "accept",
  "accept-language",
  "idempotency-key",
  "traceparent",
  // Set by the front door, whatever the browser has sent: where the person is, and the proof of it.
  "x-client-address",
  "x-edge-secret",
  // Shown in the list of sessions.
  "user-agent",
];

export function headersToForward(headers: Headers, accessToken: string | undefined): Headers {
  const forwarded = new Headers();
  for (const name of forwardedHeaders) {
    const value = headers.get(name);
    if (value !== null) forwarded.set(name, value);
  }
  if (accessToken) forwarded.set("authorization", `Bearer ${accessToken}`);
  return forwarded;
}
