import { createConversions } from "electrodb";
import * as z from "zod";
import { accountOf } from "../account/account.ts";
import { hasRole } from "../actor.ts";
import type { ActorCore, Core } from "../core.ts";
import { readPage } from "../cursor.ts";
import { AppError } from "../errors.ts";
import { idSchema } from "../id.ts";
import { createOnce, withIdempotencyKey } from "../idempotency/idempotency.ts";
import { avatarsOf } from "../media/avatar.ts";
import { operation } from "../operation.ts";
import { publishedPostOf } from "../post/post.ts";
import { ruleSentence } from "../sentences.ts";
import type { CommentPolicy } from "../site/site.contract.ts";
import { commit, inTransaction } from "../transaction.ts";
import { type Comment, commentContract, mostLinksUnseen } from "./comment.contract.ts";
import { type CommentRow, commenters, commentReports, commentRevisions, comments } from "./comment.entity.ts";
import { isClosed, readPolicy } from "./policy.ts";
import { commentOf, readComment } from "./rows.ts";
import { asRead, changeComment, countIn, withdraw } from "./standing.ts";

/**
 * Highlighting can make fifteen times its size of a comment. At three bytes a character this fits an
 * item, and since DynamoDB ends an answer at 1 MB, no page of comments outgrows what Lambda may answer.
 */
const mostHtmlLength = 120_000;

const placeInPost = z.object({ threadId: idSchema("comment"), commentId: idSchema("comment") });

export const list = operation(
  commentContract.list.input,
  async (core: Core, { postId, order, ...request }) => {
    const [post, policy] = await Promise.all([publishedPostOf(core, postId), readPolicy(core)]);
    const shown = { postId, place: "shown" } as const;
    const { toCursor } = createConversions(comments(core)).byAccessPattern.byPost.fromComposite;
    const page = await readPage(core, request, placeInPost, (after, limit) => {
      const cursor = after ? toCursor({ ...shown, ...after }) : null;
      return comments(core)
        .query.byPost(shown)
        .go({ order: order === "oldest" ? "asc" : "desc", limit, cursor, consistent: true });
    });
    const items = order === "oldest" ? page.items : await inThreads(core, page.items);
    return { ...page, items: await withAvatars(core, items), isClosed: isClosed(core, post, policy) };
  },
);

/** The comments as readers see them, with what their authors look like now. */
async function withAvatars(core: Core, rows: readonly CommentRow[]): Promise<Comment[]> {
  const avatars = await avatarsOf(
    core,
    rows.filter(({ isRemoved }) => !isRemoved).map(({ accountId }) => accountId),
  );
  return rows.map((row) => {
    const { author, ...comment } = commentOf(row);
    const avatar = author && avatars.get(author.accountId);
    return { ...comment, ...(author ? { author: { ...author, ...(avatar ? { avatar } : {}) } } : {}) };
  });
}

/**
 * Rows that were read from the newest on, each thread from its first comment on again. A thread that
 * the end of the page cut in two gets its first comment here, so that no answer comes without it.
 */
async function inThreads(core: Core, rows: readonly CommentRow[]): Promise<CommentRow[]> {
  const threads = Map.groupBy(rows, ({ threadId }) => threadId);
  const last = rows.at(-1);
  if (last && last.threadId !== last.commentId) {
    const { postId, place, threadId } = last;
    const key = { postId, place, threadId, commentId: threadId };
    const { data: first } = await comments(core).get(key).go({ consistent: true });
    if (first) threads.get(threadId)?.push(first);
  }
  return [...threads.values()].flatMap((thread) => thread.toReversed());
}

export const create = operation(
  withIdempotencyKey(commentContract.create.input),
  async (core: ActorCore, input): Promise<Comment> => {
    const { postId, parentId, markdown } = input;
    const { accountId } = core.actor;
    const [post, { displayName }, policy] = await Promise.all([
      publishedPostOf(core, postId),
      accountOf(core, accountId),
      readPolicy(core),
    ]);
    if (isClosed(core, post, policy))
      throw new AppError("unprocessable", { message: ruleSentence("comments_closed", core.locale) });
    const html = await render(markdown);
    const isWaiting = (await mustWait(core, policy)) || hasManyLinks(core, html);
    const commentId = core.newId("comment");
    const threadId = parentId ?? commentId;
    const comment: CommentRow = {
      postId,
      place: isWaiting ? "held" : "shown",
      threadId,
      commentId,
      postAuthorId: post.author.accountId,
      accountId,
      displayName,
      markdown,
      html,
      createdAt: core.now().toISOString(),
      revision: 1,
      version: 1,
      answers: 0,
      queue: isWaiting ? "waiting" : "none",
    };
    const once = createOnce(core, { verb: "comment.create", input, id: commentId });
    const first = { postId, place: "shown", threadId, commentId: threadId } as const;
    const answered = inTransaction(comments(core));
    const { written, refused } = await commit(core, [
      // Taken off the site since it was read, it takes no comment.
      countIn(core, post, isWaiting ? 0 : 1),
      inTransaction(comments(core)).create(comment).commit(),
      ...once.markers,
      ...(parentId
        ? [
            answered
              .patch(first)
              .add({ answers: isWaiting ? 0 : 1 })
              .where(({ isRemoved }, { notExists }) => notExists(isRemoved))
              .commit(),
          ]
        : []),
    ]);
    if (written) return commentOf(comment);
    const earlierId = await once.earlier();
    if (earlierId) return commentOf(await readComment(core, { postId, parentId, commentId: earlierId }));
    // Whether it was taken off or never was there, nobody can tell.
    if (refused[0]) throw new AppError("not_found");
    throw new AppError("unprocessable", { fields: { parentId: [ruleSentence("parent", core.locale)] } });
  },
);

