import type { Cloud } from "../cloud.ts";

/**
 * Distributions have host names below this one. They are only names: programs
 * get the front door's address in their place, see `rewriteAddresses`. Browsers
 * take every name below `localhost` for this machine.
 */
export const DISTRIBUTION_SUFFIX = ".cloudfront.localhost";

const ADDRESS = /https:\/\/[a-z0-9-]+\.cloudfront\.localhost(?![\w.-])/g;

/** The address of a WebSocket API or of its management API, whose name differs from the former in the scheme. */
const SOCKET_ADDRESS = /\b(wss|https):\/\/([a-z0-9]+\.execute-api\.[a-z0-9-]+\.amazonaws\.com)(?![\w.-])/g;

/**
 * Replaces the address of every distribution and WebSocket API in all texts of a value by the
 * address that works on this machine. The first declared distribution is the
 * front door itself; others are told apart by their host name at the front
 * door's port. Used wherever programs get links, environments or outputs.
 */
export function rewriteAddresses<Value>(
  value: Value,
  cloud: Pick<Cloud, "frontDoorUrl" | "resources">,
): Value {
  const domainNames = cloud.resources
    .filter(({ type }) => type === "aws:cloudfront/distribution:Distribution")
    .map(({ state }) => String(state.domainName));
  const { port } = new URL(cloud.frontDoorUrl);
  const rewrite = (text: string) =>
    text
      .replaceAll(ADDRESS, (address) => {
        const domainName = address.slice("https://".length);
        const isAnother = domainNames.indexOf(domainName) > 0;
        return isAnother ? `http://${domainName}:${port}` : cloud.frontDoorUrl;
      })
      .replaceAll(SOCKET_ADDRESS, (address, scheme: string, host: string) => {
        const local = localSocketAddress(host, cloud);
        return local ? `${scheme === "wss" ? "ws" : "http"}://${local}` : address;
      });
  return rewriteTexts(value, rewrite) as Value;
}

/** Where the WebSocket API with this host name listens on this machine, for instance `127.0.0.1:41000`. */
export function localSocketAddress(
  host: string,
  { resources }: Pick<Cloud, "resources">,
): string | undefined {
  const api = resources.find(
    ({ type, state }) => type === "aws:apigatewayv2/api:Api" && state.apiEndpoint === `wss://${host}`,
  );
  return api?.state.localAddress;
}

function rewriteTexts(value: unknown, rewrite: (text: string) => string): unknown {
  if (typeof value === "string") return rewrite(value);
  if (Array.isArray(value)) return value.map((item) => rewriteTexts(item, rewrite));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewriteTexts(item, rewrite)]));
}
