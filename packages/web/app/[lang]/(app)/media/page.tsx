import type { Metadata } from "next";
import { Forbidden } from "../../../../features/account/forbidden.tsx";
import { forAuthors, localeOfPage } from "../../../../features/account/gate.ts";
import { Library } from "../../../../features/media/library.tsx";
import { mediaMessages } from "../../../../features/media/messages.ts";

interface PageProps {
  readonly params: Promise<{ readonly lang: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: mediaMessages[localeOfPage((await params).lang)].title };
}

export default async function MediaPage({ params }: PageProps) {
  const { lang } = await params;
  const { locale, session } = await forAuthors(lang, `/${lang}/media`);
  if (!session) return <Forbidden locale={locale} />;
  return (
    <main id="main" className="library-page" tabIndex={-1}>
      <Library locale={locale} />
    </main>
  );
}
