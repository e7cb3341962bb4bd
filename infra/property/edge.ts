import { nameOf, ofType, type Property } from "./recording.ts";

/** "HTTP 4xx and 5xx status codes that CloudFront caches", those for which it lets the time be set. */
const keptErrors = [400, 403, 404, 405, 414, 500, 501, 502, 503, 504];
const oneDaySeconds = 24 * 60 * 60;

/**
 * CloudFront would keep an error for ten seconds under a key without the viewer, even when it says
 * `no-store`: what is missing for a stranger would be missing for its owner, too.
 */
export const errorsAreNotKeptAtTheEdge: Property = (stage) =>
  ofType(stage, "aws:cloudfront/distribution:Distribution").flatMap((distribution) => {
    const responses: readonly { errorCode: number; errorCachingMinTtl?: number }[] =
      distribution.inputs.customErrorResponses ?? [];
    return keptErrors
      .filter((code) => !responses.some((one) => one.errorCode === code && one.errorCachingMinTtl === 0))
      .map((code) => `${nameOf(distribution)} keeps answers with ${code}.`);
  });

/** Pages ask for a year, because an event takes them out. It may be lost. */
export const nothingStaysAtTheEdgeForMoreThanADay: Property = (stage) =>
  ofType(stage, "aws:cloudfront/cachePolicy:CachePolicy")
    .filter(({ inputs }) => !(inputs.maxTtl <= oneDaySeconds) || inputs.minTtl !== 0)
    .map((policy) => `${nameOf(policy)} keeps pages for longer than a day, or those that must not be kept.`);

/** A cookie or a token in the key would give every person a cache of their own. */
export const theEdgeKeepsOnePageForAll: Property = (stage) =>
  ofType(stage, "aws:cloudfront/cachePolicy:CachePolicy").flatMap((policy) => {
    const { cookiesConfig, headersConfig } = policy.inputs.parametersInCacheKeyAndForwardedToOrigin ?? {};
    const names: readonly string[] = headersConfig?.headers?.items ?? [];
    const isPersonal =
      cookiesConfig?.cookieBehavior !== "none" ||
      names.some((name) => ["authorization", "cookie"].includes(name.toLowerCase()));
    return isPersonal ? [`${nameOf(policy)} keeps a page for each person.`] : [];
  });
