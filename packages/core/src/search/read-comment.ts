import type { CommentRow } from "../comment/comment.entity.ts";
import { readBoth, textOf } from "../comment/rows.ts";
import type { Core } from "../core.ts";
import { type Change, documentId, type SearchDocument } from "./search-document.ts";
import { textOfHtml } from "./text/html-text.ts";

/**
 * What the index should hold of a comment now: its document, or the mark that it is gone. A comment that
 * goes from one place to the other just now may be read in neither. It is marked as gone then, for no
 * longer than until the record of that change comes: its version is at least as high as the mark's.
 * @param lastVersion the highest version that is known of; a comment that is no more is one above it
 */
export async function changeOfComment(
  core: Core,
  { postId, threadId, commentId }: Pick<CommentRow, "postId" | "threadId" | "commentId">,
  lastVersion: number,
): Promise<Change> {
  const row = textOf(await readBoth(core, { postId, commentId, parentId: threadId }));
  const id = documentId("comment", postId, threadId, commentId);
  if (!row) return { id, version: lastVersion + 1 };
  return { id, version: row.version, document: documentOf(row, id) };
}

function documentOf(row: CommentRow, id: string): SearchDocument {
  const { postId, threadId, commentId, postAuthorId, accountId, displayName, queue, version } = row;
  return {
    id,
    version,
    kind: "comment",
    ...{ postId, threadId, commentId, postAuthorId, queue },
    title: displayName,
    description: "",
    tags: [],
    author: { accountId, displayName },
    publishedAt: row.createdAt,
    headings: [],
    text: textOfHtml(row.html),
  };
}
