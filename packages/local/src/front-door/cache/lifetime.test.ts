import { describe, expect, test } from "vitest";
import { lifetimeOf } from "./lifetime.ts";
import type { CachePolicy } from "./policy.ts";

// Amazon CloudFront Developer Guide, "Manage how long content stays in the cache (expiration)" and
// "How CloudFront processes HTTP 4xx and 5xx status codes from your origin".

const NOW = Date.parse("2026-11-21T00:00:00Z");
const none = { behavior: "none", names: [] } as const;

function policy(minimumSeconds: number, defaultSeconds: number, maximumSeconds: number): CachePolicy {
  return {
    minimumSeconds,
    defaultSeconds,
    maximumSeconds,
    headers: none,
    cookies: none,
    queryStrings: none,
    encodings: [],
  };
}

const siteLike = policy(0, 0, 31_536_000);

function fresh(cacheControl: string | undefined, given = siteLike, statusCode = 200, errors = new Map()) {
  const headers = cacheControl === undefined ? {} : { "cache-control": cacheControl };
  return lifetimeOf({ statusCode, headers }, given, errors, NOW)?.freshSeconds;
}

describe("what the origin says is kept within the policy's limits:", () => {
  test.each([
    ["max-age=60", siteLike, 60],
    ["max-age=60, s-maxage=300", siteLike, 300],
    ["max-age=999999999", policy(0, 0, 100), 100],
    ["max-age=5", policy(60, 60, 100), 60],
    [undefined, policy(0, 86_400, 31_536_000), 86_400],
    [undefined, siteLike, undefined],
    ["no-store", siteLike, undefined],
    ["private, max-age=60", siteLike, undefined],
    ["no-cache", siteLike, undefined],
    ["public, max-age=0, must-revalidate", siteLike, undefined],
    // "CloudFront caches objects for the value of the minimum TTL", whatever the origin says.
    ["no-store", policy(1, 86_400, 31_536_000), 1],
    // CachingDisabled
    ["max-age=60", policy(0, 0, 0), undefined],
  ] as const)("%s with %o: %s s", (cacheControl, given, seconds) => {
    expect(fresh(cacheControl, given)).toBe(seconds);
  });
});

test("Expires counts when nothing else does", () => {
  const expires = new Date(NOW + 30_000).toUTCString();
  const kept = (headers: Record<string, string>) =>
    lifetimeOf({ statusCode: 200, headers }, siteLike, new Map(), NOW)?.freshSeconds;
  expect(kept({ expires })).toBe(30);
  expect(kept({ expires, "cache-control": "max-age=5" })).toBe(5);
});

describe("errors are kept for ten seconds even when the origin forbids it:", () => {
  test.each([
    [404, "no-store", 10],
    [500, undefined, 10],
    [503, "private", 10],
    [404, "max-age=60", 60],
    [403, undefined, undefined],
    [403, "no-store", undefined],
    [403, "max-age=1", 10],
    [410, undefined, undefined],
    [410, "max-age=60", undefined],
    [401, "max-age=60", undefined],
  ])("%d with %s: %s s", (statusCode, cacheControl, seconds) => {
    expect(fresh(cacheControl, siteLike, statusCode)).toBe(seconds);
  });

  test("unless the distribution sets another time", () => {
    const errors = new Map([[404, 0]]);
    expect(fresh("no-store", siteLike, 404, errors)).toBeUndefined();
    expect(fresh("s-maxage=60", siteLike, 404, errors)).toBe(60);
  });
});

test("stale answers are allowed as the origin says, and without a word when it fails", () => {
  const stale = (cacheControl: string) =>
    lifetimeOf({ statusCode: 200, headers: { "cache-control": cacheControl } }, siteLike, new Map(), NOW);
  expect(stale("s-maxage=1, stale-while-revalidate=30, stale-if-error=60")).toEqual({
    freshSeconds: 1,
    staleWhileRevalidateSeconds: 30,
    staleIfErrorSeconds: 60,
  });
  expect(stale("s-maxage=1")).toEqual({
    freshSeconds: 1,
    staleWhileRevalidateSeconds: 0,
    staleIfErrorSeconds: Number.POSITIVE_INFINITY,
  });
});
