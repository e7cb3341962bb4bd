import type { TransactWriteItem } from "electrodb";
import type { ActorCore } from "../core.ts";
import { operation } from "../operation.ts";
import { inTransaction } from "../transaction.ts";
import { changeAnyPost, draftSummaryOf } from "./draft.ts";
import { postContract, restorableDays } from "./post.contract.ts";
import type { Post } from "./post.entity.ts";
import { closeToReaders, readSnapshot } from "./publish.ts";
import { publications } from "./published-post.entity.ts";
import { releaseAddress, withoutSchedule } from "./schedule.ts";

const restorableMilliseconds = restorableDays * 24 * 60 * 60_000;

/** Everything of the post stays for 30 days, its address and its language of the work included. */
export const remove = operation(postContract.remove.input, async (core: ActorCore, { postId }) => {
  const removed = await changeAnyPost(core, postId, async (post) => {
    if (post.state === "deleted") return undefined;
    const snapshot = await readSnapshot(core, post);
    const { publishedRevision, publishedSlug, ...rest } = withoutSchedule(post);
    const now = core.now();
    return {
      next: {
        ...rest,
        state: "deleted",
        deletedAt: now.toISOString(),
        dueAt: new Date(now.getTime() + restorableMilliseconds).toISOString(),
        ...(snapshot ? { commentCount: snapshot.commentCount } : {}),
      },
      items: snapshot
        ? await closeToReaders(core, snapshot, "deleted")
        : [...setPublication(core, post, "deleted"), ...releaseAddress(core, post, post.slug)],
    };
  });
  return draftSummaryOf(removed);
});

export const restore = operation(postContract.restore.input, async (core: ActorCore, { postId }) => {
  const restored = await changeAnyPost(core, postId, async (post) => {
    if (post.state !== "deleted") return undefined;
    const { deletedAt, dueAt, ...rest } = post;
    return {
      next: { ...rest, state: "draft", updatedAt: core.now().toISOString() },
      items: setPublication(core, post, "withdrawn"),
    };
  });
  return draftSummaryOf(restored);
});

/** What the address of a post that once was public says to readers while it is not on the site. */
function setPublication(
  core: ActorCore,
  { postId, publishedAt }: Post,
  state: "withdrawn" | "deleted",
): TransactWriteItem[] {
  if (publishedAt === undefined) return [];
  return [inTransaction(publications(core)).patch({ postId }).set({ state }).commit()];
}
