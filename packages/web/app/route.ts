import { negotiateLocale } from "@haru/core/locale";
import { readSettings } from "../reader/site.ts";

/** The root has no page of its own: it leads to the visitor's language, or to the site's when none of ours is asked for. */
export async function GET(request: Request): Promise<Response> {
  const { defaultLocale } = await readSettings();
  const locale = negotiateLocale(request.headers.get("accept-language") ?? undefined, defaultLocale);
  return new Response(null, {
    status: 307,
    headers: { location: `/${locale}`, vary: "Accept-Language", "cache-control": "private, no-store" },
  });
}
