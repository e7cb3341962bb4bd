import { ACCOUNT_ID, type Provider, type Providers } from "../cloud.ts";
import { DISTRIBUTION_SUFFIX } from "../front-door/address.ts";

/** Global services have no region in their ARNs. */
const ARN = `arn:aws:cloudfront::${ACCOUNT_ID}`;
/** CloudFront's own hosted zone, the same for every distribution. */
const HOSTED_ZONE_ID = "Z2FDTNDATAQYW2";

/**
 * CloudFront is the front door: it reads what is declared here from the list
 * of resources when it opens, so that these providers only give names.
 */
export const cloudfrontProviders: Providers = {
  "aws:cloudfront/distribution:Distribution": async ({ name, inputs }) => ({
    id: name,
    state: {
      arn: `${ARN}:distribution/${name}`,
      domainName: `d-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}${DISTRIBUTION_SUFFIX}`,
      hostedZoneId: HOSTED_ZONE_ID,
      // The tags hold the key value store of a router, which components of other stages read.
      tags: inputs.tags ?? {},
      status: "Deployed",
      etag: name,
    },
  }),
  "aws:cloudfront/function:Function": named("function"),
  "aws:cloudfront/keyValueStore:KeyValueStore": named("key-value-store"),
  "aws:cloudfront/cachePolicy:CachePolicy": named("cache-policy"),
  "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": named("origin-request-policy"),
};

/** Resource types of CloudFront that need no local counterpart, each with the reason. */
export const cloudfrontUnneeded: Readonly<Record<string, string>> = {
  "aws:cloudfront/originAccessControl:OriginAccessControl":
    "the front door signs what it asks of a bucket, whatever the control is called",
  "aws:cloudfront/originAccessIdentity:OriginAccessIdentity":
    "the front door signs what it asks of a bucket, whatever the identity is called",
  "aws:cloudfront/monitoringSubscription:MonitoringSubscription": "no metrics are kept here",
};

function named(kind: string): Provider {
  return async ({ name }) => ({ id: name, state: { arn: `${ARN}:${kind}/${name}`, etag: name } });
}
