import { negotiateLocale } from "@haru/core/locale";

/** The root has no page of its own: it leads to the visitor's language, Korean when nothing is asked for. */
export function GET(request: Request): Response {
  const locale = negotiateLocale(request.headers.get("accept-language") ?? undefined);
  return new Response(null, {
    status: 307,
    headers: { location: `/${locale}`, vary: "Accept-Language", "cache-control": "private, no-store" },
  });
}
