import { locales } from "@haru/core/locale";
import type { SearchAddress, searchNames } from "./search-path.ts";

/** Reads an address; what it should not hold is left out. */
export function readSearchAddress(query: URLSearchParams): SearchAddress {
  const text = (name: (typeof searchNames)[number]) => query.get(name)?.trim() || undefined;
  const lang = text("lang");
  const known = [...locales, "all"].find((each) => each === lang) as SearchAddress["lang"];
  const year = /^\d{4}$/.test(text("year") ?? "") ? text("year") : undefined;
  return {
    q: text("q") ?? "",
    lang: known,
    tag: text("tag"),
    author: text("author"),
    year,
    cursor: text("cursor"),
  };
}
