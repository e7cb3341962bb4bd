import type { TransactWriteItem } from "electrodb";
import type { Core } from "../core.ts";
import { AppError } from "../errors.ts";
import { publishedPostOf } from "../post/post.ts";
import { publishedPosts, type Snapshot } from "../post/published-post.entity.ts";
import { commit, inTransaction } from "../transaction.ts";
import { type CommentRow, comments } from "./comment.entity.ts";
import { readComment, type Which } from "./rows.ts";

interface Change {
  readonly next: CommentRow;
  /** Written together or not at all; nothing when the comment is so already. */
  readonly items: readonly TransactWriteItem[];
}

const attempts = 5;

/** Changes a comment; `plan` sees it again when something else changed it first. */
export async function changeComment(
  core: Core,
  which: Which,
  plan: (row: CommentRow) => Promise<Change>,
): Promise<CommentRow> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { next, items } = await plan(await readComment(core, which));
    if (items.length === 0 || (await commit(core, items)).written) return next;
  }
  throw new AppError("unavailable");
}

/** Whether nobody changed or answered a comment since it was read, as a condition of a write of that row. */
export function asRead({ version, answers }: CommentRow) {
  return (
    stored: { readonly version: unknown; readonly answers: unknown },
    { eq }: { eq(name: unknown, value: number): string },
  ) => `${eq(stored.version, version)} AND ${eq(stored.answers, answers)}`;
}

/** Counts comments into a post, which has to be on the site still. */
export function countIn(core: Core, { lang, slug, postId }: Snapshot, comments: number): TransactWriteItem {
  return inTransaction(publishedPosts(core))
    .patch({ lang, slug })
    .add({ commentCount: comments })
    .where((snapshot, { eq }) => eq(snapshot.postId, postId))
    .commit();
}

/**
 * Takes a comment from the readers, as items of a transaction: the row goes, or stays as a bare place
 * when answers stand under it; the post and the comment that it answered count one less.
 * @param held what is kept for its author and the moderators; nothing when it is deleted
 */
export async function withdraw(core: Core, row: CommentRow, held?: CommentRow): Promise<TransactWriteItem[]> {
  const rows = inTransaction(comments(core));
  const { postId, place, threadId, commentId, version } = row;
  const key = { postId, place, threadId, commentId };
  if (place === "held") return [(held ? rows.put(held) : rows.delete(key)).where(asRead(row)).commit()];
  const post = await publishedPostOf(core, postId);
  const { reports, editedAt, ...bare } = row;
  const left =
    row.answers > 0
      ? rows.put({
          ...bare,
          ...{ markdown: "", html: "", displayName: "" },
          isRemoved: true,
          queue: "none",
          version: version + 1,
        })
      : rows.delete(key);
  return [
    left.where(asRead(row)).commit(),
    ...(held ? [rows.put(held).commit()] : []),
    countIn(core, post, -1),
    ...(threadId === commentId ? [] : await answerLess(core, row)),
  ];
}

/** A bare place whose last answer goes is no use to anybody and goes with it. */
async function answerLess(core: Core, { postId, threadId }: CommentRow): Promise<TransactWriteItem[]> {
  const key = { postId, place: "shown", threadId, commentId: threadId } as const;
  const { data: first } = await comments(core).get(key).go({ consistent: true });
  if (!first) return [];
  const rows = inTransaction(comments(core));
  const isLast = first.isRemoved === true && first.answers <= 1;
  return [
    isLast
      ? rows
          .delete(key)
          .where(({ answers }, { eq }) => eq(answers, first.answers))
          .commit()
      : rows
          .patch(key)
          .subtract({ answers: 1 })
          .where(({ answers }, { eq }) => eq(answers, first.answers))
          .commit(),
  ];
}

/**
 * Gives a held comment to the readers, as items of a transaction.
 * @param bare the place that it left behind when it was taken away, if answers stood under it
 */
export async function show(
  core: Core,
  row: CommentRow,
  bare: CommentRow | undefined,
): Promise<TransactWriteItem[]> {
  const rows = inTransaction(comments(core));
  const { postId, threadId, commentId, reports, ...rest } = row;
  const post = await publishedPostOf(core, postId);
  const key = { postId, place: "held", threadId, commentId } as const;
  const first = { postId, place: "shown", threadId, commentId: threadId } as const;
  return [
    rows.delete(key).where(asRead(row)).commit(),
    rows
      .put({
        ...rest,
        postId,
        threadId,
        commentId,
        place: "shown",
        queue: "none",
        version: row.version + 1,
        answers: bare?.answers ?? 0,
      })
      .where((stored, { eq, notExists }) =>
        bare ? eq(stored.answers, bare.answers) : notExists(stored.commentId),
      )
      .commit(),
    countIn(core, post, 1),
    ...(threadId === commentId ? [] : [rows.patch(first).add({ answers: 1 }).commit()]),
  ];
}
