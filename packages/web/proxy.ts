import { type NextRequest, NextResponse } from "next/server";
import { appContentSecurityPolicy } from "./reader/security.ts";

/**
 * Application pages are made for each request, so that each gets a nonce of its own: Next.js reads
 * it from the request's policy and puts it on its inline scripts. Reader pages need none of this.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = appContentSecurityPolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("cache-control", "private, no-store");
  return response;
}

export const config = {
  matcher: [
    "/:lang/sign-in",
    "/:lang/sign-up",
    "/:lang/confirm",
    "/:lang/forgot-password",
    "/:lang/settings",
    "/:lang/people",
    "/:lang/moderation",
    "/:lang/media",
    "/:lang/write/:rest*",
    "/:lang/todos/:rest*",
  ],
};
