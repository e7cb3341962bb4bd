import type { Metadata } from "next";
import { Forbidden } from "../../../../features/account/forbidden.tsx";
import { type AccountPageProps, forAdmins, localeOfPage } from "../../../../features/account/gate.ts";
import { personMessages } from "../../../../features/person/messages.ts";
import { People } from "../../../../features/person/people.tsx";

export async function generateMetadata({ params }: AccountPageProps): Promise<Metadata> {
  return { title: personMessages[localeOfPage((await params).lang)].title };
}

export default async function PeoplePage({ params }: AccountPageProps) {
  const { lang } = await params;
  const { locale, session } = await forAdmins(lang, `/${lang}/people`);
  if (!session) return <Forbidden locale={locale} text={personMessages[locale].forbidden} />;
  return (
    <main id="main" className="settings" tabIndex={-1}>
      <People locale={locale} />
    </main>
  );
}
