import type { Locale } from "@haru/core/locale";

/** What a results page shows, as its address says it. */
export interface SearchAddress {
  readonly q: string;
  /** The page's own language when absent. */
  readonly lang?: Locale | "all" | undefined;
  readonly tag?: string | undefined;
  readonly author?: string | undefined;
  readonly year?: string | undefined;
  readonly cursor?: string | undefined;
}

/** What an address may hold, in its order. */
export const searchNames = ["q", "lang", "tag", "author", "year", "cursor"] as const;

export function searchPath(locale: Locale, address: Partial<SearchAddress> = {}): string {
  const query = new URLSearchParams();
  for (const name of searchNames) {
    const value = address[name];
    if (value && !(name === "lang" && value === locale)) query.set(name, value);
  }
  return `/${locale}/search${query.size > 0 ? `?${query}` : ""}`;
}
