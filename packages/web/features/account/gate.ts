import { type Locale, localeSchema } from "@haru/core/locale";
import { notFound, redirect } from "next/navigation";
import { safePath } from "./safe-path.ts";
import { readSessionCookie } from "./session.ts";
import { roleOf, type Session } from "./session-token.ts";

/** The language of an application page, which does not exist in others. */
export function localeOfPage(lang: string): Locale {
  return localeSchema.safeParse(lang).data ?? notFound();
}

/** What account pages are asked with. */
export interface AccountPageProps {
  readonly params: Promise<{ readonly lang: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** The language and the way back of a page for people who are not signed in; others go that way at once. */
export async function forVisitors({ params, searchParams }: AccountPageProps) {
  const locale = localeOfPage((await params).lang);
  const query = await searchParams;
  const next = safePath([query.next].flat()[0], `/${locale}`);
  if (await readSessionCookie()) redirect(next);
  return { locale, next, query };
}

/** The session of an author, or a refusal; without a session the way leads over the sign-in page. */
export async function forAuthors(
  lang: string,
  path: string,
): Promise<{ readonly locale: Locale; readonly session: Session | undefined }> {
  const locale = localeOfPage(lang);
  const session = await readSessionCookie();
  if (!session) redirect(`/${locale}/sign-in?${new URLSearchParams({ next: path })}`);
  return { locale, session: roleOf(session) === "reader" ? undefined : session };
}
