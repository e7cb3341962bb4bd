import { accountOf } from "../account/account.ts";
import { hasRole } from "../actor.ts";
import type { ActorCore, Core } from "../core.ts";
import { AppError } from "../errors.ts";
import { appointments } from "./appointment.entity.ts";
import { changePost } from "./draft.ts";
import { forget } from "./forget.ts";
import { type Post, posts } from "./post.entity.ts";
import { publishRevision } from "./publish.ts";
import { releaseAddress, withoutSchedule } from "./schedule.ts";

/** Posts that one sweep takes on. The next one, a minute later, goes on with the others. */
const mostPosts = 50;

/** What became of one post whose time had come. */
export interface Due {
  readonly post: Post;
  readonly outcome: "published" | "forgotten" | "refused" | "failed";
  /** Set when it failed. It stays due, and the next sweep tries again. */
  readonly error?: unknown;
}

/**
 * Does what is due: publishes scheduled posts and forgets those that were deleted 30 days ago,
 * the longest overdue first. It is safe to run late, twice, or twice at once.
 */
export async function doWhatIsDue(core: Core): Promise<Due[]> {
  // Keys go on behind the time, so that what is due at this very millisecond stands before the next one.
  const nextMillisecond = new Date(core.now().getTime() + 1).toISOString();
  const done: Due[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof readSome>> = await readSome(core, nextMillisecond, cursor);
    for (const { postId } of page.data) {
      const { data: post } = await posts(core).get({ postId }).go({ consistent: true });
      if (post) done.push(await doOne(core, post));
    }
    cursor = page.cursor;
    // What fails stays due, and keeps nothing behind it from its time.
  } while (cursor !== null && done.filter(({ outcome }) => outcome !== "failed").length < mostPosts);
  return done;
}

function readSome(core: Core, before: string, cursor: string | null) {
  return appointments(core)
    .query.inOrder({})
    .lt({ dueAt: before })
    .go({ limit: mostPosts, cursor, consistent: true });
}

async function doOne(core: Core, post: Post): Promise<Due> {
  const asAuthor: ActorCore = { ...core, actor: { accountId: post.authorId, roles: ["author"] } };
  try {
    if (post.state === "deleted") {
      await forget(core, post);
      return { post, outcome: "forgotten" };
    }
    return { post, outcome: await publishScheduled(asAuthor, post) };
  } catch (error) {
    return { post, outcome: "failed", error };
  }
}

/** What can never be published becomes a draft that says so, instead of being tried for ever. */
async function publishScheduled(core: ActorCore, { postId, dueAt, scheduledRevision }: Post) {
  if (!dueAt || !scheduledRevision) throw new Error(`${postId} is due and says nothing of what.`);
  try {
    await requireAuthor(core);
    await publishRevision(core, { postId, revision: scheduledRevision, dueAt });
    return "published" as const;
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "unavailable") throw error;
    const { code: scheduleFailure } = error;
    await changePost(core, postId, async (post) =>
      post.state === "scheduled" && post.dueAt === dueAt
        ? {
            next: { ...withoutSchedule(post), state: "draft", scheduleFailure },
            items: releaseAddress(core, post, post.slug),
          }
        : undefined,
    );
    return "refused" as const;
  }
}

/** @throws AppError `forbidden` for somebody who was suspended since, or may not publish any more */
async function requireAuthor(core: ActorCore): Promise<void> {
  const { accountId, roles, suspendedAt } = await accountOf(core, core.actor.accountId, { consistent: true });
  if (suspendedAt !== undefined || !hasRole({ accountId, roles }, "author")) throw new AppError("forbidden");
}
