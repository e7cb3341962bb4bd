import { createConversions } from "electrodb";
import * as z from "zod";
import { hasRole } from "../actor.ts";
import { timestampSchema } from "../contract.ts";
import type { ActorCore } from "../core.ts";
import { readPage } from "../cursor.ts";
import { AppError } from "../errors.ts";
import { idSchema } from "../id.ts";
import { operation } from "../operation.ts";
import { changePost } from "../post/draft.ts";
import { publishedPosts } from "../post/published-post.entity.ts";
import { ruleSentence } from "../sentences.ts";
import { commit, inTransaction } from "../transaction.ts";
import { commentContract, type ModeratedComment } from "./comment.contract.ts";
import { type CommentRow, commenters, commentRevisions, comments } from "./comment.entity.ts";
import { moderated } from "./moderated.ts";
import { readBoth, type Which } from "./rows.ts";
import { asRead, show, withdraw } from "./standing.ts";

const placeInQueue = z.object({
  createdAt: timestampSchema,
  postId: idSchema("post"),
  place: z.enum(["shown", "held"]),
  threadId: idSchema("comment"),
  commentId: idSchema("comment"),
});
const placeInHistory = z.object({ revision: z.number().int() });

export const queue = operation(
  commentContract.queue.input,
  async (core: ActorCore, { queue, ...request }): Promise<{ items: ModeratedComment[]; cursor?: string }> => {
    const { accountId: postAuthorId } = core.actor;
    const isAdmin = hasRole(core.actor, "admin");
    const { byQueue, byPostAuthor } = createConversions(comments(core)).byAccessPattern;
    const page = await readPage(core, request, placeInQueue, (after, limit) => {
      const options = { order: "desc", limit } as const;
      if (isAdmin) {
        const cursor = after ? byQueue.fromComposite.toCursor({ queue, ...after }) : null;
        return comments(core)
          .query.byQueue({ queue })
          .go({ ...options, cursor });
      }
      const own = { postAuthorId, queue };
      const cursor = after ? byPostAuthor.fromComposite.toCursor({ ...own, ...after }) : null;
      return comments(core)
        .query.byPostAuthor(own)
        .go({ ...options, cursor });
    });
    const items = await moderated(core, page.items);
    return { ...page, items: items.map((item) => ({ ...item, queue })) };
  },
);

export const moderate = operation(
  commentContract.moderate.input,
  async (core: ActorCore, { action, ...which }) => {
    const { shown, held } = await readForModeration(core, which);
    const items = action === "approve" ? await approve(core, shown, held) : await hide(core, shown, held);
    if (items.length === 0) return {};
    const { written } = await commit(core, items);
    // Something changed between looking and deciding: let the moderator look again.
    if (!written)
      throw new AppError("unprocessable", { message: ruleSentence("comment_changed", core.locale) });
    return {};
  },
);

async function approve(core: ActorCore, shown: CommentRow | undefined, held: CommentRow | undefined) {
  if (held) {
    const bare = shown?.isRemoved ? shown : undefined;
    const trust = inTransaction(commenters(core)).upsert({ accountId: held.accountId }).add({ approved: 1 });
    return [...(await show(core, held, bare)), trust.commit()];
  }
  if (shown?.queue !== "reported") return [];
  const { reports, ...quiet } = shown;
  return [
    inTransaction(comments(core))
      .put({ ...quiet, queue: "none", version: shown.version + 1 })
      .where(asRead(shown))
      .commit(),
  ];
}

async function hide(core: ActorCore, shown: CommentRow | undefined, held: CommentRow | undefined) {
  const row = held ?? shown;
  if (!row || row.queue === "hidden") return [];
  return withdraw(core, row, {
    ...row,
    place: "held",
    queue: "hidden",
    answers: 0,
    version: row.version + 1,
  });
}

export const history = operation(
  commentContract.history.input,
  async (core: ActorCore, { cursor: asked, limit, ...which }) => {
    await readForModeration(core, which);
    const { commentId } = which;
    const { toCursor } = createConversions(commentRevisions(core)).byAccessPattern.byComment.fromComposite;
    const page = await readPage(core, { cursor: asked, limit }, placeInHistory, (after, most) => {
      const cursor = after ? toCursor({ commentId, ...after }) : null;
      return commentRevisions(core).query.byComment({ commentId }).go({ order: "desc", limit: most, cursor });
    });
    return {
      ...page,
      items: page.items.map(({ revision, markdown, replacedAt }) => ({ revision, markdown, replacedAt })),
    };
  },
);

export const ban = operation(commentContract.ban.input, async (core: ActorCore, { accountId, isBanned }) => {
  await commenters(core).upsert({ accountId }).set({ isBanned }).go();
  return { isBanned };
});

export const close = operation(commentContract.close.input, async (core: ActorCore, { postId, isClosed }) => {
  await changePost(core, postId, async (post) => {
    const { lang, publishedSlug: slug } = post;
    const snapshot = inTransaction(publishedPosts(core));
    return {
      next: { ...post, commentsClosed: isClosed },
      items: slug ? [snapshot.patch({ lang, slug }).set({ commentsClosed: isClosed }).commit()] : [],
    };
  });
  return { isClosed };
});

/** @throws AppError `not_found` for a comment under somebody else's post, as for a missing one */
async function readForModeration(core: ActorCore, which: Which) {
  const both = await readBoth(core, which);
  const row = both.held ?? both.shown;
  const mayModerate = row?.postAuthorId === core.actor.accountId || hasRole(core.actor, "admin");
  if (!row || !mayModerate) throw new AppError("not_found");
  return both;
}
