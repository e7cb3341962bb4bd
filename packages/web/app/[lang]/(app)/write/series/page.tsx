import { localeSchema } from "@haru/core/locale";
import type { Metadata } from "next";
import { Forbidden } from "../../../../../features/account/forbidden.tsx";
import { type AccountPageProps, forAuthors, localeOfPage } from "../../../../../features/account/gate.ts";
import { seriesMessages } from "../../../../../features/series/messages.ts";
import { SeriesList } from "../../../../../features/series/series-list.tsx";
import { LanguageTabs } from "../../../../../features/site/language-tabs.tsx";

export async function generateMetadata({ params }: AccountPageProps): Promise<Metadata> {
  return { title: seriesMessages[localeOfPage((await params).lang)].title };
}

/** The series of one language, in whatever language the page is. */
export default async function SeriesPage({ params, searchParams }: AccountPageProps) {
  const { lang } = await params;
  const path = `/${lang}/write/series`;
  const { locale, session } = await forAuthors(lang, path);
  if (!session) return <Forbidden locale={locale} />;
  const text = seriesMessages[locale];
  const shown = localeSchema.catch(locale).parse((await searchParams).of);
  return (
    <main id="main" className="drafts-page" tabIndex={-1}>
      <h1>{text.title}</h1>
      <p className="note kept-tags-lead">{text.lead}</p>
      <LanguageTabs path={path} label={text.title} languages={text.languages} shown={shown} />
      <SeriesList key={shown} locale={locale} lang={shown} />
    </main>
  );
}
