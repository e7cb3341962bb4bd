import type { Metadata } from "next";
import { Forbidden } from "../../../../features/account/forbidden.tsx";
import { forAuthors, localeOfPage } from "../../../../features/account/gate.ts";
import { DraftList } from "../../../../features/draft/draft-list.tsx";
import { draftMessages } from "../../../../features/draft/messages.ts";

interface PageProps {
  readonly params: Promise<{ readonly lang: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: draftMessages[localeOfPage((await params).lang)].list.title };
}

export default async function DraftsPage({ params }: PageProps) {
  const { lang } = await params;
  const { locale, session } = await forAuthors(lang, `/${lang}/write`);
  if (!session) return <Forbidden locale={locale} />;
  return (
    <main id="main" className="drafts-page" tabIndex={-1}>
      <DraftList locale={locale} />
    </main>
  );
}
