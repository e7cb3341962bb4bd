import { createHash } from "node:crypto";
import type { ActorCore } from "../core.ts";
import { AppError } from "../errors.ts";
import type { Id, IdNoun } from "../id.ts";
import { locales } from "../locale.ts";
import { operation } from "../operation.ts";
import { create, readDraft, update } from "../post/draft.ts";
import type { Draft } from "../post/post.contract.ts";
import { addresses, posts, translations } from "../post/post.entity.ts";
import { publishRevision } from "../post/publish.ts";
import { publications } from "../post/published-post.entity.ts";
import { ruleSentence } from "../sentences.ts";
import { commit, inTransaction } from "../transaction.ts";
import { importedPosts } from "./imported-post.entity.ts";
import { type ImportOutcome, type TransferredPost, transferContract } from "./transfer.contract.ts";

/**
 * Makes a post of the actor what a file says, through the verbs that the site uses, and
 * does nothing when it is that already.
 *
 * The languages of a work are found by their common work or slug, so they must come one after another.
 * @throws AppError as `create`, `update` and `publish` do; `conflict` when the slug is someone else's
 */
export const importPost = operation(
  transferContract.importPost.input,
  async (core: ActorCore, { isRehearsal, ...post }): Promise<{ outcome: ImportOutcome }> => {
    const draft = await findPost(core, post);
    const outcome = draft ? await judge(core, draft, post) : "imported";
    if (isRehearsal || outcome === "unchanged" || outcome === "edited") return { outcome };
    await finish(core, draft ? await rewrite(core, draft, post) : await createPost(core, post), post);
    return { outcome };
  },
);

/** What an import would do to a post that is there. */
async function judge(core: ActorCore, draft: Draft, post: TransferredPost): Promise<ImportOutcome> {
  const latest = post.changes ?? post;
  const isSameText = textOf(draft) === textOf({ ...latest, settings: latest.settings ?? draft.settings });
  const dates = [draft.publishedAt, post.publishedAt];
  const isSameDate = dates.includes(undefined) || dates[0] === dates[1];
  const isUnfinished =
    draft.publishedAt === undefined ? !post.isDraft : !post.changes && hasUnpublishedChanges(draft);
  // An earlier import may have ended between saving and publishing.
  if (isSameText && isUnfinished) return "imported";
  if (isSameText && isSameDate) return "unchanged";
  return (await isAsImported(core, draft)) ? "updated" : "edited";
}

async function findPost(
  core: ActorCore,
  { postId, lang, slug }: TransferredPost,
): Promise<Draft | undefined> {
  const { data: known } = postId
    ? await posts(core).get({ postId }).go({ consistent: true })
    : { data: null };
  if (known?.authorId === core.actor.accountId) return readDraft(core, { postId: known.postId });
  return findAt(core, lang, slug);
}

async function findAt(core: ActorCore, lang: Draft["lang"], slug: string): Promise<Draft | undefined> {
  const { data: address } = await addresses(core).get({ lang, slug }).go({ consistent: true });
  if (!address) return undefined;
  try {
    return await readDraft(core, { postId: address.postId });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not_found") throw error;
    throw new AppError("conflict", { fields: { slug: [ruleSentence("slug_taken", core.locale)] } });
  }
}

async function createPost(core: ActorCore, post: TransferredPost): Promise<Draft> {
  const { lang, slug, title, description, tags, markdown, settings } = post;
  const ids = await idsToKeep(core, post);
  const others = ids.work
    ? []
    : await Promise.all(locales.filter((other) => other !== lang).map((other) => findAt(core, other, slug)));
  const translationOf = others.find((other) => other !== undefined)?.postId;
  const fields = { lang, slug, title, description, tags, markdown, ...(settings ? { settings } : {}) };
  return create(
    {
      ...at(core, earlierOf(core, post.publishedAt)),
      newId: <N extends IdNoun>(noun: N) => (ids[noun] as Id<N> | undefined) ?? core.newId(noun),
    },
    { ...fields, ...(translationOf ? { translationOf } : {}) },
  );
}

