import type { Metadata } from "next";
import { type AccountPageProps, forVisitors, localeOfPage } from "../../../../features/account/gate.ts";
import { accountMessages } from "../../../../features/account/messages.ts";
import { SignUpForm } from "../../../../features/account/sign-up-form.tsx";

export async function generateMetadata({ params }: AccountPageProps): Promise<Metadata> {
  return { title: accountMessages[localeOfPage((await params).lang)].signUp };
}

export default async function SignUpPage(props: AccountPageProps) {
  const { locale, next } = await forVisitors(props);
  return (
    <main id="main" tabIndex={-1}>
      <SignUpForm locale={locale} next={next} />
    </main>
  );
}
