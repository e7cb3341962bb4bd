import type { Metadata } from "next";
import { Forbidden } from "../../../../../features/account/forbidden.tsx";
import { type AccountPageProps, forAuthors, localeOfPage } from "../../../../../features/account/gate.ts";
import { roleOf } from "../../../../../features/account/session-token.ts";
import { transferMessages } from "../../../../../features/transfer/messages.ts";
import { Transfer } from "../../../../../features/transfer/transfer.tsx";

export async function generateMetadata({ params }: AccountPageProps): Promise<Metadata> {
  return { title: transferMessages[localeOfPage((await params).lang)].title };
}

export default async function TransferPage({ params }: AccountPageProps) {
  const { lang } = await params;
  const { locale, session } = await forAuthors(lang, `/${lang}/write/transfer`);
  if (!session) return <Forbidden locale={locale} />;
  return (
    <main id="main" className="settings" tabIndex={-1}>
      <Transfer locale={locale} isAdmin={roleOf(session) === "admin"} />
    </main>
  );
}
