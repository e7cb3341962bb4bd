import { type ErrorBody, type ErrorCode, errorMessage, errorStatus } from "@haru/core/errors";
import { negotiateLocale } from "@haru/core/locale";
import { dataContentSecurityPolicy } from "../../reader/security.ts";

/** Headers of every answer that is data for one person. */
export const privateDataHeaders = {
  "cache-control": "no-store",
  "content-security-policy": dataContentSecurityPolicy,
} as const;

/** An error of the site itself in the one shape that the API answers with. */
export function errorAnswer(code: ErrorCode, requestHeaders: Headers): Response {
  const locale = negotiateLocale(requestHeaders.get("accept-language") ?? undefined);
  const body: ErrorBody = {
    error: { code, message: errorMessage(code, locale), requestId: `web-${crypto.randomUUID()}` },
  };
  return Response.json(body, { status: errorStatus[code], headers: privateDataHeaders });
}
