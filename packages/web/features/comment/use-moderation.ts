"use client";

import type { CommentStanding, ModeratedComment, moderations } from "@haru/core/comment/comment.contract";
import type { AccountId } from "@haru/core/id";
import type { Locale } from "@haru/core/locale";
import type { FoundComment } from "@haru/core/search/search.contract";
import { useCallback, useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { type Pages, withPage } from "../site/pages.ts";
import type { ModerationAddress } from "./moderation-address.ts";

export type Moderation = (typeof moderations)[number];

/** A comment of a queue, or one that was found, with its author's name marked. */
export type ListedComment = Omit<ModeratedComment, "queue"> &
  Pick<FoundComment, "queue"> &
  Partial<FoundComment>;

interface Page extends Pages<ListedComment> {
  readonly correctedTo?: string | undefined;
}

const standingAfter = { approve: "none", hide: "hidden" } as const satisfies Record<
  Moderation,
  CommentStanding
>;

async function read(
  locale: Locale,
  { q, queue }: ModerationAddress,
  after: string | undefined,
): Promise<Page> {
  const asked = after ? { cursor: after } : {};
  const api = browserApi(locale);
  if (q) return api.search.findComments({ q, queue, ...asked });
  // Without words the address names a queue.
  if (!queue || queue === "none") return { items: [] };
  return api.comment.queue({ queue, ...asked });
}

/** The comments of a queue or of a search, and what moderators do to them. */
export function useModeration(locale: Locale, { q, queue }: ModerationAddress) {
  const [page, setPage] = useState<Page>();
  const [failure, setFailure] = useState<unknown>();
  const [handled, setHandled] = useState(0);

  const load = useCallback(
    async (cursor?: string) => {
      setFailure(undefined);
      try {
        const next = await read(locale, { q, queue }, cursor);
        setPage((shown) => withPage(shown, cursor, next));
      } catch (error) {
        setFailure(error);
      }
    },
    [locale, q, queue],
  );
  useEffect(() => {
    load();
  }, [load]);

  const change = (changed: (item: ListedComment) => readonly ListedComment[]) =>
    setPage((known) => known && { ...known, items: known.items.flatMap(changed) });

  /** One after the other: each changes a count of its post, and what failed stays as it is. */
  async function moderate(wanted: readonly ListedComment[], action: Moderation): Promise<void> {
    setFailure(undefined);
    const done = new Set<string>();
    for (const { postId, commentId, parentId } of wanted) {
      try {
        await browserApi(locale).comment.moderate({ postId, commentId, parentId, action });
        done.add(commentId);
      } catch (error) {
        setFailure(error);
      }
    }
    const after = standingAfter[action];
    // What was looked for whatever it is stays in sight, as it stands now.
    const staysFor = queue === undefined || queue === after;
    change((item) => {
      if (!done.has(item.commentId)) return [item];
      return staysFor ? [{ ...item, queue: after, reports: action === "approve" ? 0 : item.reports }] : [];
    });
    setHandled(done.size);
  }

  /** Concerns the person, so that it shows at all of their comments. */
  async function ban(accountId: AccountId, isBanned: boolean): Promise<void> {
    setFailure(undefined);
    try {
      await browserApi(locale).comment.ban({ accountId, isBanned });
      change((item) => [item.author.accountId === accountId ? { ...item, isBanned } : item]);
    } catch (error) {
      setFailure(error);
    }
  }

  return { page, failure, handled, load, moderate, ban };
}
