import { createConversions } from "electrodb";
import * as z from "zod";
import { decompress } from "../compression.ts";
import { timestampSchema } from "../contract.ts";
import type { ActorCore } from "../core.ts";
import { readPage } from "../cursor.ts";
import { isMissing } from "../errors.ts";
import { idSchema, type PostId } from "../id.ts";
import { operation } from "../operation.ts";
import { readDraft, readOwnPost } from "../post/draft.ts";
import type { Draft } from "../post/post.contract.ts";
import { posts } from "../post/post.entity.ts";
import { readSnapshot } from "../post/publish.ts";
import { settingsOf } from "../post/settings.ts";
import { readKept } from "../revision/revision.ts";
import { type TransferredPost, transferContract } from "./transfer.contract.ts";

const placeInAuthor = z.object({ updatedAt: timestampSchema, postId: idSchema("post") });

/** Longest unchanged first: a post that is saved meanwhile comes again at the end and is not missed. */
export const exportPosts = operation(transferContract.exportPosts.input, async (core: ActorCore, request) => {
  const { accountId: authorId } = core.actor;
  const { toCursor } = createConversions(posts(core)).byAccessPattern.byAuthor.fromComposite;
  const page = await readPage(core, request, placeInAuthor, (after, limit) => {
    const cursor = after ? toCursor({ authorId, ...after }) : null;
    return posts(core).query.byAuthor({ authorId }).go({ limit, cursor });
  });
  const items = await Promise.all(page.items.map(({ postId }) => exportPost(core, postId)));
  return { ...page, items: items.filter((post) => post !== undefined) };
});

/** The page's rows come from an index, which may be behind; what is exported is read from the table itself. */
async function exportPost(core: ActorCore, postId: PostId): Promise<TransferredPost | undefined> {
  const post = await readOwnPost(core, postId).catch(unlessMissing);
  if (!post || post.state === "deleted") return undefined;
  const [draft, snapshot] = await Promise.all([readDraft(core, { postId }), readSnapshot(core, post)]);
  const { workId, lang } = draft;
  const own = { postId, workId, lang };
  if (!snapshot) return { ...own, ...textOf(draft), isDraft: true };
  const { publishedAt, updatedAt } = snapshot;
  const dates = { isDraft: false, publishedAt, updatedAt };
  if (snapshot.revision === draft.revision) return { ...own, ...textOf(draft), ...dates };
  const kept = await readKept(core, postId, snapshot.revision);
  const { title, slug, description, tags } = kept;
  const text = { title, slug, description, tags, settings: settingsOf(kept) };
  return {
    ...own,
    ...text,
    markdown: await decompress(kept.markdown),
    ...dates,
    changes: textOf(draft),
  };
}

function textOf({ title, slug, description, tags, settings, markdown }: Draft) {
  return { title, slug, description, tags, settings, markdown };
}

/** A post that was forgotten since the index was read is none to export. */
function unlessMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}
