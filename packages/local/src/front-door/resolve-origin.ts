import type { Cloud } from "../cloud.ts";
import { localSocketAddress } from "./address.ts";
import { bucketOrigin } from "./bucket-origin.ts";
import { functionUrlOrigin } from "./function-url-origin.ts";
import { httpOrigin } from "./http-origin.ts";
import { type Origin, OriginError } from "./origin.ts";

/** Gives the local address of the site that a function serves on AWS; `undefined` for any other function. */
export type SiteUrlOf = (functionName: string) => string | undefined;

export interface ResolvedOrigin {
  readonly send: Origin;
  /** The server's address, for connections that are passed through whole (WebSockets). */
  readonly address: string | undefined;
  /** A site that is developed compiles pages while the viewer waits. */
  readonly minimumTimeoutSeconds: number;
}

/** SST's stand-ins for "no origin": a router sends there what no route takes. */
const NOWHERE = ["placeholder.sst.dev", "do-not-exist.sst.dev"];
const AWS_HOST = /\.(amazonaws\.com|on\.aws)$/;
const COMPILING_SECONDS = 180;

/** Finds what on this machine stands behind the host name of a distribution's origin. Answers are kept. */
export function createOriginResolver(
  cloud: Cloud,
  siteUrlOf: SiteUrlOf,
  distributionArn: string,
): (domainName: string, protocol: "http" | "https") => ResolvedOrigin {
  const known = new Map<string, ResolvedOrigin>();
  return (domainName, protocol) => {
    const key = `${protocol}://${domainName}`;
    const origin = known.get(key) ?? resolve(domainName, protocol);
    known.set(key, origin);
    return origin;
  };

  function resolve(domainName: string, protocol: "http" | "https"): ResolvedOrigin {
    const { resources } = cloud;
    const functionUrl = resources.find(
      ({ type, state }) =>
        type === "aws:lambda/functionUrl:FunctionUrl" && new URL(state.functionUrl).host === domainName,
    );
    if (functionUrl) {
      const { functionName } = functionUrl.inputs;
      const site = siteUrlOf(functionName);
      if (site) return server(site, cloud.watch ? COMPILING_SECONDS : 0);
      return plain(functionUrlOrigin({ functionName, host: domainName, functions: cloud.functions }));
    }
    const bucket = resources.find(
      ({ type, state }) =>
        type === "aws:s3/bucket:Bucket" &&
        [state.bucketRegionalDomainName, state.bucketDomainName].includes(domainName),
    );
    if (bucket) {
      return plain(
        bucketOrigin({
          bucket: bucket.id,
          distributionArn,
          endpoint: cloud.endpoints.s3,
          policies: () => bucketPolicies(cloud, bucket.id),
        }),
      );
    }
    const socketAddress = localSocketAddress(domainName, cloud);
    if (socketAddress) return server(`http://${socketAddress}`, 0);
    if (NOWHERE.includes(domainName)) throw new OriginError(502, "No route of the router takes this path.");
    if (AWS_HOST.test(domainName)) {
      throw new OriginError(502, `Nothing that is declared here has the address ${domainName}.`);
    }
    return server(`${protocol}://${domainName}`, 0);
  }
}

/** The policies that are declared for a bucket, as JSON. */
export function bucketPolicies(cloud: Pick<Cloud, "resources">, bucket: string): string[] {
  return cloud.resources
    .filter(({ type, inputs }) => type === "aws:s3/bucketPolicy:BucketPolicy" && inputs.bucket === bucket)
    .map(({ inputs }) => String(inputs.policy));
}

function server(address: string, minimumTimeoutSeconds: number): ResolvedOrigin {
  return { send: httpOrigin(address), address, minimumTimeoutSeconds };
}

function plain(send: Origin): ResolvedOrigin {
  return { send, address: undefined, minimumTimeoutSeconds: 0 };
}
