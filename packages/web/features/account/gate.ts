import { type Locale, localeSchema } from "@haru/core/locale";
import { notFound, redirect } from "next/navigation";
import { sessionOfPage } from "./live-session.ts";
import { safePath } from "./safe-path.ts";
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
  if (await sessionOfPage()) redirect(next);
  return { locale, next, query };
}

/** The session of anybody who is signed in; without one the way leads over the sign-in page. */
export async function forPeople(
  lang: string,
  path: string,
): Promise<{ readonly locale: Locale; readonly session: Session }> {
  const locale = localeOfPage(lang);
  const session = await sessionOfPage();
  if (!session) redirect(`/${locale}/sign-in?${new URLSearchParams({ next: path })}`);
  return { locale, session };
}

/** The session of an author, or a refusal; without a session the way leads over the sign-in page. */
export async function forAuthors(
  lang: string,
  path: string,
): Promise<{ readonly locale: Locale; readonly session: Session | undefined }> {
  const { locale, session } = await forPeople(lang, path);
  return { locale, session: roleOf(session) === "reader" ? undefined : session };
}

/** The session of an administrator, or a refusal. */
export async function forAdmins(
  lang: string,
  path: string,
): Promise<{ readonly locale: Locale; readonly session: Session | undefined }> {
  const { locale, session } = await forPeople(lang, path);
  return { locale, session: roleOf(session) === "admin" ? session : undefined };
}
