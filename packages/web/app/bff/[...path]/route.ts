import type { NextRequest } from "next/server";
import { apiUrl, siteUrl } from "../../../core.ts";
import { freshSession, renewSession } from "../../../features/account/session.ts";
import { errorAnswer, privateDataHeaders } from "../../../features/site/error-answer.ts";
import { apiPathOf, headersToForward, isFromOwnPage } from "../../../features/site/forward.ts";

const returnedHeaders = ["content-type", "retry-after", "ratelimit", "ratelimit-policy", "apigw-requestid"];

/**
 * The API for our own pages: takes the token from the encrypted cookie, so that no script ever
 * holds one, and hands the API's answer on as it is.
 */
async function forward(
  request: NextRequest,
  { params }: { params: Promise<{ path: string[] }> },
): Promise<Response> {
  if (!isFromOwnPage(request.method, request.headers, new URL(siteUrl()).origin))
    return errorAnswer("forbidden", request.headers);
  const path = apiPathOf(request.method, (await params).path);
  if (path === undefined) return errorAnswer("not_found", request.headers);
  try {
    const session = await freshSession(new Date());
    const body = request.method === "GET" ? undefined : await request.arrayBuffer();
    const send = (accessToken: string | undefined) =>
      fetch(apiUrl() + path + request.nextUrl.search, {
        method: request.method,
        headers: headersToForward(request.headers, accessToken),
        cache: "no-store",
        ...(body && body.byteLength > 0 ? { body } : {}),
      });
    let answer = await send(session?.accessToken);
    // The token was refused before its time. New ones say what has changed, or the session is over.
    if (answer.status === 401 && session) {
      const renewed = await renewSession(session);
      if (renewed) answer = await send(renewed.accessToken);
    }
    // The gateway refuses a missing or revoked token in a shape of its own.
    if (answer.status === 401) return errorAnswer("unauthenticated", request.headers);
    const headers = new Headers(privateDataHeaders);
    for (const name of returnedHeaders) {
      const value = answer.headers.get(name);
      if (value !== null) headers.set(name, value);
    }
    return new Response(answer.body, { status: answer.status, headers });
  } catch (error) {
    console.error("The API or the user pool could not be reached.", error);
    return errorAnswer("unavailable", request.headers);
  }
}

export { forward as DELETE, forward as GET, forward as PATCH, forward as POST, forward as PUT };
