import { negotiateLocale } from "@haru/core/locale";
import { localeOfPath } from "../../features/site/address.ts";
import { movedTo, notFound } from "../../reader/answer.tsx";

/** The language and the kind of page, of which no address has a capital letter. */
const beginning = /^\/[^/]+(?:\/[^/]+)?/;

/** Every address that nothing else serves. What only differs in its capitals leads to the one that may. */
export async function GET(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const canonical = pathname.replace(beginning, (segments) => segments.toLowerCase());
  if (canonical !== pathname) return movedTo(canonical);
  const locale =
    localeOfPath(pathname) ?? negotiateLocale(request.headers.get("accept-language") ?? undefined);
  return notFound(locale);
}
