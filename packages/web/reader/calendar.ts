import { ApiError } from "@haru/core/client";
import { defaultLocale } from "@haru/core/locale";
import { freshApi } from "../api.ts";
import { decode } from "./answer.tsx";

const ending = ".ics";

/** The address is a key to somebody's todos: no cache keeps what it opens, and no search engine shows it. */
const personal = {
  "cache-control": "private, no-store",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex, nofollow",
};

/** `/calendar/<token>.ics`, to which calendars subscribe. Nobody looks at what it says when there is none. */
export async function calendarAnswer(segment: string): Promise<Response> {
  const name = decode(segment);
  const token = name.endsWith(ending) ? name.slice(0, -ending.length) : "";
  try {
    const { calendar } = await freshApi(defaultLocale).calendar.read({ token });
    const headers = { ...personal, "content-type": "text/calendar; charset=utf-8" };
    return new Response(calendar, { headers });
  } catch (error) {
    // Thrown on: a calendar that meets a 500 keeps what it has and comes again.
    if (!(error instanceof ApiError) || (error.code !== "not_found" && error.code !== "invalid_input"))
      throw error;
    return new Response(null, { status: 404, headers: personal });
  }
}
