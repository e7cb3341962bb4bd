import type { Metadata } from "next";
import { Forbidden } from "../../../../../features/account/forbidden.tsx";
import { type AccountPageProps, forAuthors, localeOfPage } from "../../../../../features/account/gate.ts";
import { accountIdOfSession } from "../../../../../features/account/session-token.ts";
import { draftMessages } from "../../../../../features/draft/messages.ts";
import { OpenDraft } from "../../../../../features/draft/open-draft.tsx";

export async function generateMetadata({ params }: AccountPageProps): Promise<Metadata> {
  return { title: draftMessages[localeOfPage((await params).lang)].newTitle };
}

/** A new post in the language of the page; with `?of=<post>` it becomes a translation of that post. */
export default async function NewDraftPage({ params, searchParams }: AccountPageProps) {
  const { lang } = await params;
  const translationOf = [(await searchParams).of].flat()[0];
  const query = translationOf === undefined ? "" : `?${new URLSearchParams({ of: translationOf })}`;
  const { locale, session } = await forAuthors(lang, `/${lang}/write/new${query}`);
  if (!session) return <Forbidden locale={locale} />;
  return (
    <OpenDraft
      locale={locale}
      accountId={accountIdOfSession(session)}
      postId={undefined}
      begin={{ lang: locale, translationOf }}
    />
  );
}
