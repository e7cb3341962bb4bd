import type { ActorCore, Core } from "../core.ts";
import { AppError } from "../errors.ts";
import { operation } from "../operation.ts";
import { keepForReaders, readPresentState } from "../revision/keep.ts";
import { ruleSentence } from "../sentences.ts";
import { inTransaction } from "../transaction.ts";
import { changePost, draftSummaryOf } from "./draft.ts";
import { postContract } from "./post.contract.ts";
import { addresses, type Post } from "./post.entity.ts";

/**
 * Appoints a revision for publication. It is kept as it is now: an author who goes on writing does
 * not change by accident what appears at the appointed minute.
 */
export const schedule = operation(
  postContract.schedule.input,
  async (core: ActorCore, { postId, revision, publishAt }) => {
    if (publishAt <= core.now().toISOString())
      throw new AppError("invalid_input", { fields: { publishAt: [ruleSentence("past", core.locale)] } });
    const scheduled = await changePost(core, postId, async (post) => {
      if (post.revision !== revision || post.state === "published") throw new AppError("conflict");
      if (post.dueAt === publishAt && post.scheduledRevision === revision) return undefined;
      return {
        next: {
          ...withoutSchedule(post),
          state: "scheduled",
          dueAt: publishAt,
          scheduledRevision: revision,
          scheduledSlug: post.slug,
        },
        items: [
          keepForReaders(core, await readPresentState(core, post), "scheduled"),
          ...releaseAddress(core, post, post.slug),
        ],
      };
    });
    return draftSummaryOf(scheduled);
  },
);

export const unschedule = operation(postContract.unschedule.input, async (core: ActorCore, { postId }) => {
  const draft = await changePost(core, postId, async (post) => {
    if (post.state !== "scheduled") return undefined;
    return {
      next: { ...withoutSchedule(post), state: "draft" },
      items: releaseAddress(core, post, post.slug),
    };
  });
  return draftSummaryOf(draft);
});

/** A post without an appointment, kept or missed. */
export function withoutSchedule(post: Post): Post {
  const { dueAt, scheduledRevision, scheduledSlug, scheduleFailure, ...rest } = post;
  return rest;
}

/** Gives up the address of an appointed revision that the draft has left, unless readers know it. */
export function releaseAddress(core: Core, { lang, scheduledSlug, publishedAt }: Post, keptSlug: string) {
  if (scheduledSlug === undefined || scheduledSlug === keptSlug || publishedAt !== undefined) return [];
  return [inTransaction(addresses(core)).delete({ lang, slug: scheduledSlug }).commit()];
}
