import type { CommentRow } from "../src/comment/comment.entity.ts";
import { create, edit, remove, report } from "../src/comment/comment.ts";
import { moderate } from "../src/comment/moderation.ts";
import { type Both, readBoth, textOf } from "../src/comment/rows.ts";
import type { ActorCore } from "../src/core.ts";
import { AppError } from "../src/errors.ts";
import type { PostId } from "../src/id.ts";
import type { Touched } from "../src/search/index-touched.ts";
import type { randomOf } from "./random.ts";

type Random = ReturnType<typeof randomOf>;
type Named = Pick<CommentRow, "postId" | "threadId" | "commentId">;

/** Those who write comments, moderate them, and report them. */
export interface Commenting {
  readonly author: ActorCore;
  readonly reader: ActorCore;
}

/** Makes random changes of comments under some posts, and answers what the table's stream would tell of each. */
export function commentStorm({ author, reader }: Commenting, random: Random) {
  const known: Named[] = [];

  async function say(postId: PostId): Promise<Touched[]> {
    const { threadId: parentId } = random.below(3) === 0 ? (known.at(-1) ?? {}) : {};
    const { commentId } = await create(reader, { postId, parentId, markdown: "바람이 분다" });
    const named = { postId, threadId: parentId ?? commentId, commentId };
    known.push(named);
    return recordsOf(named, { shown: undefined, held: undefined }, await bothOf(named));
  }

  async function change(named: Named, row: CommentRow): Promise<void> {
    const { postId, threadId, commentId } = named;
    const which = { postId, commentId, parentId: threadId };
    const action = random.below(8);
    if (action < 2) await moderate(author, { ...which, action: "approve" });
    else if (action < 4) await moderate(author, { ...which, action: "hide" });
    else if (action < 6)
      await edit(reader, { ...which, revision: row.revision, markdown: `바람 ${row.revision}` });
    else if (action < 7) await report(author, { ...which, reason: "" });
    else await remove(reader, which);
  }

  function bothOf({ postId, threadId, commentId }: Named): Promise<Both> {
    return readBoth(author, { postId, commentId, parentId: threadId });
  }

  /** One change, if the table takes it: a post may be off the site, or somebody may have reported already. */
  return async (postIds: readonly PostId[]): Promise<Touched[]> => {
    const named = known[random.below(known.length)];
    const postId = postIds[random.below(postIds.length)];
    try {
      if (!named || random.below(10) < 3) return postId ? await say(postId) : [];
      const before = await bothOf(named);
      const row = textOf(before);
      if (row) await change(named, row);
      return recordsOf(named, before, await bothOf(named));
    } catch (error) {
      if (error instanceof AppError && error.code !== "unavailable") return [];
      throw error;
    }
  };
}

/** A record for each of the two rows that is not what it was. */
function recordsOf(named: Named, before: Both, after: Both): Touched[] {
  return (["shown", "held"] as const).flatMap((place) => {
    const versions = [before[place]?.version ?? 0, after[place]?.version ?? 0];
    if (versions[0] === versions[1]) return [];
    return { subject: { noun: "comment", ...named } as const, version: Math.max(...versions) };
  });
}
