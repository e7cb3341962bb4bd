import type { Metadata } from "next";
import { ForgotPasswordForm } from "../../../../features/account/forgot-password-form.tsx";
import { type AccountPageProps, forVisitors, localeOfPage } from "../../../../features/account/gate.ts";
import { accountMessages } from "../../../../features/account/messages.ts";

export async function generateMetadata({ params }: AccountPageProps): Promise<Metadata> {
  return { title: accountMessages[localeOfPage((await params).lang)].forgot };
}

export default async function ForgotPasswordPage(props: AccountPageProps) {
  const { locale, next } = await forVisitors(props);
  return (
    <main id="main" tabIndex={-1}>
      <ForgotPasswordForm locale={locale} next={next} />
    </main>
  );
}
