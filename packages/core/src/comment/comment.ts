import { createConversions } from "electrodb";
import * as z from "zod";
import { accountOf } from "../account/account.ts";
import type { ActorCore, Core } from "../core.ts";
import { readPage } from "../cursor.ts";
import { AppError } from "../errors.ts";
import { idSchema } from "../id.ts";
import { createOnce, withIdempotencyKey } from "../idempotency/idempotency.ts";
import { renderComment } from "../markdown/render.ts";
import { operation } from "../operation.ts";
import { publishedPostOf } from "../post/post.ts";
import { publishedPosts, type Snapshot } from "../post/published-post.entity.ts";
import { ruleSentence } from "../sentences.ts";
import { commit, inTransaction } from "../transaction.ts";
import { type Comment, commentContract } from "./comment.contract.ts";
import { type CommentRow, comments } from "./comment.entity.ts";

/**
 * Highlighting can make fifteen times its size of a comment. At three bytes a character this fits an
 * item, and since DynamoDB ends an answer at 1 MB, no page of comments outgrows what Lambda may answer.
 */
const mostHtmlLength = 120_000;

const placeInPost = z.object({ threadId: idSchema("comment"), commentId: idSchema("comment") });

export const list = operation(commentContract.list.input, async (core: Core, { postId, ...request }) => {
  const post = await publishedPostOf(core, postId);
  const { toCursor } = createConversions(comments(core)).byAccessPattern.byPost.fromComposite;
  const page = await readPage(core, request, placeInPost, (after, limit) => {
    const cursor = after ? toCursor({ postId, ...after }) : null;
    return comments(core).query.byPost({ postId }).go({ limit, cursor });
  });
  return { ...page, items: page.items.map((row) => commentOf(row, post)) };
});

export const create = operation(
  withIdempotencyKey(commentContract.create.input),
  async (core: ActorCore, input): Promise<Comment> => {
    const { postId, parentId, markdown } = input;
    const post = await publishedPostOf(core, postId);
    const { accountId, displayName } = await accountOf(core, core.actor.accountId);
    const { html } = renderComment(markdown);
    if (html.length > mostHtmlLength) throw new AppError("too_large");
    const commentId = core.newId("comment");
    const threadId = parentId ?? commentId;
    const createdAt = core.now().toISOString();
    const comment = { postId, threadId, commentId, accountId, displayName, markdown, html, createdAt };
    const once = createOnce(core, { verb: "comment.create", input, id: commentId });
    const countIn = inTransaction(publishedPosts(core))
      .patch({ lang: post.lang, slug: post.slug })
      .add({ commentCount: 1 })
      .where((snapshot, { eq }) => eq(snapshot.postId, postId));
    const parent = parentId && inTransaction(comments(core)).check({ postId, threadId, commentId: parentId });
    const { written, refused } = await commit(core, [
      countIn.commit(),
      inTransaction(comments(core)).create(comment).commit(),
      ...once.markers,
      ...(parent ? [parent.where((first, { exists }) => exists(first.commentId)).commit()] : []),
    ]);
    if (written) return commentOf(comment, post);
    const earlierId = await once.earlier();
    if (earlierId) {
      const earlier = { postId, threadId: parentId ?? earlierId, commentId: earlierId };
      const { data } = await comments(core).get(earlier).go({ consistent: true });
      if (data) return commentOf(data, post);
    }
    // Taken off the site since it was read, or never there: nobody can tell the two apart.
    if (refused[0]) throw new AppError("not_found");
    throw new AppError("unprocessable", { fields: { parentId: [ruleSentence("parent", core.locale)] } });
  },
);

function commentOf(row: CommentRow, post: Snapshot): Comment {
  const { postId, threadId, commentId, accountId, displayName, html, createdAt } = row;
  const wrotePost = accountId === post.author.accountId;
  return {
    commentId,
    postId,
    ...(threadId === commentId ? {} : { parentId: threadId }),
    author: { accountId, displayName, wrotePost },
    html,
    createdAt,
  };
}
