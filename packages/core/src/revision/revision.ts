import { createConversions } from "electrodb";
import * as z from "zod";
import { decompress } from "../compression.ts";
import type { ActorCore } from "../core.ts";
import { readPage } from "../cursor.ts";
import { AppError } from "../errors.ts";
import type { PostId } from "../id.ts";
import { operation } from "../operation.ts";
import { changePost, draftSummaryOf, moveAddress, readOwnPost } from "../post/draft.ts";
import { postContents } from "../post/post.entity.ts";
import { settingsOf } from "../post/settings.ts";
import { ruleSentence } from "../sentences.ts";
import { inTransaction } from "../transaction.ts";
import { keepForAuthor } from "./keep.ts";
import { type Revision, type RevisionSummary, revisionContract } from "./revision.contract.ts";
import { type KeptRevision, revisions } from "./revision.entity.ts";

const placeInPost = z.object({ revision: z.number().int().min(1) });

export const list = operation(
  revisionContract.list.input,
  async (core: ActorCore, { postId, ...request }) => {
    await readLivingPost(core, postId);
    const { toCursor } = createConversions(revisions(core)).byAccessPattern.byPost.fromComposite;
    const page = await readPage(core, request, placeInPost, (after, limit) => {
      const cursor = after ? toCursor({ postId, ...after }) : null;
      return revisions(core).query.byPost({ postId }).go({ order: "desc", limit, cursor });
    });
    return { ...page, items: page.items.filter((row) => !isExpired(core, row)).map(summaryOf) };
  },
);

export const read = operation(
  revisionContract.read.input,
  async (core: ActorCore, { postId, revision }): Promise<Revision> => {
    await readLivingPost(core, postId);
    const kept = await readKept(core, postId, revision);
    const { slug, description, tags } = kept;
    const markdown = await decompress(kept.markdown);
    return { ...summaryOf(kept), slug, description, tags, settings: settingsOf(kept), markdown };
  },
);

/** What is replaced is kept as well, so that restoring can be undone by restoring. */
export const restore = operation(
  revisionContract.restore.input,
  async (core: ActorCore, { postId, revision, over }) => {
    const kept = await readKept(core, postId, revision);
    const { title, slug, description, tags, markdown } = kept;
    const restored = await changePost(core, postId, async (post) => {
      if (post.revision !== over) throw new AppError("conflict");
      const now = core.now().toISOString();
      const next = {
        ...post,
        title,
        slug,
        description,
        tags,
        settings: settingsOf(kept),
        revision: over + 1,
        updatedAt: now,
        keptAt: now,
      };
      return {
        next,
        items: [
          ...moveAddress(core, post, slug),
          inTransaction(postContents(core)).put({ postId, revision: next.revision, markdown }).commit(),
          ...(await keepForAuthor(core, post, "restoring")),
        ],
        onRefused() {
          const sentence = ruleSentence("slug_taken", core.locale);
          throw new AppError("conflict", { fields: { slug: [sentence] } });
        },
      };
    });
    return { ...draftSummaryOf(restored), markdown: await decompress(markdown) };
  },
);

/** @throws AppError `not_found` when this revision was not kept */
export async function readKept(
  core: Pick<ActorCore, "table" | "now">,
  postId: PostId,
  revision: number,
): Promise<KeptRevision> {
  const { data } = await revisions(core).get({ postId, revision }).go({ consistent: true });
  if (!data || isExpired(core, data)) throw new AppError("not_found");
  return data;
}

async function readLivingPost(core: ActorCore, postId: PostId): Promise<void> {
  const { state } = await readOwnPost(core, postId);
  if (state === "deleted") throw new AppError("gone");
}

/** The table deletes late. */
function isExpired({ now }: Pick<ActorCore, "now">, { expireAt }: KeptRevision): boolean {
  return expireAt !== undefined && expireAt <= now().getTime() / 1000;
}

function summaryOf({ postId, revision, reason, title, savedAt }: KeptRevision): RevisionSummary {
  return { postId, revision, reason, title, savedAt };
}
