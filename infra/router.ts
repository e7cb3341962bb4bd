import { edgeSecret } from "./secrets.ts";
import { siteDomain } from "./stage.ts";

/** Every status for which CloudFront lets the time be set. */
const errorsOfOrigins = [400, 403, 404, 405, 414, 500, 501, 502, 503, 504];

/** What others add to links to count clicks. No page looks at it, so that it must not make another page of one. */
const trackingParameters = "^(utm_.+|[a-z]+clk?id|mc_[ce]id|igsh(id)?)$";

/** The one origin: pages, the API and pictures live under it, so that no browser needs another. */
export const router = new sst.aws.Router("Router", {
  ...(siteDomain ? { domain: siteDomain } : {}),
  edge: {
    viewerRequest: {
      // Limits count by the client's address. Both headers replace whatever the client itself has sent.
      // An upload brings its own signature: a session's cookies are none of the bucket's business.
      // Parameters that count clicks are part of neither the cache's key nor of what the site sees.
      injection: $interpolate`
  event.request.headers["x-client-address"] = { value: event.viewer.ip };
  event.request.headers["x-edge-secret"] = { value: ${edgeSecret.value.apply(JSON.stringify)} };
  if ((event.request.uri + "/").startsWith("/uploads/")) event.request.cookies = {};
  Object.keys(event.request.querystring).forEach((name) => {
    if (/${trackingParameters}/i.test(name)) delete event.request.querystring[name];
  });`,
    },
  },
  transform: {
    cdn: (args) => {
      // CloudFront keeps errors for ten seconds whatever they say of themselves, under a key without the
      // viewer: what is missing for a stranger would be missing for its owner, too.
      args.customErrorResponses = errorsOfOrigins.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 }));
    },
    // Pages are taken out of the edge's cache when they change. Should that ever fail for good, they end here.
    cachePolicy: { maxTtl: 24 * 60 * 60 },
  },
});

export const distributionArn = $interpolate`arn:aws:cloudfront::${aws.getCallerIdentityOutput().accountId}:distribution/${router.distributionID}`;
