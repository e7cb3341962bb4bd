import type { Metadata } from "next";
import { Forbidden } from "../../../../../features/account/forbidden.tsx";
import { type AccountPageProps, forAdmins, localeOfPage } from "../../../../../features/account/gate.ts";
import { WatermarkSection } from "../../../../../features/media/watermark-section.tsx";
import { siteSettingsMessages } from "../../../../../features/site/settings/messages.ts";
import { SiteSettings } from "../../../../../features/site/settings/site-settings.tsx";

export async function generateMetadata({ params }: AccountPageProps): Promise<Metadata> {
  return { title: siteSettingsMessages[localeOfPage((await params).lang)].title };
}

export default async function SiteSettingsPage({ params }: AccountPageProps) {
  const { lang } = await params;
  const { locale, session } = await forAdmins(lang, `/${lang}/write/site`);
  if (!session) return <Forbidden locale={locale} text={siteSettingsMessages[locale].forbidden} />;
  return (
    <main id="main" className="settings" tabIndex={-1}>
      <SiteSettings locale={locale} />
      <WatermarkSection locale={locale} />
    </main>
  );
}
