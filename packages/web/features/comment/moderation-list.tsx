"use client";

import { moderations } from "@haru/core/comment/comment.contract";
import type { Locale } from "@haru/core/locale";
import { useRef, useState } from "react";
import { moderationMessages } from "./messages.ts";
import { actionsOf, Moderated } from "./moderated.tsx";
import type { ModerationAddress } from "./moderation-address.ts";
import { type ListedComment, type Moderation, useModeration } from "./use-moderation.ts";

interface ModerationListProps {
  readonly locale: Locale;
  readonly address: ModerationAddress;
  readonly mayBan: boolean;
}

/** The comments of one queue or of a search, each to be let through or taken away, alone or several at once. */
export function ModerationList({ locale, address, mayBan }: ModerationListProps) {
  const text = moderationMessages[locale];
  const { q, queue } = address;
  const { page, failure, handled, load, moderate, ban } = useModeration(locale, address);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const list = useRef<HTMLUListElement>(null);

  function choose(commentId: string, isChosen: boolean): void {
    setChosen((known) => {
      const next = new Set(known);
      if (isChosen) next.add(commentId);
      else next.delete(commentId);
      return next;
    });
  }

  const items = page?.items ?? [];
  const selected = items.filter(({ commentId }) => chosen.has(commentId));
  const applicable = (action: Moderation) =>
    selected.filter((each) => actionsOf[each.queue].includes(action));
  async function moderateSelected(action: Moderation): Promise<void> {
    await handle(applicable(action), action);
    setChosen(new Set());
  }
  /** The button that was pressed goes with what it did, so that the focus moves to what is left. */
  async function handle(wanted: readonly ListedComment[], action: Moderation): Promise<void> {
    await moderate(wanted, action);
    list.current?.focus();
  }

  return (
    <>
      <p className="visually-hidden" role="status">
        {handled > 0 && text.done(handled)}
      </p>
      {failure !== undefined && (
        <div className="banner banner-bad" role="alert">
          <p>{q && !page ? text.searchFailed : text.failed}</p>
          <button type="button" className="button button-quiet button-small" onClick={() => load()}>
            {text.again}
          </button>
        </div>
      )}
      {selected.length > 0 && (
        <div className="banner">
          <p>{text.chosen(selected.length)}</p>
          {moderations
            .filter((action) => applicable(action).length > 0)
            .map((action) => (
              <button
                key={action}
                type="button"
                className="button button-quiet button-small"
                onClick={() => moderateSelected(action)}
              >
                {text[action]}
              </button>
            ))}
        </div>
      )}
      {!page && failure === undefined && (
        <div className="skeleton skeleton-box" role="status" aria-label={text.loading} />
      )}
      {q && items.length > 0 && (
        <p className="meta" role="status">
          {text.found(items.length, page?.cursor !== undefined)}
          {page?.correctedTo && <span>{text.corrected(page.correctedTo)}</span>}
        </p>
      )}
      {page && items.length === 0 && !page.cursor && (
        <p className="empty">{q ? text.none(q) : queue && queue !== "none" && text.empty[queue]}</p>
      )}
      <ul
        ref={list}
        className="moderated-list"
        aria-label={queue ? text.queues[queue] : text.everything}
        tabIndex={-1}
      >
        {items.map((comment) => (
          <Moderated
            key={comment.commentId}
            comment={comment}
            locale={locale}
            saysStanding={queue === undefined}
            isChosen={chosen.has(comment.commentId)}
            onChoose={(isChosen) => choose(comment.commentId, isChosen)}
            onModerate={(action) => handle([comment], action)}
            onBan={mayBan ? (isBanned) => ban(comment.author.accountId, isBanned) : undefined}
          />
        ))}
      </ul>
      {page?.cursor && (
        <button type="button" className="button button-quiet" onClick={() => load(page.cursor)}>
          {text.more}
        </button>
      )}
    </>
  );
}
