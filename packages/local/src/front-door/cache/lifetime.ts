import type { Headers, OriginResponse } from "../origin.ts";
import type { CachePolicy } from "./policy.ts";

/** For how long an answer may be given from the cache. */
export interface Lifetime {
  readonly freshSeconds: number;
  /** Further seconds in which it is given while a newer one is fetched. */
  readonly staleWhileRevalidateSeconds: number;
  /** Further seconds in which it is given when the origin fails. */
  readonly staleIfErrorSeconds: number;
}

/** "Error caching minimum TTL" of a distribution that does not set it. */
export const DEFAULT_ERROR_SECONDS = 10;

// "HTTP 4xx and 5xx status codes that CloudFront always caches", and those "based on Cache-Control headers".
const ERRORS_ALWAYS_KEPT = [404, 414, 500, 501, 502, 503, 504];
const ERRORS_KEPT_WHEN_ASKED = [400, 403, 405, 412, 415];

/**
 * How long CloudFront keeps an answer ("Manage how long content stays in the cache" and "How CloudFront
 * processes HTTP 4xx and 5xx status codes"). It keeps errors for ten seconds whatever the origin says
 * about them, unless the distribution sets another time.
 *
 * @param errorSeconds the distribution's error caching minimum TTL by status
 * @returns undefined for an answer that is not kept at all
 */
export function lifetimeOf(
  { statusCode, headers }: Pick<OriginResponse, "statusCode" | "headers">,
  policy: CachePolicy,
  errorSeconds: ReadonlyMap<number, number>,
  now: number,
): Lifetime | undefined {
  if (policy.maximumSeconds === 0) return undefined;
  const directives = readDirectives(headers["cache-control"]);
  const asked = askedSeconds(directives, headers, now);
  const freshSeconds =
    statusCode >= 400
      ? errorLifetime(statusCode, asked, errorSeconds)
      : clamp(asked ?? policy.defaultSeconds, policy);
  if (freshSeconds === undefined) return undefined;
  const staleWhileRevalidateSeconds = directives.get("stale-while-revalidate") ?? 0;
  // Without the directive CloudFront gives what it has for as long as the origin fails.
  const staleIfErrorSeconds = directives.get("stale-if-error") ?? Number.POSITIVE_INFINITY;
  if (freshSeconds <= 0 && (asked === 0 || staleWhileRevalidateSeconds === 0)) return undefined;
  return { freshSeconds, staleWhileRevalidateSeconds, staleIfErrorSeconds };
}

function errorLifetime(
  statusCode: number,
  asked: number | undefined,
  errorSeconds: ReadonlyMap<number, number>,
): number | undefined {
  const minimum = errorSeconds.get(statusCode) ?? DEFAULT_ERROR_SECONDS;
  if (ERRORS_ALWAYS_KEPT.includes(statusCode)) return Math.max(minimum, asked ?? 0);
  if (ERRORS_KEPT_WHEN_ASKED.includes(statusCode) && asked) return Math.max(minimum, asked);
  return undefined;
}

function clamp(seconds: number, { minimumSeconds, maximumSeconds }: CachePolicy): number {
  return Math.max(minimumSeconds, Math.min(seconds, maximumSeconds));
}

/** What the origin asks for: `0` for "not at all", `undefined` when it says nothing. */
function askedSeconds(
  directives: ReadonlyMap<string, number | undefined>,
  headers: Headers,
  now: number,
): number | undefined {
  if (["no-store", "no-cache", "private"].some((name) => directives.has(name))) return 0;
  const told = directives.get("s-maxage") ?? directives.get("max-age");
  if (told !== undefined) return told;
  const expires = Date.parse(String(headers.expires ?? ""));
  return Number.isNaN(expires) ? undefined : Math.max(0, Math.floor((expires - now) / 1000));
}

function readDirectives(header: Headers[string] | undefined): ReadonlyMap<string, number | undefined> {
  const parts = [header ?? []].flat().join(",").toLowerCase().split(",");
  return new Map(
    parts.map((part) => {
      const [name = "", value] = part.trim().split("=");
      const seconds = Number(value?.replaceAll('"', ""));
      return [name, value === undefined || !Number.isFinite(seconds) ? undefined : Math.max(0, seconds)];
    }),
  );
}
