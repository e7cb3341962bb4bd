import type { TransactWriteItem } from "electrodb";
import { hasRole } from "../actor.ts";
import { compress, decompress } from "../compression.ts";
import type { ActorCore } from "../core.ts";
import { AppError } from "../errors.ts";
import type { PostId } from "../id.ts";
import { createOnce, withIdempotencyKey } from "../idempotency/idempotency.ts";
import { showPictures } from "../media/shown.ts";
import { operation } from "../operation.ts";
import { isKeepingDue, keepForAuthor } from "../revision/keep.ts";
import { ruleSentence } from "../sentences.ts";
import { commit, inTransaction } from "../transaction.ts";
import { appointments } from "./appointment.entity.ts";
import { type Draft, type DraftSummary, postContract } from "./post.contract.ts";
import { addresses, drafts, type Post, postContents, posts, translations } from "./post.entity.ts";
import { settingsOf } from "./settings.ts";

export const readDraft = operation(
  postContract.readDraft.input,
  async (core: ActorCore, { postId }): Promise<Draft> => {
    const { data } = await drafts(core).collections.draft({ postId }).go({ consistent: true });
    const [post] = data.post;
    const [content] = data.content;
    if (!post || !content || !mayEdit(core, post)) throw new AppError("not_found");
    if (post.state === "deleted") throw new AppError("gone");
    // The query fell between the two halves of a save. An old text under a new revision would undo that save.
    if (post.revision !== content.revision) throw new AppError("unavailable");
    return { ...draftSummaryOf(post), markdown: await decompress(content.markdown) };
  },
);

export const create = operation(
  withIdempotencyKey(postContract.create.input),
  async (core: ActorCore, input): Promise<Draft> => {
    const { markdown, translationOf, idempotencyKey: _, ...fields } = input;
    const workId = translationOf ? (await readOwnPost(core, translationOf)).workId : core.newId("work");
    const now = core.now().toISOString();
    const post: Post = {
      ...fields,
      postId: core.newId("post"),
      workId,
      authorId: core.actor.accountId,
      state: "draft",
      revision: 1,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    const { postId, lang, slug, revision } = post;
    const content = { postId, revision, markdown: await compress(markdown) };
    const once = createOnce(core, { verb: "post.create", input, id: postId });
    const { written, refused } = await commit(core, [
      inTransaction(addresses(core)).create({ lang, slug, postId }).commit(),
      inTransaction(translations(core)).create({ workId, lang, postId }).commit(),
      inTransaction(posts(core)).create(post).commit(),
      inTransaction(postContents(core)).create(content).commit(),
      ...once.markers,
    ]);
    if (written) return { ...draftSummaryOf(post), markdown };
    const earlier = await once.earlier();
    if (earlier) return readDraft(core, { postId: earlier });
    const [slugTaken, languageTaken] = refused;
    throw new AppError("conflict", {
      fields: {
        ...(slugTaken ? { slug: [ruleSentence("slug_taken", core.locale)] } : {}),
        ...(languageTaken ? { lang: [ruleSentence("language_taken", core.locale)] } : {}),
      },
    });
  },
);

export const update = operation(
  postContract.update.input,
  async (core: ActorCore, { postId, revision, keepReplaced, markdown, ...fields }): Promise<Draft> => {
    const compressed = await compress(markdown);
    const saved = await changePost(core, postId, async (post) => {
      if (post.revision !== revision) {
        if (await isSaved(core, post, { revision, markdown, ...fields })) return undefined;
        throw new AppError("conflict");
      }
      const now = core.now().toISOString();
      const isKept = keepReplaced || isKeepingDue(core, post);
      const next = {
        ...post,
        ...fields,
        revision: revision + 1,
        updatedAt: now,
        ...(isKept ? { keptAt: now } : {}),
      };
      const content = { postId, revision: next.revision, markdown: compressed };
      return {
        next,
        items: [
          ...moveAddress(core, post, fields.slug),
          inTransaction(postContents(core)).put(content).commit(),
          ...(isKept ? await keepForAuthor(core, post, "writing") : []),
        ],
        onRefused() {
          const sentence = ruleSentence("slug_taken", core.locale);
          throw new AppError("conflict", { fields: { slug: [sentence] } });
        },
      };
    });
    return { ...draftSummaryOf(saved), markdown };
  },
);

export const preview = operation(postContract.preview.input, async (core: ActorCore, { markdown }) => {
  const { renderPost } = await import("../markdown/render.ts");
  const { html, headings, readingMinutes } = renderPost(markdown);
  return { html: await showPictures(core, html), headings, readingMinutes };
});

/** A change of a post: all of it is written, or nothing. */
interface Change {
  readonly next: Post;
  readonly items: readonly TransactWriteItem[];
  /** Called when a condition of `items` did not hold. The change is planned anew unless it throws. */
  onRefused?(): void;
}

const attempts = 5;

/**
 * Changes one of the actor's own posts under an optimistic lock: `plan` sees the post as it
 * is now, and sees it again when another write came first. It may answer that there is nothing to do.
 * @throws AppError `not_found` for a missing post and for someone else's alike, `gone` for a deleted one
 */
export async function changePost(
  core: ActorCore,
  postId: PostId,
  plan: (post: Post) => Promise<Change | undefined>,
): Promise<Post> {
  return changeAnyPost(core, postId, async (post) => {
    if (post.state === "deleted") throw new AppError("gone");
    return plan(post);
  });
}

/** Keeps the list of what is due in step with the posts. */
function moveAppointment(core: ActorCore, { postId, dueAt }: Post, next: Post): TransactWriteItem[] {
  if (dueAt === next.dueAt) return [];
  return [
    ...(dueAt ? [inTransaction(appointments(core)).delete({ dueAt, postId }).commit()] : []),
    ...(next.dueAt ? [inTransaction(appointments(core)).put({ dueAt: next.dueAt, postId }).commit()] : []),
  ];
}

/** Like `changePost`, and sees deleted posts as well. */
export async function changeAnyPost(
  core: ActorCore,
  postId: PostId,
  plan: (post: Post) => Promise<Change | undefined>,
): Promise<Post> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const post = await readOwnPost(core, postId);
    const change = await plan(post);
    if (!change) return post;
    const next = { ...change.next, version: post.version + 1 };
    const put = inTransaction(posts(core))
      .put(next)
      .where(({ version }, { eq }) => eq(version, post.version));
    const items = [put.commit(), ...change.items, ...moveAppointment(core, post, next)];
    const { written, refused } = await commit(core, items);
    if (written) return next;
    if (!refused[0]) change.onRefused?.();
  }
  throw new AppError("unavailable");
}

