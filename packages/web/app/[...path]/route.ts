import { negotiateLocale } from "@haru/core/locale";
import { localeOfPath } from "../../features/site/address.ts";
import { notFound } from "../../reader/answer.tsx";

/** Every address that nothing else serves. */
export async function GET(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const locale =
    localeOfPath(pathname) ?? negotiateLocale(request.headers.get("accept-language") ?? undefined);
  return notFound(locale);
}
