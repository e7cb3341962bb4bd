import { api } from "./api.ts";
import { edgeSecret, revalidateSecret, sessionSecret } from "./secrets.ts";
import { media } from "./storage.ts";

/** Every status for which CloudFront lets the time be set. */
const errorsOfOrigins = [400, 403, 404, 405, 414, 500, 501, 502, 503, 504];

/** The one origin: pages, the API and pictures live under it, so that no browser needs another. */
export const router = new sst.aws.Router("Router", {
  edge: {
    viewerRequest: {
      // Limits count by the client's address. Both headers replace whatever the client itself has sent.
      injection: $interpolate`
  event.request.headers["x-client-address"] = { value: event.viewer.ip };
  event.request.headers["x-edge-secret"] = { value: ${edgeSecret.value.apply(JSON.stringify)} };`,
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
router.routeBucket("/media", media);
router.route("/api", api.url, { rewrite: { regex: "^/api/(.*)$", to: "/$1" } });

/** Pages that could not be made anew in the background. The next visitor gets them made on the spot. */
const regenerationFailed = new sst.aws.Queue("WebRegenerationDlq", { fifo: true });

// The site's component makes its queue itself and gives it no end.
$transform(sst.aws.Queue, (args, _options, name) => {
  if (args && name === "WebRevalidationEvents") args.dlq = { queue: regenerationFailed.arn, retry: 3 };
});

export const distributionArn = $interpolate`arn:aws:cloudfront::${aws.getCallerIdentityOutput().accountId}:distribution/${router.distributionID}`;

export const web = new sst.aws.Nextjs("Web", {
  path: "packages/web",
  openNextVersion: "4.1.12",
  router: { instance: router },
  link: [router, api, sessionSecret, revalidateSecret],
  server: { architecture: "arm64" },
  transform: {
    server: (args) => {
      // SST lets the site invalidate every distribution of the account. The function that is told of changes
      // does that (`events.ts`), once for all of them.
      args.permissions = $output(args.permissions).apply((permissions) =>
        (permissions ?? []).filter(({ actions }) => !actions.includes("cloudfront:CreateInvalidation")),
      );
    },
  },
});
