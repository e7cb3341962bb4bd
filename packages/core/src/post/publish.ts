import type { TransactWriteItem } from "electrodb";
import { accountOf } from "../account/account.ts";
import { compress, decompress } from "../compression.ts";
import type { ActorCore } from "../core.ts";
import { AppError } from "../errors.ts";
import type { PostId } from "../id.ts";
import { currentTags } from "../list/current-tags.ts";
import { changeLists } from "../list/membership.ts";
import { operation } from "../operation.ts";
import { keepForReaders, readPresentState } from "../revision/keep.ts";
import { readKept } from "../revision/revision.ts";
import { inTransaction } from "../transaction.ts";
import { changePost, draftSummaryOf } from "./draft.ts";
import { postContract } from "./post.contract.ts";
import { addresses, type Post, translations } from "./post.entity.ts";
import type { Rendering } from "./post.ts";
import {
  publications,
  publishedContents,
  publishedPosts,
  publishedSources,
  type Snapshot,
} from "./published-post.entity.ts";
import { releaseAddress, withoutSchedule } from "./schedule.ts";

export const publish = operation(postContract.publish.input, async (core: ActorCore, asked) =>
  draftSummaryOf(await publishRevision(core, asked)),
);

interface Publication {
  readonly postId: PostId;
  readonly revision: number;
  /** When it was first published somewhere else, for what is imported. */
  readonly publishedAt?: string;
  /** The appointed minute: then it is no matter that the draft has moved on, but that the appointment stands. */
  readonly dueAt?: string;
}

/**
 * Makes a revision what readers see. Nothing happens when it is that already, or when its appointment
 * was changed meanwhile.
 */
export async function publishRevision(core: ActorCore, asked: Publication): Promise<Post> {
  const { postId, revision, dueAt } = asked;
  // A list refuses a post when its tag has another name by now. To look each tag up beforehand would
  // be reads for every publication.
  let wasRefused = false;
  return changePost(core, postId, async (post) => {
    if (dueAt !== undefined && (post.state !== "scheduled" || post.dueAt !== dueAt)) return undefined;
    if (dueAt === undefined && post.revision !== revision) throw new AppError("conflict");
    if (post.publishedRevision === revision) return undefined;
    const [state, account, earlier] = await Promise.all([
      post.revision === revision ? readPresentState(core, post) : readKept(core, postId, revision),
      accountOf(core, post.authorId),
      readSnapshot(core, post),
    ]);
    const { renderPost } = await import("../markdown/render.ts");
    const { html, headings, readingMinutes, excerpt, rendererVersion } = renderPost(
      await decompress(state.markdown),
    );
    const { workId, lang } = post;
    const { slug, title, settings } = state;
    const tags = wasRefused ? await currentTags(core, lang, state.tags) : state.tags;
    const now = core.now().toISOString();
    const publishedAt = asked.publishedAt ?? post.publishedAt ?? dueAt ?? now;
    const snapshot: Snapshot = {
      lang,
      slug,
      postId,
      workId,
      title,
      description: state.description || excerpt,
      tags,
      settings,
      author: { accountId: account.accountId, displayName: account.displayName },
      revision,
      publishedAt,
      updatedAt: now,
      readingMinutes,
      rendererVersion,
      commentCount: earlier?.commentCount ?? post.commentCount ?? 0,
      ...(post.commentsClosed ? { commentsClosed: true } : {}),
      // Until the next one is drawn.
      ...(earlier?.card ? { card: earlier.card } : {}),
    };
    const [rendering, changes] = await Promise.all([
      compress(JSON.stringify({ html, headings: [...headings] } satisfies Rendering)),
      changeLists(core, listed(earlier), listed(snapshot)),
    ]);
    return {
      next: {
        ...withoutSchedule(post),
        state: "published",
        publishedRevision: revision,
        publishedSlug: slug,
        publishedAt,
        ...(post.revision === revision ? { tags } : {}),
      },
      onRefused() {
        wasRefused = true;
      },
      items: [
        ...(earlier && earlier.slug !== slug ? removeSnapshot(core, earlier) : []),
        earlier?.slug === slug
          ? inTransaction(publishedPosts(core))
              .put(snapshot)
              .where(({ commentCount }, { eq }) => eq(commentCount, earlier.commentCount))
              .commit()
          : inTransaction(publishedPosts(core)).create(snapshot).commit(),
        inTransaction(publishedContents(core)).put({ lang, slug, revision, rendering }).commit(),
        inTransaction(publishedSources(core)).put({ lang, slug, markdown: state.markdown }).commit(),
        keepForReaders(core, state, "published"),
        ...openToReaders(core, snapshot),
        ...releaseAddress(core, post, slug),
        ...changes,
      ],
    };
  });
}

/** What lists know of a snapshot: nothing while it is found by its address alone. */
export function listed(snapshot: Snapshot | undefined): Snapshot | undefined {
  return snapshot?.settings?.unlisted ? undefined : snapshot;
}

/** Makes the address, the work and the post itself lead readers to a snapshot. */
function openToReaders(core: ActorCore, snapshot: Snapshot): TransactWriteItem[] {
  const { lang, slug, postId, workId, title, publishedAt } = snapshot;
  return [
    inTransaction(addresses(core)).upsert({ lang, slug, postId, publicSince: publishedAt }).commit(),
    listed(snapshot)
      ? inTransaction(translations(core))
          .upsert({ workId, lang, postId, published: { slug, title } })
          .commit()
      : inTransaction(translations(core)).patch({ workId, lang }).remove(["published"]).commit(),
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
    ...(await changeLists(core, listed(snapshot), undefined)),
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

export async function readSnapshot(
  core: ActorCore,
  { lang, publishedSlug }: Post,
): Promise<Snapshot | undefined> {
  if (publishedSlug === undefined) return undefined;
  const { data } = await publishedPosts(core).get({ lang, slug: publishedSlug }).go({ consistent: true });
  return data ?? undefined;
}
