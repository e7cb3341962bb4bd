import type { ReactElement } from "react";
import { readerContentSecurityPolicy } from "./security.ts";

/**
 * Next keeps the page and makes it anew when its tags are revalidated. Caches beyond the site are
 * not told when that happens, so that they have to ask each time.
 */
const cacheControl = "public, max-age=0, must-revalidate";

/**
 * An HTML answer made from React without sending React.
 * @param headers take the place of the usual ones
 */
export async function respond(
  document: ReactElement,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  // Next.js refuses a static import of this module beside pages; route handlers may load it.
  const { renderToStaticMarkup } = await import("react-dom/server");
  return new Response(`<!doctype html>${renderToStaticMarkup(document)}`, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": cacheControl,
      "content-security-policy": readerContentSecurityPolicy,
      ...headers,
    },
  });
}
