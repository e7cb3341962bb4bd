import { api } from "./api.ts";
import { edgeSecret, revalidateSecret, sessionSecret } from "./secrets.ts";
import { media } from "./storage.ts";

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
});
router.routeBucket("/media", media);
router.route("/api", api.url, { rewrite: { regex: "^/api/(.*)$", to: "/$1" } });

/** Pages that could not be made anew in the background. The next visitor gets them made on the spot. */
const regenerationFailed = new sst.aws.Queue("WebRegenerationDlq", { fifo: true });

// The site's component makes its queue itself and gives it no end.
$transform(sst.aws.Queue, (args, _options, name) => {
  if (args && name === "WebRevalidationEvents") args.dlq = { queue: regenerationFailed.arn, retry: 3 };
});

const distribution = $interpolate`arn:aws:cloudfront::${aws.getCallerIdentityOutput().accountId}:distribution/${router.distributionID}`;

export const web = new sst.aws.Nextjs("Web", {
  path: "packages/web",
  openNextVersion: "4.1.12",
  router: { instance: router },
  link: [router, api, sessionSecret, revalidateSecret],
  server: { architecture: "arm64" },
  // What changes is also taken out of the edge's cache, see `packages/web/open-next.config.ts`.
  environment: { CLOUDFRONT_DISTRIBUTION_ID: router.distributionID },
  transform: {
    server: (args) => {
      // SST lets the site invalidate every distribution of the account.
      args.permissions = $output(args.permissions).apply((permissions) =>
        (permissions ?? []).map((permission) =>
          permission.actions.includes("cloudfront:CreateInvalidation")
            ? { ...permission, resources: [distribution] }
            : permission,
        ),
      );
    },
  },
});
