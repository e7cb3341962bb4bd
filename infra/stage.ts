/** What differs between stages, decided once. */
export const isProduction = $app.stage === "production";

/** Stages that only the local cloud runs. */
const localStages: readonly string[] = ["local", "e2e", "bench", "ci"];

/**
 * Where the site is to be found, if not below CloudFront's own name: a domain whose zone is in Route 53 of the
 * same account. The certificate and the records are made with it. On one machine the site is found there alone.
 */
export const siteDomain = localStages.includes($app.stage) ? undefined : process.env.SITE_DOMAIN;

/**
 * Where a mobile app takes authorization codes, for instance `com.example.haru:/signed-in`. With it the pool has
 * hosted pages and a client for them (docs/mobile.md); without it no flow of theirs may be used.
 */
export const mobileRedirect = process.env.MOBILE_REDIRECT;

/** How long logs are kept. Long enough to look into what somebody reports, no longer. */
export const logRetention = isProduction ? "3 months" : "1 week";

/**
 * Stages with a search domain. It costs some 30 USD a month whether or not anybody searches, so that
 * production begins without one and finds posts by the beginnings of their titles: add its name here
 * to have it all (docs/deploy.md). The others run on the local cloud, where it costs nothing.
 */
const stagesWithSearch: readonly string[] = [...localStages];
export const hasSearch = stagesWithSearch.includes($app.stage);
