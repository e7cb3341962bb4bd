import type { Metadata } from "next";
import { type AccountPageProps, forVisitors, localeOfPage } from "../../../../features/account/gate.ts";
import { accountMessages } from "../../../../features/account/messages.ts";
import { SignInForm } from "../../../../features/account/sign-in-form.tsx";

export async function generateMetadata({ params }: AccountPageProps): Promise<Metadata> {
  return { title: accountMessages[localeOfPage((await params).lang)].signIn };
}

export default async function SignInPage(props: AccountPageProps) {
  const { locale, next, query } = await forVisitors(props);
  return (
    <main id="main" tabIndex={-1}>
      <SignInForm locale={locale} next={next} notice={noticeOf(query)} />
    </main>
  );
}

function noticeOf(query: Readonly<Record<string, unknown>>): "confirmed" | "wasReset" | undefined {
  if (query.confirmed !== undefined) return "confirmed";
  return query.reset !== undefined ? "wasReset" : undefined;
}
