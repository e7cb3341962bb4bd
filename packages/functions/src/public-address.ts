import { lookup } from "node:dns";
import { BlockList, isIPv6, type LookupFunction } from "node:net";

/** Special ranges of IPv4 (IANA's registry): private, shared, this host, link-local with its metadata, tests, multicast. */
const innerRanges = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const;
/** Of what IPv6 routes between networks, 2000::/3: tunnels, which may lead to any IPv4, and documentation. */
const tunnelRanges = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

const inner = new BlockList();
for (const [network, prefix] of innerRanges) inner.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of tunnelRanges) inner.addSubnet(network, prefix, "ipv6");
const global = new BlockList();
global.addSubnet("2000::", 3, "ipv6");

/** Whether an address is one that anybody on the internet may reach. */
export function isPublicAddress(address: string): boolean {
  if (isIPv6(address)) return global.check(address, "ipv6") && !inner.check(address, "ipv6");
  return !inner.check(address, "ipv4");
}

/** A name led to an address that is not for everybody. */
export class InnerAddressError extends Error {
  override readonly name = "InnerAddressError";
}

/**
 * Looks a name up for a connection, and refuses one of which any address is not public. The connection is made to
 * what was looked at, so that a second answer of the name cannot lead elsewhere.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    const [first] = found ?? [];
    if (error || !first) callback(error ?? new Error(`${hostname} has no address`), []);
    else if (!found.every(({ address }) => isPublicAddress(address)))
      callback(new InnerAddressError(`${hostname} leads to an inner address`), []);
    else if (options.all) callback(null, found);
    else callback(null, first.address, first.family);
  });
};
