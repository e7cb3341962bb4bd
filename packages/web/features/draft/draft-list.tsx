"use client";

import type { Locale } from "@haru/core/locale";
import type { DraftSummary } from "@haru/core/post/post.contract";
import Link from "next/link";
import { useCallback, useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { postPath } from "../site/address.ts";
import { formatAgo } from "../site/ago.ts";
import { type DraftMessages, draftMessages } from "./messages.ts";

type Page = { readonly items: readonly DraftSummary[]; readonly cursor?: string | undefined };

/** Every post of the author, last changed first. */
export function DraftList({ locale }: { locale: Locale }) {
  const text = draftMessages[locale];
  const [page, setPage] = useState<Page>();
  const [hasFailed, setFailed] = useState(false);

  const load = useCallback(
    async (cursor?: string) => {
      setFailed(false);
      try {
        const next = await browserApi(locale).post.listDrafts(cursor ? { cursor } : {});
        setPage((known) => ({
          ...next,
          items: cursor ? [...(known?.items ?? []), ...next.items] : next.items,
        }));
      } catch {
        setFailed(true);
      }
    },
    [locale],
  );
  useEffect(() => {
    load();
  }, [load]);

  return (
    <>
      <div className="drafts-head">
        <h1>{text.list.title}</h1>
        <Link className="button" href={`/${locale}/write/new`}>
          {text.list.write}
        </Link>
      </div>
      {hasFailed && (
        <div className="banner banner-bad" role="alert">
          <p>{text.list.failed}</p>
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => load(page?.cursor)}
          >
            {text.list.again}
          </button>
        </div>
      )}
      {!page && !hasFailed && <DraftSkeletons label={text.list.loading} />}
      {page?.items.length === 0 && (
        <div className="empty">
          <p className="empty-title">{text.list.empty.title}</p>
          <p>{text.list.empty.text}</p>
        </div>
      )}
      <ul className="drafts">
        {page?.items.map((draft) => (
          <DraftRow key={draft.postId} draft={draft} locale={locale} text={text} />
        ))}
      </ul>
      {page?.cursor && (
        <button type="button" className="button button-quiet" onClick={() => load(page.cursor)}>
          {text.list.more}
        </button>
      )}
    </>
  );
}

interface DraftRowProps {
  readonly draft: DraftSummary;
  readonly locale: Locale;
  readonly text: DraftMessages;
}

function DraftRow({ draft, locale, text }: DraftRowProps) {
  const isPublished = draft.state === "published";
  const state = isPublished && draft.revision !== draft.publishedRevision ? "changed" : draft.state;
  return (
    <li className="draft">
      <Link className="draft-title" href={`/${locale}/write/${draft.postId}`} lang={draft.lang}>
        {draft.title}
      </Link>
      <p className="meta">
        <span className="draft-state" data-state={state}>
          {text.list.state[state]}
        </span>
        <span>{text.languages[draft.lang]}</span>
        <time dateTime={draft.updatedAt}>
          {text.list.changed(formatAgo(draft.updatedAt, new Date(), locale))}
        </time>
      </p>
      {isPublished && (
        <a className="button button-quiet button-small draft-view" href={postPath(draft.lang, draft.slug)}>
          {text.list.view}
        </a>
      )}
    </li>
  );
}

function DraftSkeletons({ label }: { label: string }) {
  return (
    <div className="drafts" role="status" aria-label={label}>
      {["first", "second", "third"].map((row) => (
        <div className="skeleton skeleton-draft" key={row} />
      ))}
    </div>
  );
}
