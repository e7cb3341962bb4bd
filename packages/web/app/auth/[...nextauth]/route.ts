import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { setAuthUrl } from "../../../core.ts";
import { authOptions } from "../../../features/account/next-auth.ts";
import { dataContentSecurityPolicy } from "../../../reader/security.ts";

/** What our own pages use of next-auth; its pages and its other endpoints do not exist here. */
const actions: Readonly<Record<"GET" | "POST", readonly string[]>> = {
  GET: ["csrf"],
  POST: ["callback/credentials", "signout"],
};

/** Next.js writes the cookies of an answer anew and loses a `Max-Age` of nothing; it keeps a date. */
function dateRemovedCookies(headers: Headers): void {
  const cookies = headers.getSetCookie();
  headers.delete("set-cookie");
  for (const cookie of cookies)
    headers.append("set-cookie", cookie.replace(/Max-Age=0/i, "Expires=Thu, 01 Jan 1970 00:00:00 GMT"));
}

async function handle(
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  const { nextauth } = await context.params;
  if (!actions[request.method as "GET" | "POST"].includes(nextauth.join("/")))
    return new Response(null, { status: 404 });
  setAuthUrl();
  const response: Response = await NextAuth(request, { params: { nextauth } }, authOptions());
  dateRemovedCookies(response.headers);
  response.headers.set("cache-control", "no-store");
  response.headers.set("content-security-policy", dataContentSecurityPolicy);
  return response;
}

export { handle as GET, handle as POST };
