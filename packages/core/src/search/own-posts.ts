import { hasRole } from "../actor.ts";
import type { ActorCore } from "../core.ts";
import { AppError } from "../errors.ts";
import type { PostId } from "../id.ts";
import { operation } from "../operation.ts";
import { draftSummaryOf } from "../post/draft.ts";
import { type Post, posts } from "../post/post.entity.ts";
import { searchContract } from "./search.contract.ts";
import { orUnavailable, type Searching, search } from "./search.ts";

/** The index says which posts; what they are now, and whether they may be seen, the table says. */
export const findOwn = operation(
  searchContract.findOwn.input,
  async (core: Searching<ActorCore>, { whose, state, lang, ...asked }) => {
    const seesAll = whose === "all" && hasRole(core.actor, "admin");
    const { accountId } = core.actor;
    const { hits, cursor } = await orUnavailable(
      search(core, {
        ...asked,
        visibility: { kind: "draft", ...(seesAll ? {} : { ownerId: accountId }) },
        narrowing: { lang },
      }),
    );
    const found = await readPosts(
      core,
      hits.map(({ postId }) => postId),
    );
    const wanted = found.filter(
      (post) =>
        post.state !== "deleted" &&
        (seesAll || post.authorId === accountId) &&
        (state === undefined || post.state === state),
    );
    return { items: wanted.map(draftSummaryOf), ...(cursor ? { cursor } : {}) };
  },
);

/** In the order of the ids, without those that are no more. */
async function readPosts(core: ActorCore, ids: readonly PostId[]): Promise<Post[]> {
  if (ids.length === 0) return [];
  const { data, unprocessed } = await posts(core)
    .get(ids.map((postId) => ({ postId })))
    .go({ consistent: true });
  if (unprocessed.length > 0) throw new AppError("unavailable");
  const byId = new Map(data.map((post) => [post.postId, post]));
  return ids.flatMap((postId) => byId.get(postId) ?? []);
}
