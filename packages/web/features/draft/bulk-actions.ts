import type { Client } from "@haru/core/client";
import type { DraftSummary } from "@haru/core/post/post.contract";
import type { contracts } from "@haru/core/routes";
import type { BulkAction } from "./messages.ts";

type PostApi = Client<typeof contracts>["post"];

/** Calls under way at a time: quick for a page of posts, and far from the limits of the API. */
const callsAtOnce = 4;

/** What can be done with at least one of these posts. */
export function actionsFor(posts: readonly DraftSummary[]): BulkAction[] {
  const actions: readonly BulkAction[] = ["publish", "unpublish", "remove", "restore"];
  return actions.filter((action) => posts.some((post) => isFor(action, post)));
}

function isFor(action: BulkAction, { state, revision, publishedRevision }: DraftSummary): boolean {
  switch (action) {
    case "publish":
      return state !== "deleted" && revision !== publishedRevision;
    case "unpublish":
      return state === "published";
    case "remove":
      return state !== "deleted";
    case "restore":
      return state === "deleted";
  }
}

/** Does one thing with each of the posts that it suits. One that fails does not keep the others from it. */
export async function changePosts(
  api: Pick<PostApi, BulkAction>,
  action: BulkAction,
  posts: readonly DraftSummary[],
): Promise<{ readonly done: readonly DraftSummary[]; readonly failed: number }> {
  const waiting = posts.filter((post) => isFor(action, post));
  const done: DraftSummary[] = [];
  let failed = 0;
  async function work(): Promise<void> {
    for (let post = waiting.shift(); post; post = waiting.shift()) {
      const { postId, revision } = post;
      try {
        done.push(await (action === "publish" ? api.publish({ postId, revision }) : api[action]({ postId })));
      } catch {
        // Told as a number: the post is still in the list, in the state that it has.
        failed++;
      }
    }
  }
  await Promise.all(Array.from({ length: callsAtOnce }, work));
  return { done, failed };
}
