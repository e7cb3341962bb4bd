import { ApiError } from "@haru/core/client";
import type { ErrorCode } from "@haru/core/errors";
import { defaultLocale, type Locale, localeSchema } from "@haru/core/locale";
import { Notice } from "./notice.tsx";
import { respond } from "./respond.ts";
import { readSite } from "./site.ts";

/** What the API's refusals become on a page; every other failure is ours and answers as a 500. */
const noticeOf = {
  not_found: { kind: "notFound", status: 404 },
  invalid_input: { kind: "notFound", status: 404 },
  gone: { kind: "gone", status: 410 },
} as const;

/** Next hands parameters over as they stand in the address, escaped or not. */
export function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export async function notFound(locale: Locale): Promise<Response> {
  return respond(<Notice locale={locale} site={await readSite(locale)} kind="notFound" />, 404);
}

/** What the API answers; nothing where it says with one of these codes that there is nothing. */
export async function ifThere<Answer>(
  asked: Promise<Answer>,
  codes: readonly ErrorCode[] = ["not_found"],
): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && codes.includes(error.code)) return undefined;
    throw error;
  }
}

/** The page has one address, and this is not it. */
export function movedTo(path: string): Response {
  return new Response(null, { status: 308, headers: { location: path } });
}

/**
 * The language that an address begins with, and the page in it. A language in capitals leads to the
 * same address in small letters, and a page that there is not says so in the reader's language.
 * @param restOfPath what follows the language in the address, with its slash
 */
export async function inLanguage(
  lang: string,
  restOfPath: string,
  page: (locale: Locale) => Promise<Response>,
): Promise<Response> {
  const locale = localeSchema.safeParse(lang.toLowerCase()).data;
  if (!locale) return notFound(defaultLocale);
  if (locale !== lang) return movedTo(`/${locale}${restOfPath}`);
  try {
    return await page(locale);
  } catch (error) {
    // Thrown on: Next keeps serving the page that it has, or else the error page, which it does not cache.
    if (!(error instanceof ApiError) || !(error.code in noticeOf)) throw error;
    const { kind, status } = noticeOf[error.code as keyof typeof noticeOf];
    return respond(<Notice locale={locale} site={await readSite(locale)} kind={kind} />, status);
  }
}
