import { type Client, createClient } from "@haru/core/client";
import type { Locale } from "@haru/core/locale";
import { contracts } from "@haru/core/routes";
import { apiUrl } from "./core.ts";
import { cacheTag } from "./features/site/cache-tag.ts";

/** A cached answer is asked for again after this time even when no event said that it is out of date. */
const safetyNetSeconds = 3600;

/**
 * The API for pages that are cached: anonymous, and each answer stays until one of its tags is
 * revalidated. The page that is made from it inherits the tags.
 */
export function cachedApi(locale: Locale, tags: readonly string[]): Client<typeof contracts> {
  return createClient(contracts, {
    baseUrl: apiUrl(),
    locale,
    fetch: (url, init) =>
      fetch(url, { ...init, next: { tags: tags.map(cacheTag), revalidate: safetyNetSeconds } }),
  });
}

/** What the front door says of the visitor, who would else share a limit with everybody. */
const visitorHeaders = ["x-client-address", "x-edge-secret"];

/** The API for pages that are made for each visit, asked on behalf of whoever asks for the page. */
export function visitorApi(locale: Locale, visitor: Headers): Client<typeof contracts> {
  const told = visitorHeaders.flatMap((name) => {
    const value = visitor.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return createClient(contracts, {
    baseUrl: apiUrl(),
    locale,
    headers: Object.fromEntries(told),
    fetch: (url, init) => fetch(url, { ...init, cache: "no-store" }),
  });
}