/**
 * The ids that a post may keep: none that something else bears or ever bore in public, and no work
 * in which somebody else has a post.
 */
async function idsToKeep(
  core: ActorCore,
  { postId, workId }: TransferredPost,
): Promise<Partial<Record<IdNoun, string>>> {
  const [post, publication, siblings] = await Promise.all([
    postId ? posts(core).get({ postId }).go({ consistent: true }) : undefined,
    postId ? publications(core).get({ postId }).go({ consistent: true }) : undefined,
    workId ? translations(core).query.byLanguage({ workId }).go({ consistent: true }) : undefined,
  ]);
  const owners = await Promise.all(
    (siblings?.data ?? []).map((sibling) =>
      posts(core).get({ postId: sibling.postId }).go({ consistent: true }),
    ),
  );
  const isOwn = owners.every(({ data }) => data?.authorId === core.actor.accountId);
  return {
    ...(postId && !post?.data && !publication?.data ? { post: postId } : {}),
    ...(workId && isOwn ? { work: workId } : {}),
  };
}

async function rewrite(core: ActorCore, draft: Draft, post: TransferredPost): Promise<Draft> {
  const { postId, revision } = draft;
  const { title, slug, description, tags, markdown, settings = draft.settings } = post;
  return update(core, { title, slug, description, tags, markdown, settings, postId, revision });
}

/** Publishes unless the file is a draft, writes what came after that, and notes what the post is like now. */
async function finish(core: ActorCore, saved: Draft, post: TransferredPost): Promise<void> {
  const { postId } = saved;
  let draft = saved;
  let { publishedAt } = saved;
  if (!post.isDraft) {
    const isFirst = publishedAt === undefined;
    const date = earlierOf(core, post.publishedAt);
    const clock = at(core, earlierOf(core, post.updatedAt) ?? (isFirst ? date : undefined));
    const published = await publishRevision(clock, {
      postId,
      revision: draft.revision,
      ...(date === undefined ? {} : { publishedAt: date }),
    });
    publishedAt = published.publishedAt;
  }
  if (post.changes) draft = await update(core, { ...post.changes, postId, revision: draft.revision });
  const hash = hashOf({ ...draft, publishedAt });
  const importedAt = core.now().toISOString();
  await commit(core, [inTransaction(importedPosts(core)).put({ postId, hash, importedAt }).commit()]);
}

/** A core whose clock stands at a moment of the file, so that an old text is not new on the day of its import. */
function at(core: ActorCore, moment: string | undefined): ActorCore {
  return moment === undefined ? core : { ...core, now: () => new Date(moment) };
}

/** Nothing was published in the future, whatever a file says. */
function earlierOf(core: ActorCore, moment: string | undefined): string | undefined {
  const now = core.now().toISOString();
  return moment !== undefined && moment > now ? now : moment;
}

function hasUnpublishedChanges({ state, revision, publishedRevision }: Draft): boolean {
  return state === "published" && publishedRevision !== revision;
}

/** Whether nobody has changed the post on the site since it was imported. */
async function isAsImported(core: ActorCore, draft: Draft): Promise<boolean> {
  const { data } = await importedPosts(core).get({ postId: draft.postId }).go({ consistent: true });
  return data?.hash === hashOf(draft);
}

type Text = Pick<Draft, "slug" | "title" | "description" | "tags" | "settings" | "markdown">;

function textOf({ slug, title, description, tags, settings, markdown }: Text): string {
  return JSON.stringify([slug, title, description, tags, settings, markdown]);
}

function hashOf(post: Text & { readonly publishedAt?: string | undefined }): string {
  return createHash("sha256")
    .update(textOf(post))
    .update(post.publishedAt ?? "")
    .digest("hex");
}
