import { api } from "./api.ts";
import { client } from "./auth.ts";
import { revalidateSecret, sessionSecret } from "./secrets.ts";
import { media } from "./storage.ts";

/** The one origin: pages, the API and pictures live under it, so that no browser needs another. */
export const router = new sst.aws.Router("Router");
router.routeBucket("/media", media);
router.route("/api", api.url, { rewrite: { regex: "^/api/(.*)$", to: "/$1" } });

export const web = new sst.aws.Nextjs("Web", {
  path: "packages/web",
  openNextVersion: "4.1.12",
  router: { instance: router },
  link: [router, api, client, sessionSecret, revalidateSecret],
});
