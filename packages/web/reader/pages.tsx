import { ApiError } from "@haru/core/client";
import { type Locale, localeSchema } from "@haru/core/locale";
import { slugSchema } from "@haru/core/post/post.contract";
import { cachedApi } from "../api.ts";
import { postPath } from "../features/site/address.ts";
import { postsTag, postTag } from "../features/site/cache-tag.ts";
import { Home } from "./home.tsx";
import { Notice } from "./notice.tsx";
import { Post } from "./post.tsx";
import { respond } from "./respond.ts";

const postsPerPage = 20;

/** What the API's refusals become on a page; every other failure is ours and answers as a 500. */
const noticeOf = {
  not_found: { kind: "notFound", status: 404 },
  invalid_input: { kind: "notFound", status: 404 },
  gone: { kind: "gone", status: 410 },
} as const;

/** Next hands parameters over as they stand in the address, escaped or not. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export function notFound(locale: Locale): Promise<Response> {
  return respond(<Notice locale={locale} kind="notFound" />, 404);
}

async function orNotice(locale: Locale, page: () => Promise<Response>): Promise<Response> {
  try {
    return await page();
  } catch (error) {
    // Thrown on: Next keeps serving the page that it has, or else the error page, which it does not cache.
    if (!(error instanceof ApiError) || !(error.code in noticeOf)) throw error;
    const { kind, status } = noticeOf[error.code as keyof typeof noticeOf];
    return respond(<Notice locale={locale} kind={kind} />, status);
  }
}

/** `/ko`, and with a cursor `/ko/before/<cursor>`. */
export async function homePage(lang: string, cursorSegment?: string): Promise<Response> {
  const locale = localeSchema.safeParse(lang).data;
  if (!locale) return notFound("ko");
  const cursor = cursorSegment === undefined ? undefined : decode(cursorSegment);
  return orNotice(locale, async () => {
    const page = await cachedApi(locale, [postsTag(locale)]).post.list({
      lang: locale,
      limit: postsPerPage,
      cursor,
    });
    return respond(<Home locale={locale} posts={page.items} nextCursor={page.cursor} cursor={cursor} />);
  });
}

/** `/ko/posts/<slug>`; another spelling of the slug leads to the canonical one. */
export async function postPage(lang: string, slugSegment: string): Promise<Response> {
  const locale = localeSchema.safeParse(lang).data;
  if (!locale) return notFound("ko");
  const asked = decode(slugSegment);
  const slug = slugSchema.safeParse(asked).data;
  if (slug === undefined) return notFound(locale);
  if (slug !== asked)
    return new Response(null, { status: 308, headers: { location: postPath(locale, slug) } });
  return orNotice(locale, async () => {
    const post = await cachedApi(locale, [postTag(locale, slug)]).post.read({ lang: locale, slug });
    return respond(<Post post={post} />);
  });
}
