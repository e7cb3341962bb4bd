import { localeSchema, locales } from "@haru/core/locale";
import type { Metadata } from "next";
import Link from "next/link";
import { Forbidden } from "../../../../../features/account/forbidden.tsx";
import { type AccountPageProps, forAdmins, localeOfPage } from "../../../../../features/account/gate.ts";
import { tagMessages } from "../../../../../features/tag/messages.ts";
import { TagList } from "../../../../../features/tag/tag-list.tsx";

export async function generateMetadata({ params }: AccountPageProps): Promise<Metadata> {
  return { title: tagMessages[localeOfPage((await params).lang)].title };
}

/** The tags of the posts of one language, in whatever language the page is. */
export default async function TagsPage({ params, searchParams }: AccountPageProps) {
  const { lang } = await params;
  const path = `/${lang}/write/tags`;
  const { locale, session } = await forAdmins(lang, path);
  const text = tagMessages[locale];
  if (!session) return <Forbidden locale={locale} text={text.forbidden} />;
  const shown = localeSchema.catch(locale).parse((await searchParams).of);
  return (
    <main id="main" className="drafts-page" tabIndex={-1}>
      <h1>{text.title}</h1>
      <p className="note kept-tags-lead">{text.lead}</p>
      <nav className="queue-tabs" aria-label={text.title}>
        {locales.map((each) => (
          <Link key={each} href={`${path}?of=${each}`} aria-current={each === shown ? "page" : undefined}>
            {text.languages[each]}
          </Link>
        ))}
      </nav>
      <TagList key={shown} locale={locale} lang={shown} />
    </main>
  );
}