export const preview = operation(commentContract.preview.input, async (_: ActorCore, { markdown }) => ({
  html: await render(markdown),
}));

export const source = operation(commentContract.source.input, async (core: ActorCore, which) => {
  const { markdown, revision } = await readOwn(core, which);
  return { markdown, revision };
});

export const edit = operation(
  commentContract.edit.input,
  async (core: ActorCore, { revision, markdown, ...which }): Promise<Comment> => {
    const html = await render(markdown);
    // What a moderator let through said something else.
    const mustBeSeen = (await mustWait(core, await readPolicy(core))) || hasManyLinks(core, html);
    const now = core.now().toISOString();
    const edited = await changeComment(core, which, async (row) => {
      assertOwn(core, row);
      if (row.revision === revision + 1 && row.markdown === markdown) return { next: row, items: [] };
      if (row.revision !== revision) throw new AppError("conflict");
      const next: CommentRow = {
        ...row,
        ...{ markdown, html, editedAt: now },
        revision: revision + 1,
        version: row.version + 1,
      };
      const kept = inTransaction(commentRevisions(core))
        .put({ commentId: row.commentId, revision, markdown: row.markdown, replacedAt: now })
        .commit();
      if (mustBeSeen && row.place === "shown") {
        const waiting = { ...next, place: "held", queue: "waiting" } as const;
        return { next: waiting, items: [kept, ...(await withdraw(core, row, waiting))] };
      }
      const put = inTransaction(comments(core)).put(next).where(asRead(row));
      return { next, items: [kept, put.commit()] };
    });
    return commentOf(edited);
  },
);

export const remove = operation(commentContract.remove.input, async (core: ActorCore, which) => {
  const removed = await changeComment(core, which, async (row) => {
    assertOwn(core, row);
    return { next: row, items: await withdraw(core, row) };
  });
  return { leavesPlace: removed.place === "shown" && removed.answers > 0 };
});

export const report = operation(
  commentContract.report.input,
  async (core: ActorCore, { reason, ...which }) => {
    const { accountId } = core.actor;
    const now = core.now().toISOString();
    const row = await readComment(core, which);
    if (row.place !== "shown" || row.isRemoved) throw new AppError("not_found");
    const { postId, place, threadId, commentId } = row;
    const { written, refused } = await commit(core, [
      inTransaction(commentReports(core)).create({ commentId, accountId, reason, createdAt: now }).commit(),
      inTransaction(comments(core))
        .patch({ postId, place, threadId, commentId })
        .set({ queue: "reported" })
        .add({ reports: 1, version: 1 })
        // An index is written from all of its attributes.
        .composite({ createdAt: row.createdAt, postAuthorId: row.postAuthorId })
        .where(({ isRemoved }, { notExists }) => notExists(isRemoved))
        .commit(),
    ]);
    // The same person told already.
    if (!written && !refused[0]) throw new AppError("not_found");
    return {};
  },
);

async function render(markdown: string): Promise<string> {
  const { renderComment } = await import("../markdown/render.ts");
  const { html } = renderComment(markdown);
  if (html.length > mostHtmlLength) throw new AppError("too_large");
  return html;
}

function linksIn(html: string): number {
  return html.split("<a ").length - 1;
}

/** Comments with many links wait, unless an author writes them. */
function hasManyLinks({ actor }: ActorCore, html: string): boolean {
  return !hasRole(actor, "author") && linksIn(html) > mostLinksUnseen;
}

/** Whether a comment of the actor waits, whatever it says. Authors' never do. */
async function mustWait(core: ActorCore, { approval }: CommentPolicy): Promise<boolean> {
  const writer = await admitWriter(core);
  if (hasRole(core.actor, "author") || approval === "none") return false;
  return approval === "all" || writer === "new";
}

/**
 * Authors are known. Of others the first comment waits.
 * @throws AppError `unprocessable` for somebody who was banned
 */
async function admitWriter(core: ActorCore): Promise<"known" | "new"> {
  if (hasRole(core.actor, "author")) return "known";
  const { accountId } = core.actor;
  const { data } = await commenters(core).get({ accountId }).go({ consistent: true });
  if (data?.isBanned)
    throw new AppError("unprocessable", { message: ruleSentence("comment_banned", core.locale) });
  return data?.approved ? "known" : "new";
}

async function readOwn(core: ActorCore, which: Parameters<typeof readComment>[1]): Promise<CommentRow> {
  const row = await readComment(core, which);
  assertOwn(core, row);
  return row;
}

/** Somebody else's comment answers as one that is not there: there is nothing to do to it. */
function assertOwn({ actor }: ActorCore, { accountId, isRemoved, queue }: CommentRow): void {
  // What a moderator took away is not brought back by an edit.
  if (accountId !== actor.accountId || isRemoved || queue === "hidden") throw new AppError("not_found");
}
