import { ApiError } from "@haru/core/client";
import type { ErrorCode } from "@haru/core/errors";
import { defaultLocale } from "@haru/core/locale";
import { visitorApi } from "../api.ts";
import { decode } from "./answer.tsx";

const ending = ".ics";

/** The address is a key to somebody's todos: no cache keeps what it opens, and no search engine shows it. */
const personal = {
  "cache-control": "private, no-store",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex, nofollow",
};

/** A token that is none says no more than one that has ended. */
const statuses: Partial<Record<ErrorCode, number>> = {
  invalid_input: 404,
  not_found: 404,
  rate_limited: 429,
};

/** `/calendar/<token>.ics`, to which calendars subscribe. Nobody looks at what it says when there is none. */
export async function calendarAnswer(segment: string, visitor: Headers): Promise<Response> {
  const name = decode(segment);
  const token = name.endsWith(ending) ? name.slice(0, -ending.length) : "";
  try {
    const { calendar } = await visitorApi(defaultLocale, visitor).calendar.read({ token });
    const headers = { ...personal, "content-type": "text/calendar; charset=utf-8" };
    return new Response(calendar, { headers });
  } catch (error) {
    const status = error instanceof ApiError ? statuses[error.code] : undefined;
    // Thrown on: a calendar that meets a 500 keeps what it has and comes again.
    if (status === undefined) throw error;
    return new Response(null, { status, headers: personal });
  }
}
