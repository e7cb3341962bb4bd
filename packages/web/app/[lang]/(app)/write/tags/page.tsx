import { localeSchema } from "@haru/core/locale";
import type { Metadata } from "next";
import { Forbidden } from "../../../../../features/account/forbidden.tsx";
import { type AccountPageProps, forAdmins, localeOfPage } from "../../../../../features/account/gate.ts";
import { LanguageTabs } from "../../../../../features/site/language-tabs.tsx";
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
      <LanguageTabs path={path} label={text.title} languages={text.languages} shown={shown} />
      <TagList key={shown} locale={locale} lang={shown} />
    </main>
  );
}
