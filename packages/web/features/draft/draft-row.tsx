"use client";

import type { Locale } from "@haru/core/locale";
import type { DraftSummary } from "@haru/core/post/post.contract";
import Link from "next/link";
import { postPath } from "../site/address.ts";
import { formatAgo } from "../site/ago.ts";
import type { DraftMessages } from "./messages.ts";
import { formatMinute, shownStateOf } from "./shown-state.ts";

interface DraftRowProps {
  readonly draft: DraftSummary;
  readonly locale: Locale;
  readonly text: DraftMessages;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
}

export function DraftRow({ draft, locale, text, isChosen, onChoose }: DraftRowProps) {
  const state = shownStateOf(draft);
  return (
    <li className="draft">
      <input
        type="checkbox"
        className="draft-choice"
        aria-label={text.list.select(draft.title)}
        checked={isChosen}
        onChange={(event) => onChoose(event.target.checked)}
      />
      <Link className="draft-title" href={`/${locale}/write/${draft.postId}`} lang={draft.lang}>
        {draft.title}
      </Link>
      <p className="meta">
        <span className="draft-state" data-state={state}>
          {text.list.state[state]}
        </span>
        {draft.scheduledFor && (
          <time dateTime={draft.scheduledFor}>{formatMinute(draft.scheduledFor, locale)}</time>
        )}
        <span>{text.languages[draft.lang]}</span>
        <time dateTime={draft.updatedAt}>
          {text.list.changed(formatAgo(draft.updatedAt, new Date(), locale))}
        </time>
      </p>
      {draft.state === "published" && (
        <a className="button button-quiet button-small draft-view" href={postPath(draft.lang, draft.slug)}>
          {text.list.view}
        </a>
      )}
    </li>
  );
}
