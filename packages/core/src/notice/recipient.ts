import * as z from "zod";
import { comments } from "../comment/comment.entity.ts";
import type { Core } from "../core.ts";
import { type AccountId, type CommentId, idSchema, type PostId } from "../id.ts";

/** One mail to be: who is to be told of which comment. It travels through the queue. */
export const noticeSchema = z.strictObject({
  postId: idSchema("post"),
  threadId: idSchema("comment"),
  commentId: idSchema("comment"),
  accountId: idSchema("account"),
});
export type Notice = z.output<typeof noticeSchema>;

interface ShownComment {
  readonly postId: PostId;
  readonly threadId: CommentId;
  readonly commentId: CommentId;
  readonly accountId: AccountId;
  readonly postAuthorId: AccountId;
}

/** Who is to be told of a comment that readers see now: the post's author and who is answered. */
export async function noticesOf(core: Core, comment: ShownComment): Promise<Notice[]> {
  const { postId, threadId, commentId } = comment;
  const people = new Set([comment.postAuthorId]);
  if (threadId !== commentId) {
    const key = { postId, place: "shown", threadId, commentId: threadId } as const;
    const { data: answered } = await comments(core).get(key).go({ consistent: true });
    if (answered && !answered.isRemoved) people.add(answered.accountId);
  }
  people.delete(comment.accountId);
  return [...people].map((accountId) => ({ postId, threadId, commentId, accountId }));
}
