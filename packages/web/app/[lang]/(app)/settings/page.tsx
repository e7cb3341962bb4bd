import type { Metadata } from "next";
import { type AccountPageProps, forPeople, localeOfPage } from "../../../../features/account/gate.ts";
import { settingsMessages } from "../../../../features/account/settings/messages.ts";
import { Settings } from "../../../../features/account/settings/settings.tsx";

export async function generateMetadata({ params }: AccountPageProps): Promise<Metadata> {
  return { title: settingsMessages[localeOfPage((await params).lang)].title };
}

export default async function SettingsPage({ params }: AccountPageProps) {
  const { lang } = await params;
  const { locale } = await forPeople(lang, `/${lang}/settings`);
  return (
    <main id="main" className="settings" tabIndex={-1}>
      <Settings locale={locale} />
    </main>
  );
}
