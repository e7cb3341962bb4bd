import { deletedAccountId } from "../account/deleted-account.ts";
import type { Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { CommentId, PostId } from "../id.ts";
import type { Comment } from "./comment.contract.ts";
import { type CommentRow, comments } from "./comment.entity.ts";

/** A comment as a request names it. */
export interface Which {
  readonly postId: PostId;
  readonly commentId: CommentId;
  readonly parentId?: CommentId | undefined;
}

/**
 * A comment wherever it lies. Of one that was taken away while answers stand under it, its text is
 * held and its place is shown: the text is what is meant.
 */
export async function readComment(core: Core, which: Which): Promise<CommentRow> {
  const { held, shown } = await readBoth(core, which);
  const row = held ?? shown;
  if (!row) throw new AppError("not_found");
  return row;
}

/** Both rows of a comment: the one that readers get, and the one that is kept from them. */
export interface Both {
  readonly shown: CommentRow | undefined;
  readonly held: CommentRow | undefined;
}

export async function readBoth(core: Core, which: Which): Promise<Both> {
  const both = (await readAll(core, [which])).get(which.commentId);
  return both ?? { shown: undefined, held: undefined };
}

/** Both rows of each of some comments. */
export async function readAll(core: Core, which: readonly Which[]): Promise<ReadonlyMap<CommentId, Both>> {
  if (which.length === 0) return new Map();
  const keys = which.flatMap(({ postId, commentId, parentId }) => {
    const key = { postId, threadId: parentId ?? commentId, commentId };
    return [{ ...key, place: "shown" } as const, { ...key, place: "held" } as const];
  });
  const { data, unprocessed } = await comments(core).get(keys).go({ consistent: true });
  if (unprocessed.length > 0) throw new AppError("unavailable");
  const found = Map.groupBy(data, ({ commentId }) => commentId);
  return new Map(
    which.map(({ commentId }) => {
      const rows = found.get(commentId) ?? [];
      const at = (wanted: CommentRow["place"]) => rows.find(({ place }) => place === wanted);
      return [commentId, { shown: at("shown"), held: at("held") }];
    }),
  );
}

/** The row that has a comment's text; none when nothing is left of it but its place, if that. */
export function textOf({ shown, held }: Both): CommentRow | undefined {
  return held ?? (shown?.isRemoved ? undefined : shown);
}

export function commentOf(row: CommentRow): Comment {
  const { postId, threadId, commentId, accountId, displayName, html, createdAt, editedAt } = row;
  const wrotePost = accountId === row.postAuthorId;
  return {
    commentId,
    postId,
    ...(threadId === commentId ? {} : { parentId: threadId }),
    ...(row.isRemoved ? {} : { author: { accountId, displayName, wrotePost } }),
    ...(accountId === deletedAccountId ? { isAccountDeleted: true } : {}),
    html,
    createdAt,
    ...(editedAt && !row.isRemoved ? { editedAt } : {}),
    revision: row.revision,
    isWaiting: row.queue === "waiting",
  };
}
