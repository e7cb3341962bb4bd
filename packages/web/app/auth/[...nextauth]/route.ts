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

async function handle(
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  const { nextauth } = await context.params;
  if (!actions[request.method as "GET" | "POST"].includes(nextauth.join("/")))
    return new Response(null, { status: 404 });
  setAuthUrl();
  const response: Response = await NextAuth(request, { params: { nextauth } }, authOptions());
  response.headers.set("cache-control", "no-store");
  response.headers.set("content-security-policy", dataContentSecurityPolicy);
  return response;
}

export { handle as GET, handle as POST };
