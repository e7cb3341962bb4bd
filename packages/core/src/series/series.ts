import { hasRole } from "../actor.ts";
import type { ActorCore } from "../core.ts";
import { AppError } from "../errors.ts";
import { lists } from "../list/list.entity.ts";
import { inOrder, readParts } from "../list/series.ts";
import { operation } from "../operation.ts";
import { readSnapshots } from "../post/post.ts";
import { commit, inTransaction } from "../transaction.ts";
import { seriesContract } from "./series.contract.ts";

export const arrange = operation(
  seriesContract.arrange.input,
  async (core: ActorCore, { lang, name, postIds }) => {
    const { list, parts } = await readParts(core, lang, name);
    if (!list) throw new AppError("not_found");
    const posts = await readSnapshots(core, parts);
    const isOwn = posts.every(({ author }) => author.accountId === core.actor.accountId);
    if (!isOwn && !hasRole(core.actor, "admin")) throw new AppError("forbidden");
    const here = new Set(parts.map(({ postId }) => postId));
    const partOrder = [...new Set(postIds)].filter((postId) => here.has(postId));
    const { written } = await commit(core, [
      inTransaction(lists(core))
        .patch({ lang, kind: "series", name })
        .set({ partOrder, updatedAt: core.now().toISOString() })
        // A part that came in the meantime may be somebody else's, also where another one went.
        .where(
          ({ count, updatedAt }, { eq }) => `${eq(count, list.count)} AND ${eq(updatedAt, list.updatedAt)}`,
        )
        .commit(),
    ]);
    if (!written) throw new AppError("unavailable");
    return { postIds: inOrder(parts, partOrder).map(({ postId }) => postId) };
  },
);
