import type { TransactWriteItem } from "electrodb";
import { accountOf } from "../account/account.ts";
import { compress, decompress } from "../compression.ts";
import type { ActorCore } from "../core.ts";
import { AppError } from "../errors.ts";
import { changeLists } from "../list/membership.ts";
import { renderPost } from "../markdown/render.ts";
import { operation } from "../operation.ts";
import { inTransaction } from "../transaction.ts";
import { changePost, draftSummaryOf } from "./draft.ts";
import { postContract } from "./post.contract.ts";
import { addresses, type Post, postContents, translations } from "./post.entity.ts";
import type { Rendering } from "./post.ts";
import {
  publications,
  publishedContents,
  publishedPosts,
  publishedSources,
  type Snapshot,
} from "./published-post.entity.ts";

export const publish = operation(
  postContract.publish.input,
  async (core: ActorCore, { postId, revision }) => {
    const published = await changePost(core, postId, async (post) => {
      if (post.revision !== revision) throw new AppError("conflict");
      if (post.publishedRevision === revision) return undefined;
      const [markdown, account, earlier] = await Promise.all([
        readMarkdown(core, post),
        accountOf(core, post.authorId),
        readSnapshot(core, post),
      ]);
      const { html, headings, readingMinutes, excerpt, rendererVersion } = renderPost(markdown);
      const { workId, lang, slug, title, tags } = post;
      const now = core.now().toISOString();
      const publishedAt = post.publishedAt ?? now;
      const snapshot: Snapshot = {
        lang,
        slug,
        postId,
        workId,
        title,
        description: post.description || excerpt,
        tags,
        author: { accountId: account.accountId, displayName: account.displayName },
        revision,
        publishedAt,
        updatedAt: now,
        readingMinutes,
        rendererVersion,
        commentCount: earlier?.commentCount ?? post.commentCount ?? 0,
      };
      const [rendering, source, changes] = await Promise.all([
        compress(JSON.stringify({ html, headings: [...headings] } satisfies Rendering)),
        compress(markdown),
        changeLists(core, earlier, snapshot),
      ]);
      return {
        next: { ...post, state: "published", publishedRevision: revision, publishedSlug: slug, publishedAt },
        items: [
          ...(earlier && earlier.slug !== slug ? removeSnapshot(core, earlier) : []),
          earlier?.slug === slug
            ? inTransaction(publishedPosts(core))
                .put(snapshot)
                .where(({ commentCount }, { eq }) => eq(commentCount, earlier.commentCount))
                .commit()
            : inTransaction(publishedPosts(core)).create(snapshot).commit(),
          inTransaction(publishedContents(core)).put({ lang, slug, revision, rendering }).commit(),
          inTransaction(publishedSources(core)).put({ lang, slug, markdown: source }).commit(),
          ...openToReaders(core, snapshot),
          ...changes,
        ],
      };
    });
    return draftSummaryOf(published);
  },
);

/** Makes the address, the work and the post itself lead readers to a snapshot. */
function openToReaders(core: ActorCore, snapshot: Snapshot): TransactWriteItem[] {
  const { lang, slug, postId, workId, title, publishedAt } = snapshot;
  return [
    inTransaction(addresses(core)).upsert({ lang, slug, postId, publicSince: publishedAt }).commit(),
    inTransaction(translations(core)).upsert({ workId, lang, postId, published: { slug, title } }).commit(),
    inTransaction(publications(core)).put({ postId, lang, slug, state: "public" }).commit(),
  ];
}

/**
 * Takes a post off the site, as items of a transaction. Its address keeps its meaning: it answers as
 * missing while the post is only withdrawn, and as gone when it was deleted.
 */
export async function closeToReaders(
  core: ActorCore,
  snapshot: Snapshot,
  state: "withdrawn" | "deleted",
): Promise<TransactWriteItem[]> {
  const { lang, slug, postId, workId } = snapshot;
  return [
    ...removeSnapshot(core, snapshot),
    inTransaction(translations(core)).patch({ workId, lang }).remove(["published"]).commit(),
    inTransaction(publications(core)).put({ postId, lang, slug, state }).commit(),
    ...(await changeLists(core, snapshot, undefined)),
  ];
}

export const unpublish = operation(postContract.unpublish.input, async (core: ActorCore, { postId }) => {
  const draft = await changePost(core, postId, async (post) => {
    const snapshot = await readSnapshot(core, post);
    if (!snapshot) return undefined;
    const { publishedRevision, publishedSlug, ...rest } = post;
    return {
      next: { ...rest, state: "draft", commentCount: snapshot.commentCount },
      items: await closeToReaders(core, snapshot, "withdrawn"),
    };
  });
  return draftSummaryOf(draft);
});

/** Takes a snapshot away, unless a comment was counted in since it was read. */
function removeSnapshot(
  core: ActorCore,
  { lang, slug, commentCount: counted }: Snapshot,
): TransactWriteItem[] {
  return [
    inTransaction(publishedPosts(core))
      .delete({ lang, slug })
      .where(({ commentCount }, { eq }) => eq(commentCount, counted))
      .commit(),
    inTransaction(publishedContents(core)).delete({ lang, slug }).commit(),
    inTransaction(publishedSources(core)).delete({ lang, slug }).commit(),
  ];
}

async function readSnapshot(core: ActorCore, { lang, publishedSlug }: Post): Promise<Snapshot | undefined> {
  if (publishedSlug === undefined) return undefined;
  const { data } = await publishedPosts(core).get({ lang, slug: publishedSlug }).go({ consistent: true });
  return data ?? undefined;
}

async function readMarkdown(core: ActorCore, { postId, revision }: Post): Promise<string> {
  const { data } = await postContents(core).get({ postId }).go({ consistent: true });
  // A save came between the two reads. The caller looks at the new revision and decides.
  if (data?.revision !== revision) throw new AppError("conflict");
  return decompress(data.markdown);
}
