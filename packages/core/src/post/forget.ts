import type { Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { PostId } from "../id.ts";
import { previewLinks } from "../preview-link/preview-link.entity.ts";
import { revisions } from "../revision/revision.entity.ts";
import { commit, inTransaction } from "../transaction.ts";
import { importedPosts } from "../transfer/imported-post.entity.ts";
import { appointments } from "./appointment.entity.ts";
import { addresses, type Post, postContents, posts, translations } from "./post.entity.ts";

/**
 * Removes a deleted post for good. What hangs on it goes first and the post itself last, so that a
 * sweep that was cut off is taken up by the next one. An address that readers knew stays: it says that
 * the post is gone, and never leads to another one.
 */
export async function forget(core: Core, post: Post): Promise<void> {
  const { postId, workId, lang, slug, publishedAt, dueAt } = post;
  await forgetRevisions(core, postId);
  await forgetPreviewLinks(core, postId);
  const isOwn = (row: { postId: unknown }, { eq }: { eq(name: unknown, value: PostId): string }) =>
    eq(row.postId, postId);
  const { written } = await commit(core, [
    inTransaction(posts(core))
      .delete({ postId })
      .where(({ version }, { eq }) => eq(version, post.version))
      .commit(),
    inTransaction(postContents(core)).delete({ postId }).commit(),
    inTransaction(importedPosts(core)).delete({ postId }).commit(),
    ...(dueAt ? [inTransaction(appointments(core)).delete({ dueAt, postId }).commit()] : []),
    inTransaction(translations(core)).delete({ workId, lang }).where(isOwn).commit(),
    ...(publishedAt === undefined
      ? [inTransaction(addresses(core)).delete({ lang, slug }).where(isOwn).commit()]
      : []),
  ]);
  // Restored at this very moment.
  if (!written) throw new AppError("conflict");
}

/** Rows that one query reads and one batch removes. */
const batch = 25;

async function forgetRevisions(core: Core, postId: PostId): Promise<void> {
  for (let isLast = false; !isLast; ) {
    const { data, cursor } = await revisions(core)
      .query.byPost({ postId })
      .go({ limit: batch, attributes: ["postId", "revision"] });
    if (data.length > 0) ended(await revisions(core).delete(data).go());
    isLast = cursor === null;
  }
}

async function forgetPreviewLinks(core: Core, postId: PostId): Promise<void> {
  for (let isLast = false; !isLast; ) {
    const { data, cursor } = await previewLinks(core).query.byPost({ postId }).go({ limit: batch });
    if (data.length > 0) ended(await previewLinks(core).delete(data).go());
    isLast = cursor === null;
  }
}

/** A busy table may leave some rows of a batch undone: the next sweep does them. */
function ended({ unprocessed }: { readonly unprocessed: readonly unknown[] }): void {
  if (unprocessed.length > 0) throw new AppError("unavailable");
}
