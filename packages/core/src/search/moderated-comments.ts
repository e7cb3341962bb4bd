import { hasRole } from "../actor.ts";
import type { CommentRow } from "../comment/comment.entity.ts";
import { moderated } from "../comment/moderated.ts";
import { readAll, textOf } from "../comment/rows.ts";
import type { ActorCore } from "../core.ts";
import { operation } from "../operation.ts";
import { searchContract } from "./search.contract.ts";
import { orUnavailable, type Searching, search } from "./search.ts";
import type { Hit } from "./search-index.ts";
import { markHtml } from "./text/html-text.ts";
import { mark } from "./text/passage.ts";

/** The index says which comments; what they say and how they stand now, and whether they may be seen, the table says. */
export const findComments = operation(
  searchContract.findComments.input,
  async (core: Searching<ActorCore>, { queue, ...asked }) => {
    const seesAll = hasRole(core.actor, "admin");
    const { accountId } = core.actor;
    const { hits, pattern, cursor, correctedTo } = await orUnavailable(
      search(core, {
        ...asked,
        visibility: { kind: "comment", ...(seesAll ? {} : { ownerId: accountId }) },
        narrowing: { queue },
      }),
    );
    const rows = (await readTexts(core, hits)).filter(
      (row) => (seesAll || row.postAuthorId === accountId) && (queue === undefined || row.queue === queue),
    );
    const found = await moderated(core, rows);
    return {
      items: found.map((comment) => ({
        ...comment,
        name: mark(comment.author.displayName, pattern),
        html: markHtml(comment.html, pattern),
      })),
      ...(cursor ? { cursor } : {}),
      ...(correctedTo === undefined ? {} : { correctedTo }),
    };
  },
);

/** In the order of the hits, without those of which nothing is left. */
async function readTexts(core: ActorCore, hits: readonly Hit[]): Promise<CommentRow[]> {
  const named = hits.flatMap((hit) => (hit.kind === "comment" ? [hit] : []));
  const all = await readAll(
    core,
    named.map(({ postId, threadId, commentId }) => ({ postId, commentId, parentId: threadId })),
  );
  return named.flatMap(({ commentId }) => {
    const both = all.get(commentId);
    return (both && textOf(both)) ?? [];
  });
}
