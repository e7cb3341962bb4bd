import type { ReactElement } from "react";
import { readerContentSecurityPolicy } from "./security.ts";

/**
 * Of pages, feeds and files for programs. Next keeps them, or what they are made of, until their tags are
 * revalidated, and the edge is told then. Browsers are not, so that they ask each time. A year is the one time
 * that OpenNext passes on as it is; for how long the edge keeps a page at most is a matter of its cache policy
 * (`infra/web.ts`).
 */
export const cacheControl = "public, max-age=0, s-maxage=31536000, must-revalidate";

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
