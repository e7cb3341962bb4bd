import type { Cloud } from "../../cloud.ts";
import type { Encoding } from "../compression.ts";

/** Which names of a kind belong to the cache key. */
export interface KeyPart {
  readonly behavior: "none" | "all" | "whitelist" | "allExcept";
  /** In lower case for headers, as written for query strings and cookies. */
  readonly names: readonly string[];
}

/** An `aws:cloudfront/cachePolicy:CachePolicy`, or one of those that CloudFront manages. */
export interface CachePolicy {
  readonly minimumSeconds: number;
  readonly defaultSeconds: number;
  readonly maximumSeconds: number;
  readonly headers: KeyPart;
  readonly cookies: KeyPart;
  readonly queryStrings: KeyPart;
  /** Encodings that CloudFront makes, the preferred one first. */
  readonly encodings: readonly Encoding[];
}

const NONE: KeyPart = { behavior: "none", names: [] };
const ONE_DAY_SECONDS = 86_400;
const ONE_YEAR_SECONDS = 31_536_000;

/** "Use managed cache policies" of the developer guide: those that SST's components name. */
const MANAGED: Readonly<Record<string, CachePolicy>> = {
  // CachingOptimized
  "658327ea-f89d-4fab-a63d-7e88639e58f6": {
    minimumSeconds: 1,
    defaultSeconds: ONE_DAY_SECONDS,
    maximumSeconds: ONE_YEAR_SECONDS,
    headers: NONE,
    cookies: NONE,
    queryStrings: NONE,
    encodings: ["br", "gzip"],
  },
  // CachingDisabled
  "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": {
    minimumSeconds: 0,
    defaultSeconds: 0,
    maximumSeconds: 0,
    headers: NONE,
    cookies: NONE,
    queryStrings: NONE,
    encodings: [],
  },
};

/**
 * Finds the policy that a cache behaviour names.
 * @throws Error with one sentence when it is neither declared nor known
 */
export function readCachePolicy(id: string, cloud: Pick<Cloud, "resources">): CachePolicy {
  const managed = MANAGED[id];
  if (managed) return managed;
  const declared = cloud.resources.find(
    (resource) => resource.type === "aws:cloudfront/cachePolicy:CachePolicy" && resource.id === id,
  );
  if (!declared) throw new Error(`The front door does not know the cache policy ${id}.`);
  const { minTtl, defaultTtl, maxTtl, parametersInCacheKeyAndForwardedToOrigin: key } = declared.inputs;
  return {
    minimumSeconds: minTtl ?? 0,
    defaultSeconds: defaultTtl ?? ONE_DAY_SECONDS,
    maximumSeconds: maxTtl ?? ONE_YEAR_SECONDS,
    headers: lowerCase(readPart(key.headersConfig?.headerBehavior, key.headersConfig?.headers)),
    cookies: readPart(key.cookiesConfig?.cookieBehavior, key.cookiesConfig?.cookies),
    queryStrings: readPart(key.queryStringsConfig?.queryStringBehavior, key.queryStringsConfig?.queryStrings),
    encodings: [
      ...(key.enableAcceptEncodingBrotli ? (["br"] as const) : []),
      ...(key.enableAcceptEncodingGzip ? (["gzip"] as const) : []),
    ],
  };
}

function readPart(
  behavior: KeyPart["behavior"] | undefined,
  listed: { readonly items?: readonly string[] } | undefined,
): KeyPart {
  return { behavior: behavior ?? "none", names: listed?.items ?? [] };
}

function lowerCase({ behavior, names }: KeyPart): KeyPart {
  return { behavior, names: names.map((name) => name.toLowerCase()) };
}
