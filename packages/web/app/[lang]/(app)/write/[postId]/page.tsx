import type { Metadata } from "next";
import { Forbidden } from "../../../../../features/account/forbidden.tsx";
import { forAuthors, localeOfPage } from "../../../../../features/account/gate.ts";
import { accountIdOfSession } from "../../../../../features/account/session-token.ts";
import { draftMessages } from "../../../../../features/draft/messages.ts";
import { OpenDraft } from "../../../../../features/draft/open-draft.tsx";

interface PageProps {
  readonly params: Promise<{ readonly lang: string; readonly postId: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: draftMessages[localeOfPage((await params).lang)].write };
}

export default async function DraftPage({ params }: PageProps) {
  const { lang, postId } = await params;
  const { locale, session } = await forAuthors(lang, `/${lang}/write/${postId}`);
  if (!session) return <Forbidden locale={locale} />;
  return (
    <OpenDraft
      locale={locale}
      accountId={accountIdOfSession(session)}
      postId={postId}
      begin={{ lang: locale, translationOf: undefined }}
    />
  );
}
