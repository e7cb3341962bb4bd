import type { Metadata } from "next";
import { Forbidden } from "../../../../features/account/forbidden.tsx";
import { type AccountPageProps, forAuthors, localeOfPage } from "../../../../features/account/gate.ts";
import { roleOf } from "../../../../features/account/session-token.ts";
import { moderationMessages } from "../../../../features/comment/messages.ts";
import { moderationPath, readModerationAddress } from "../../../../features/comment/moderation-address.ts";
import { ModerationList } from "../../../../features/comment/moderation-list.tsx";
import { ModerationSearch } from "../../../../features/comment/moderation-search.tsx";

export async function generateMetadata({ params }: AccountPageProps): Promise<Metadata> {
  return { title: moderationMessages[localeOfPage((await params).lang)].title };
}

/** Comments that somebody has to look at, or looks for: under one's own posts, for admins under all. */
export default async function ModerationPage({ params, searchParams }: AccountPageProps) {
  const { lang } = await params;
  const address = readModerationAddress(await searchParams);
  const path = moderationPath(localeOfPage(lang), address);
  const { locale, session } = await forAuthors(lang, path);
  if (!session) return <Forbidden locale={locale} />;
  return (
    <main id="main" className="drafts-page" tabIndex={-1}>
      <div className="drafts-head">
        <h1>{moderationMessages[locale].title}</h1>
      </div>
      <ModerationSearch locale={locale} address={address} />
      <ModerationList key={path} locale={locale} address={address} mayBan={roleOf(session) === "admin"} />
    </main>
  );
}
