import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import type { ActorCore, Core } from "../core.ts";
import { isMissing } from "../errors.ts";
import { idSchema, type PostId } from "../id.ts";
import { currentTags } from "../list/current-tags.ts";
import { listName, tagKeyOf } from "../list/list.contract.ts";
import { listedPosts, lists } from "../list/list.entity.ts";
import { changeLists } from "../list/membership.ts";
import { localeSchema } from "../locale.ts";
import { changePost } from "../post/draft.ts";
import { listed, readSnapshot } from "../post/publish.ts";
import { publishedPosts } from "../post/published-post.entity.ts";
import { inTransaction } from "../transaction.ts";

/** A move of a tag whose posts have to follow. It travels through the queue. */
export const moveSchema = z.strictObject({
  lang: localeSchema,
  /** The tag that the posts have. */
  name: z.string(),
  /** What it is to be called: another tag, or another spelling of the same one. */
  title: z.string(),
  /** The administrator who asked for it. */
  accountId: idSchema("account"),
});
export type Move = z.output<typeof moveSchema>;

/** Posts that are looked for at once. Each is changed by itself, so that a move that is cut off loses nothing. */
const postsPerPage = 25;

/** How many posts have followed, and what became of those that could not. */
export interface Followed {
  readonly posts: number;
  readonly failures: readonly unknown[];
}

/**
 * Has every published post of a tag follow its move, one after the other: they all count in the same
 * two lists. Drafts that nobody published follow when they are published. Doing so twice, or twice at
 * once, does no harm, and a move that another one has taken back does nothing.
 */
export async function follow(core: Core, move: Move): Promise<Followed> {
  const { lang, name, title, accountId } = move;
  const key = { lang, kind: "tag", name } as const;
  const { data: row } = await lists(core).get(key).go({ consistent: true });
  const isRespelt = tagKeyOf(title) === name;
  if (!isRespelt && row?.movedTo?.title !== title) return { posts: 0, failures: [] };
  const asAdmin: ActorCore = { ...core, actor: { accountId, roles: ["admin"] } };
  const list = listName(key);
  const failures: unknown[] = [];
  let posts = 0;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof readSome>> = await readSome(core, list, cursor);
    for (const { postId } of page.data) {
      try {
        await retag(asAdmin, postId, move);
        posts++;
      } catch (error) {
        failures.push(error);
      }
    }
    cursor = page.cursor;
  } while (cursor);
  return { posts, failures };
}

function readSome(core: Core, list: string, cursor: string | null) {
  return listedPosts(core)
    .query.inOrder({ list })
    .go({ order: "asc", limit: postsPerPage, cursor, consistent: true });
}

async function retag(core: ActorCore, postId: PostId, { lang, name, title }: Move): Promise<void> {
  const rename = (tags: readonly string[]) =>
    currentTags(
      core,
      lang,
      tags.map((tag) => (tagKeyOf(tag) === name ? title : tag)),
    );
  try {
    await changePost(core, postId, async (post) => {
      const before = await readSnapshot(core, post);
      if (!before) return undefined;
      const [shown, written] = await Promise.all([rename(before.tags), rename(post.tags)]);
      if (isDeepStrictEqual([shown, written], [before.tags, post.tags])) return undefined;
      const after = { ...before, tags: shown };
      return {
        next: { ...post, tags: written },
        items: [
          inTransaction(publishedPosts(core))
            .put(after)
            .where(({ commentCount }, { eq }) => eq(commentCount, before.commentCount))
            .commit(),
          ...(await changeLists(core, listed(before), listed(after))),
        ],
      };
    });
  } catch (error) {
    // It has left the site since it was found.
    if (isMissing(error)) return;
    throw error;
  }
}
