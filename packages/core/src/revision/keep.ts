import type { TransactWriteItem } from "electrodb";
import type { Core } from "../core.ts";
import { AppError } from "../errors.ts";
import { type Post, postContents } from "../post/post.entity.ts";
import { settingsOf } from "../post/settings.ts";
import { inTransaction } from "../transaction.ts";
import { type KeptRevision, revisions } from "./revision.entity.ts";

/** While somebody writes, at most this much work lies between two states that can be restored. */
const intervalMilliseconds = 10 * 60_000;
const writingLifetimeSeconds = 180 * 24 * 60 * 60;

/** What a post says at one revision, its text compressed. */
export type PostState = Omit<KeptRevision, "reason" | "expireAt">;

/** Whether a state of this post was last kept so long ago that the present one is worth keeping. */
export function isKeepingDue(core: Core, { keptAt, createdAt }: Post): boolean {
  return core.now().getTime() - Date.parse(keptAt ?? createdAt) >= intervalMilliseconds;
}

/** @throws AppError `conflict` when a save came after the post was read */
export async function readPresentState(core: Core, post: Post): Promise<PostState> {
  const { postId, revision, title, slug, description, tags, updatedAt: savedAt } = post;
  const { data } = await postContents(core).get({ postId }).go({ consistent: true });
  if (data?.revision !== revision) throw new AppError("conflict");
  const { markdown } = data;
  return { postId, revision, title, slug, description, tags, settings: settingsOf(post), markdown, savedAt };
}

/** Keeps for as long as the post what readers see or will see, as an item of a transaction. */
export function keepForReaders(
  core: Core,
  state: PostState,
  reason: "published" | "scheduled",
): TransactWriteItem {
  return inTransaction(revisions(core))
    .put({ ...state, reason })
    .commit();
}

/**
 * Keeps for half a year what is about to be replaced. None for a state that is kept already, because
 * readers saw it or will see it.
 */
export async function keepForAuthor(
  core: Core,
  post: Post,
  reason: "writing" | "restoring",
): Promise<TransactWriteItem[]> {
  if ([post.publishedRevision, post.scheduledRevision].includes(post.revision)) return [];
  const state = await readPresentState(core, post);
  const expireAt = Math.floor(core.now().getTime() / 1000) + writingLifetimeSeconds;
  return [
    inTransaction(revisions(core))
      .put({ ...state, reason, expireAt })
      .commit(),
  ];
}
