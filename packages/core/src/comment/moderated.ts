import type { Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { AccountId, PostId } from "../id.ts";
import { readSnapshots } from "../post/post.ts";
import { publications } from "../post/published-post.entity.ts";
import type { CommentStanding, ModeratedComment } from "./comment.contract.ts";
import { type CommentRow, commenters } from "./comment.entity.ts";
import { commentOf } from "./rows.ts";

/** Comments as moderators see them, wherever they stand. */
export async function moderated(
  core: Core,
  rows: readonly CommentRow[],
): Promise<(Omit<ModeratedComment, "queue"> & { readonly queue: CommentStanding })[]> {
  const [posts, banned] = await Promise.all([postsOf(core, rows), bannedOf(core, rows)]);
  return rows.map((row) => {
    const { accountId, displayName, postAuthorId, postId, queue, reports = 0 } = row;
    const post = posts.get(postId);
    return {
      ...commentOf(row),
      author: { accountId, displayName, wrotePost: accountId === postAuthorId },
      queue,
      reports,
      isBanned: banned.has(accountId),
      ...(post ? { post } : {}),
    };
  });
}

/** The posts of a page of comments, as far as they are on the site. */
async function postsOf(core: Core, rows: readonly CommentRow[]) {
  const ids = [...new Set(rows.map(({ postId }) => postId))];
  if (ids.length === 0) return new Map<PostId, never>();
  const { data, unprocessed } = await publications(core)
    .get(ids.map((postId) => ({ postId })))
    .go();
  if (unprocessed.length > 0) throw new AppError("unavailable");
  const posts = await readSnapshots(
    core,
    data.filter(({ state }) => state === "public"),
  );
  return new Map(posts.map(({ postId, lang, slug, title }) => [postId, { lang, slug, title }]));
}

/** Which people of a page of comments may write no more. */
async function bannedOf(core: Core, rows: readonly CommentRow[]): Promise<Set<AccountId>> {
  const ids = [...new Set(rows.map(({ accountId }) => accountId))];
  if (ids.length === 0) return new Set();
  const { data, unprocessed } = await commenters(core)
    .get(ids.map((accountId) => ({ accountId })))
    .go();
  if (unprocessed.length > 0) throw new AppError("unavailable");
  return new Set(data.flatMap(({ accountId, isBanned }) => (isBanned ? [accountId] : [])));
}
