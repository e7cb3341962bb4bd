import { api } from "./api.ts";
import { router } from "./router.ts";
import { revalidateSecret, sessionSecret } from "./secrets.ts";
import { media } from "./storage.ts";

router.routeBucket("/media", media);
router.route("/api", api.url, { rewrite: { regex: "^/api/(.*)$", to: "/$1" } });

/** Pages that could not be made anew in the background. The next visitor gets them made on the spot. */
const regenerationFailed = new sst.aws.Queue("WebRegenerationDlq", { fifo: true });

// The site's component makes its queue itself and gives it no end.
$transform(sst.aws.Queue, (args, _options, name) => {
  if (args && name === "WebRevalidationEvents") args.dlq = { queue: regenerationFailed.arn, retry: 3 };
});

export const web = new sst.aws.Nextjs("Web", {
  path: "packages/web",
  openNextVersion: "4.1.12",
  router: { instance: router },
  link: [router, api, sessionSecret, revalidateSecret],
  server: { architecture: "arm64" },
  // Their names hold what is in them, as those below `_next/static` do, of which SST knows it.
  assets: { fileOptions: [{ files: "assets/**", cacheControl: "public,max-age=31536000,immutable" }] },
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
