import { ApiError } from "@haru/core/client";
import type { AccountId } from "@haru/core/id";
import type { Locale } from "@haru/core/locale";
import { visitorApi } from "../api.ts";
import { readSearchAddress } from "../features/search/address.ts";
import { searchMessages } from "../features/search/messages.ts";
import type { SearchAddress } from "../features/search/search-path.ts";
import { inLanguage } from "./answer.tsx";
import { respond } from "./respond.ts";
import { Search } from "./search.tsx";
import { readSite } from "./site.ts";

const resultsPerPage = 20;

/** What somebody looks for is their own business and changes with every post: nobody keeps it. */
const headers = { "cache-control": "private, no-store" };

/** `/ko/search?q=…`. It never fails: without results it says why. */
export function searchPage(lang: string, request: Request): Promise<Response> {
  const { searchParams, search } = new URL(request.url);
  return inLanguage(lang, `/search${search}`, async (locale) => {
    const address = readSearchAddress(searchParams);
    const site = await readSite(locale);
    if (!address.q) return respond(<Search locale={locale} site={site} address={address} />, 200, headers);
    try {
      const results = await ask(locale, address, request.headers);
      return respond(
        <Search locale={locale} site={site} address={address} results={results} />,
        200,
        headers,
      );
    } catch (error) {
      const problem = problemOf(error, locale);
      const status = error instanceof ApiError && error.status && error.status < 500 ? error.status : 503;
      return respond(
        <Search locale={locale} site={site} address={address} problem={problem} />,
        status,
        headers,
      );
    }
  });
}

function ask(
  locale: Locale,
  { q, lang = locale, tag, author, year, cursor }: SearchAddress,
  visitor: Headers,
) {
  return visitorApi(locale, visitor).search.find({
    q,
    limit: resultsPerPage,
    ...(lang === "all" ? {} : { lang }),
    tag,
    author: author as AccountId | undefined,
    year: year === undefined ? undefined : Number(year),
    cursor,
  });
}

function problemOf(error: unknown, locale: Locale): string {
  const text = searchMessages[locale];
  if (!(error instanceof ApiError)) return text.failed;
  const [sentences] = Object.values(error.fields ?? {});
  return error.code === "rate_limited" ? text.tooMany : (sentences?.join(" ") ?? text.failed);
}
