import { commentQueues } from "@haru/core/comment/comment.contract";
import type { Metadata } from "next";
import Link from "next/link";
import * as z from "zod";
import { Forbidden } from "../../../../features/account/forbidden.tsx";
import { type AccountPageProps, forAuthors, localeOfPage } from "../../../../features/account/gate.ts";
import { roleOf } from "../../../../features/account/session-token.ts";
import { moderationMessages } from "../../../../features/comment/messages.ts";
import { ModerationList } from "../../../../features/comment/moderation-list.tsx";

const queueSchema = z.enum(commentQueues).catch("waiting");

export async function generateMetadata({ params }: AccountPageProps): Promise<Metadata> {
  return { title: moderationMessages[localeOfPage((await params).lang)].title };
}

/** Comments that somebody has to look at: under one's own posts, for admins under all. */
export default async function ModerationPage({ params, searchParams }: AccountPageProps) {
  const { lang } = await params;
  const path = `/${lang}/moderation`;
  const { locale, session } = await forAuthors(lang, path);
  if (!session) return <Forbidden locale={locale} />;
  const text = moderationMessages[locale];
  const queue = queueSchema.parse((await searchParams).queue);
  return (
    <main id="main" className="drafts-page" tabIndex={-1}>
      <div className="drafts-head">
        <h1>{text.title}</h1>
      </div>
      <nav className="queue-tabs" aria-label={text.title}>
        {commentQueues.map((each) => (
          <Link key={each} href={`${path}?queue=${each}`} aria-current={each === queue ? "page" : undefined}>
            {text.queues[each]}
          </Link>
        ))}
      </nav>
      <ModerationList key={queue} locale={locale} queue={queue} mayBan={roleOf(session) === "admin"} />
    </main>
  );
}
