import type { Metadata } from "next";
import { ConfirmForm } from "../../../../features/account/confirm-form.tsx";
import { type AccountPageProps, forVisitors, localeOfPage } from "../../../../features/account/gate.ts";
import { accountMessages } from "../../../../features/account/messages.ts";

export async function generateMetadata({ params }: AccountPageProps): Promise<Metadata> {
  return { title: accountMessages[localeOfPage((await params).lang)].confirm };
}

export default async function ConfirmPage(props: AccountPageProps) {
  const { locale, next } = await forVisitors(props);
  return (
    <main id="main" tabIndex={-1}>
      <ConfirmForm locale={locale} next={next} />
    </main>
  );
}
