"use client";

import type { CommentQueue, ModeratedComment, moderations } from "@haru/core/comment/comment.contract";
import type { AccountId } from "@haru/core/id";
import type { Locale } from "@haru/core/locale";
import { useCallback, useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { postPath } from "../site/address.ts";
import { formatAgo } from "../site/ago.ts";
import { renderedHtml } from "../site/trusted-html.ts";
import { type ModerationMessages, moderationMessages } from "./messages.ts";

type Action = (typeof moderations)[number];
type Page = { readonly items: readonly ModeratedComment[]; readonly cursor?: string | undefined };

/** What can be done to a comment in each queue. */
const actionsOf: Readonly<Record<CommentQueue, readonly Action[]>> = {
  waiting: ["approve", "hide"],
  reported: ["approve", "hide"],
  hidden: ["approve"],
};

/** The comments of one queue, each to be let through or taken away, alone or several at once. */
export function ModerationList({
  locale,
  queue,
  mayBan,
}: {
  locale: Locale;
  queue: CommentQueue;
  mayBan: boolean;
}) {
  const text = moderationMessages[locale];
  const [page, setPage] = useState<Page>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [hasFailed, setFailed] = useState(false);
  const [said, setSaid] = useState("");

  const load = useCallback(
    async (cursor?: string) => {
      setFailed(false);
      try {
        const next = await browserApi(locale).comment.queue({ queue, ...(cursor ? { cursor } : {}) });
        setPage((known) => ({
          ...next,
          items: cursor ? [...(known?.items ?? []), ...next.items] : next.items,
        }));
      } catch {
        setFailed(true);
      }
    },
    [locale, queue],
  );
  useEffect(() => {
    load();
  }, [load]);

  /** One after the other: each changes a count of its post, and what failed stays in the list. */
  async function moderate(wanted: readonly ModeratedComment[], action: Action): Promise<void> {
    setFailed(false);
    const done = new Set<string>();
    for (const { postId, commentId, parentId } of wanted) {
      try {
        await browserApi(locale).comment.moderate({ postId, commentId, parentId, action });
        done.add(commentId);
      } catch {
        setFailed(true);
      }
    }
    setPage((known) => known && { ...known, items: known.items.filter((item) => !done.has(item.commentId)) });
    setChosen(new Set());
    setSaid(text.done(done.size));
  }

  /** Concerns the person, so that it shows at all of their comments. */
  async function ban(accountId: AccountId, isBanned: boolean): Promise<void> {
    setFailed(false);
    try {
      await browserApi(locale).comment.ban({ accountId, isBanned });
    } catch {
      setFailed(true);
      return;
    }
    setPage(
      (known) =>
        known && {
          ...known,
          items: known.items.map((item) =>
            item.author.accountId === accountId ? { ...item, isBanned } : item,
          ),
        },
    );
  }

  function choose(commentId: string, isChosen: boolean): void {
    setChosen((known) => {
      const next = new Set(known);
      if (isChosen) next.add(commentId);
      else next.delete(commentId);
      return next;
    });
  }

  const selected = page?.items.filter(({ commentId }) => chosen.has(commentId)) ?? [];
  return (
    <>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {hasFailed && (
        <div className="banner banner-bad" role="alert">
          <p>{text.failed}</p>
          <button type="button" className="button button-quiet button-small" onClick={() => load()}>
            {text.again}
          </button>
        </div>
      )}
      {selected.length > 0 && (
        <div className="banner">
          <p>{text.chosen(selected.length)}</p>
          {actionsOf[queue].map((action) => (
            <button
              key={action}
              type="button"
              className="button button-quiet button-small"
              onClick={() => moderate(selected, action)}
            >
              {text[action]}
            </button>
          ))}
        </div>
      )}
      {!page && !hasFailed && (
        <div className="skeleton skeleton-box" role="status" aria-label={text.loading} />
      )}
      {page?.items.length === 0 && <p className="empty">{text.empty[queue]}</p>}
      <ul className="moderated-list">
        {page?.items.map((comment) => (
          <Moderated
            key={comment.commentId}
            comment={comment}
            locale={locale}
            text={text}
            isChosen={chosen.has(comment.commentId)}
            onChoose={(isChosen) => choose(comment.commentId, isChosen)}
            onModerate={(action) => moderate([comment], action)}
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

interface ModeratedProps {
  readonly comment: ModeratedComment;
  readonly locale: Locale;
  readonly text: ModerationMessages;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
  readonly onModerate: (action: Action) => void;
  /** Only admins decide who may write. */
  readonly onBan: ((isBanned: boolean) => void) | undefined;
}

function Moderated({ comment, locale, text, isChosen, onChoose, onModerate, onBan }: ModeratedProps) {
  const { author, post, queue, isBanned } = comment;
  const nameOf = { approve: text.approveOf, hide: text.hideOf };
  return (
    <li className="moderated">
      <input
        type="checkbox"
        checked={isChosen}
        aria-label={text.choose(author.displayName)}
        onChange={({ target }) => onChoose(target.checked)}
      />
      <div>
        <p className="meta">
          <b>{author.displayName}</b>
          <time dateTime={comment.createdAt}>{formatAgo(comment.createdAt, new Date(), locale)}</time>
          {comment.reports > 0 && <span>{text.reports(comment.reports)}</span>}
          {post && (
            <a className="text-link" href={`${postPath(post.lang, post.slug)}#comments`} lang={post.lang}>
              {post.title}
            </a>
          )}
        </p>
        <div
          className="prose"
          // biome-ignore lint/security/noDangerouslySetInnerHtml: made safe where it was rendered.
          dangerouslySetInnerHTML={{ __html: renderedHtml(comment.html) }}
        />
        <div className="notice-actions">
          {actionsOf[queue].map((action) => (
            <button
              key={action}
              type="button"
              className="button button-quiet button-small"
              aria-label={nameOf[action](author.displayName)}
              onClick={() => onModerate(action)}
            >
              {text[action]}
            </button>
          ))}
          {onBan && !author.wrotePost && (
            <button
              type="button"
              className="button button-quiet button-small"
              aria-label={(isBanned ? text.unbanOf : text.banOf)(author.displayName)}
              onClick={() => onBan(!isBanned)}
            >
              {isBanned ? text.unban : text.ban}
            </button>
          )}
        </div>
      </div>
    </li>
  );
}
