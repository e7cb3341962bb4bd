import { deletedAccountId } from "../account/deleted-account.ts";
import { type CommentRow, commentReports, comments } from "../comment/comment.entity.ts";
import { changeComment, withdraw } from "../comment/standing.ts";
import type { ActorCore } from "../core.ts";
import { commit, inTransaction } from "../transaction.ts";
import { deleteAll, eachPage } from "./erase.ts";
import { eraseHistory } from "./erase-posts.ts";

/** Takes every comment of the person away. Where answers stand under one, its place stays as a deleted account's. */
export async function eraseComments(core: ActorCore): Promise<number> {
  const { accountId } = core.actor;
  return eachPage(
    (cursor) => comments(core).query.byPerson({ accountId }).go({ cursor, limit: 25 }),
    async (rows) => {
      for (const row of rows) await eraseComment(core, row);
    },
  );
}

async function eraseComment(core: ActorCore, row: CommentRow): Promise<void> {
  const { postId, place, threadId, commentId } = row;
  const key = { postId, place, threadId, commentId };
  const { data: known } = await comments(core).get(key).go({ consistent: true });
  await eraseHistory(core, commentId);
  if (!known || known.accountId !== core.actor.accountId) return;
  if (place === "held") {
    await comments(core).delete(key).go();
    return;
  }
  if (!known.isRemoved) {
    const parentId = threadId === commentId ? undefined : threadId;
    await changeComment(core, { postId, commentId, parentId }, async (current) => ({
      next: current,
      items: current.isRemoved ? [] : await withdraw(core, current),
    }));
  }
  const { data: left } = await comments(core).get(key).go({ consistent: true });
  if (!left) return;
  await commit(core, [
    inTransaction(comments(core))
      .put({ ...left, accountId: deletedAccountId })
      .where(({ answers }, { eq }) => eq(answers, left.answers))
      .commit(),
  ]);
}

export async function eraseReports(core: ActorCore): Promise<number> {
  const { accountId } = core.actor;
  return eachPage(
    (cursor) => commentReports(core).query.byPerson({ accountId }).go({ cursor, limit: 25 }),
    (rows) => deleteAll(commentReports(core).delete(rows).go()),
  );
}