/** @throws AppError `not_found` for a missing post and for someone else's alike */
export async function readOwnPost(core: ActorCore, postId: PostId): Promise<Post> {
  const { data } = await posts(core).get({ postId }).go({ consistent: true });
  if (!data || !mayEdit(core, data)) throw new AppError("not_found");
  return data;
}

function mayEdit({ actor }: ActorCore, post: Post): boolean {
  return post.authorId === actor.accountId || hasRole(actor, "admin");
}

/** Whether this very save was written before and only its acknowledgement got lost. */
async function isSaved(
  core: ActorCore,
  post: Post,
  sent: Pick<Draft, "revision" | "slug" | "title" | "description" | "tags" | "settings" | "markdown">,
) {
  if (post.revision !== sent.revision + 1) return false;
  const stored = await readDraft(core, { postId: post.postId });
  const textOf = ({ slug, title, description, tags, settings, markdown }: typeof sent) =>
    JSON.stringify([slug, title, description, tags, settings, markdown]);
  return stored.revision === post.revision && textOf(stored) === textOf(sent);
}

/**
 * Reserves the new slug of a post. The old one is released unless readers may have seen it or will:
 * an address that was public is never given to another post.
 */
export function moveAddress(core: ActorCore, post: Post, slug: string): TransactWriteItem[] {
  const { lang, postId } = post;
  if (slug === post.slug) return [];
  const isFreeOrOwn = inTransaction(addresses(core))
    .upsert({ lang, slug, postId })
    .where((address, { notExists, eq }) => `${notExists(address.postId)} OR ${eq(address.postId, postId)}`);
  const release = inTransaction(addresses(core)).delete({ lang, slug: post.slug });
  const isSeen = post.publishedAt !== undefined || post.scheduledSlug === post.slug;
  return [isFreeOrOwn.commit(), ...(isSeen ? [] : [release.commit()])];
}

export function draftSummaryOf(post: Post): DraftSummary {
  const {
    authorId,
    version,
    publishedSlug,
    commentCount,
    commentsClosed,
    scheduledSlug,
    keptAt,
    dueAt,
    ...summary
  } = post;
  return {
    ...summary,
    settings: settingsOf(post),
    ...(dueAt && post.state === "scheduled" ? { scheduledFor: dueAt } : {}),
  };
}
