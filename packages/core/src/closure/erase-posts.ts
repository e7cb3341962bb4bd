import { commentReports, commentRevisions, comments } from "../comment/comment.entity.ts";
import type { ActorCore, Core } from "../core.ts";
import type { CommentId, PostId } from "../id.ts";
import { forget } from "../post/forget.ts";
import { posts } from "../post/post.entity.ts";
import { remove } from "../post/remove.ts";
import { deleteAll, eachPage } from "./erase.ts";

/**
 * Takes every post of the person off the site and forgets it with all that hangs on it, the comments of
 * others included. Addresses that readers knew say that the post is gone; they name nobody.
 */
export async function erasePosts(core: ActorCore): Promise<number> {
  const { accountId: authorId } = core.actor;
  return eachPage(
    (cursor) => posts(core).query.byAuthor({ authorId }).go({ cursor, limit: 25 }),
    async (rows) => {
      for (const { postId } of rows) await erasePost(core, postId);
    },
  );
}

async function erasePost(core: ActorCore, postId: PostId): Promise<void> {
  const { data: known } = await posts(core).get({ postId }).go({ consistent: true });
  if (!known) return;
  await remove(core, { postId });
  for (const place of ["shown", "held"] as const) await eraseCommentsOf(core, postId, place);
  const { data: removed } = await posts(core).get({ postId }).go({ consistent: true });
  if (removed) await forget(core, removed);
}

async function eraseCommentsOf(core: Core, postId: PostId, place: "shown" | "held"): Promise<void> {
  await eachPage(
    (cursor) => comments(core).query.byPost({ postId, place }).go({ cursor, limit: 25, consistent: true }),
    async (rows) => {
      for (const { commentId } of rows) await eraseHistory(core, commentId);
      await deleteAll(comments(core).delete(rows).go());
    },
  );
}

/** What moderators keep of a comment: what it said before, and who reported it. */
export async function eraseHistory(core: Core, commentId: CommentId): Promise<void> {
  await eachPage(
    (cursor) => commentRevisions(core).query.byComment({ commentId }).go({ cursor, limit: 25 }),
    (rows) => deleteAll(commentRevisions(core).delete(rows).go()),
  );
  await eachPage(
    (cursor) => commentReports(core).query.byComment({ commentId }).go({ cursor, limit: 25 }),
    (rows) => deleteAll(commentReports(core).delete(rows).go()),
  );
}
