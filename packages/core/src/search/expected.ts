import { type CommentRow, comments } from "../comment/comment.entity.ts";
import type { Core } from "../core.ts";
import { type Post, posts } from "../post/post.entity.ts";
import { documentId } from "./search-document.ts";
import type { VersionEntry } from "./search-index.ts";
import { keyOf, type Subject } from "./subject.ts";

const rowsPerPage = 200;

/** What the table's indexes say that the search index should hold of a subject. */
export interface Expected {
  readonly subject: Subject;
  readonly version: number;
  readonly documents: readonly Pick<VersionEntry, "id" | "isGone">[];
}

/** All posts and comments of a segment, by `keyOf`. The table's indexes may be a little behind it. */
export async function readExpected(core: Core, segment: string): Promise<Map<string, Expected>> {
  const expected = new Map<string, Expected>();
  const add = (one: Expected) => {
    const key = keyOf(one.subject);
    // A comment on its way from one place to the other may be in both.
    if (one.version >= (expected.get(key)?.version ?? 0)) expected.set(key, one);
  };
  await eachRow<PostRow>(
    (cursor) =>
      posts(core)
        .query.bySegment({ segment })
        .go({ limit: rowsPerPage, cursor, attributes: ["postId", "version", "publishedSlug", "state"] }),
    (post) => add(expectedOfPost(post)),
  );
  await eachRow<TextRow>(
    (cursor) =>
      comments(core)
        .query.bySegment({ segment })
        .go({
          limit: rowsPerPage,
          cursor,
          attributes: ["postId", "threadId", "commentId", "version", "isRemoved"],
        }),
    (comment) => {
      // Nothing is left of it but its place.
      if (!comment.isRemoved) add(expectedOfComment(comment));
    },
  );
  return expected;
}

type PostRow = Pick<Post, "postId" | "version" | "publishedSlug" | "state">;
type TextRow = Pick<CommentRow, "postId" | "threadId" | "commentId" | "version" | "isRemoved">;

function expectedOfPost({ postId, version, publishedSlug, state }: PostRow): Expected {
  return {
    subject: { noun: "post", postId },
    version,
    documents: [
      { id: documentId("post", postId), isGone: publishedSlug === undefined },
      { id: documentId("draft", postId), isGone: state === "deleted" },
    ],
  };
}

function expectedOfComment({ postId, threadId, commentId, version }: TextRow): Expected {
  return {
    subject: { noun: "comment", postId, threadId, commentId },
    version,
    documents: [{ id: documentId("comment", postId, threadId, commentId), isGone: false }],
  };
}

async function eachRow<Row>(
  read: (cursor: string | null) => Promise<{ readonly data: readonly Row[]; readonly cursor: string | null }>,
  visit: (row: Row) => void,
): Promise<void> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof read>> = await read(cursor);
    for (const row of page.data) visit(row);
    ({ cursor } = page);
  } while (cursor !== null);
}
