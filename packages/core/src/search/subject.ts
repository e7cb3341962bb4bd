import type { Core } from "../core.ts";
import type { CommentId, PostId } from "../id.ts";
import { changeOfComment } from "./read-comment.ts";
import { changesOfPost } from "./read-post.ts";
import { type Change, documentId } from "./search-document.ts";

/** What documents are made from: a post has two, a comment has one. */
export type Subject =
  | { readonly noun: "post"; readonly postId: PostId }
  | {
      readonly noun: "comment";
      readonly postId: PostId;
      /** The comment of the first level: itself, or the one that is answered. */
      readonly threadId: CommentId;
      readonly commentId: CommentId;
    };

/** The same for two namings of one subject. */
export function keyOf(subject: Subject): string {
  if (subject.noun === "post") return documentId("post", subject.postId);
  return documentId("comment", subject.postId, subject.threadId, subject.commentId);
}

/** What a document was made from, by its id. */
export function subjectOf(id: string): Subject {
  const [kind, postId, threadId, commentId] = id.split(":") as [string, PostId, CommentId, CommentId];
  return kind === "comment" ? { noun: "comment", postId, threadId, commentId } : { noun: "post", postId };
}

/**
 * What the index should hold of a subject now, marks of what is gone included.
 * @param lastVersion the highest version of it that is known of
 * @throws IndexUnavailable when it is written again and again
 */
export async function changesOf(core: Core, subject: Subject, lastVersion: number): Promise<Change[]> {
  if (subject.noun === "post") return changesOfPost(core, subject.postId, lastVersion);
  return [await changeOfComment(core, subject, lastVersion)];
}
