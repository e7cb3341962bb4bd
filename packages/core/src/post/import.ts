import { createHash } from "node:crypto";
import type { ActorCore } from "../core.ts";
import { AppError } from "../errors.ts";
import { type Locale, locales } from "../locale.ts";
import { ruleSentence } from "../sentences.ts";
import { commit, inTransaction } from "../transaction.ts";
import { changePost, create, readDraft, update } from "./draft.ts";
import { importedPosts } from "./import.entity.ts";
import type { PlannedPost } from "./import-plan.ts";
import type { Draft } from "./post.contract.ts";
import { addresses } from "./post.entity.ts";
import { publish } from "./publish.ts";

/** `edited`: the post was changed on the site since its import, so it was left alone. */
export type ImportOutcome = "imported" | "updated" | "unchanged" | "edited";

/**
 * Makes a post of the actor what a file says, through the verbs that the site uses, and
 * does nothing when it is that already. It is no route: only a command may set dates.
 *
 * The languages of a work are found by their common slug, so they must come one after another.
 * @throws AppError as `create`, `update` and `publish` do; `conflict` when the slug is someone else's
 */
export async function importPost(core: ActorCore, planned: PlannedPost): Promise<ImportOutcome> {
  const draft = await findPost(core, planned.lang, planned.slug);
  if (!draft) {
    await finish(core, await createPost(core, planned), planned);
    return "imported";
  }
  const settings = planned.settings ?? draft.settings;
  const isSameText = textOf(draft) === textOf({ ...planned, settings });
  const dates = [draft.publishedAt, planned.publishedAt];
  const isSameDate = dates.includes(undefined) || dates[0] === dates[1];
  const isUnfinished = draft.publishedAt === undefined ? !planned.isDraft : hasUnpublishedChanges(draft);
  // An earlier import may have ended between saving and publishing.
  if (isSameText && isUnfinished) {
    await finish(core, draft, planned);
    return "imported";
  }
  if (isSameText && isSameDate) return "unchanged";
  if (!(await isAsImported(core, draft))) return "edited";
  const { title, slug, description, tags, markdown } = planned;
  const { postId, revision } = draft;
  await finish(
    core,
    await update(core, { title, slug, description, tags, settings, markdown, postId, revision }),
    planned,
  );
  return "updated";
}

async function findPost(core: ActorCore, lang: Locale, slug: string): Promise<Draft | undefined> {
  const { data: address } = await addresses(core).get({ lang, slug }).go({ consistent: true });
  if (!address) return undefined;
  try {
    return await readDraft(core, { postId: address.postId });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not_found") throw error;
    throw new AppError("conflict", { fields: { slug: [ruleSentence("slug_taken", core.locale)] } });
  }
}

async function createPost(core: ActorCore, planned: PlannedPost): Promise<Draft> {
  const { lang, slug, title, description, tags, markdown, settings } = planned;
  const others = await Promise.all(
    locales.filter((other) => other !== lang).map((other) => findPost(core, other, slug)),
  );
  const translationOf = others.find((other) => other !== undefined)?.postId;
  const fields = { lang, slug, title, description, tags, markdown, ...(settings ? { settings } : {}) };
  return create(atDate(core, planned), { ...fields, ...(translationOf ? { translationOf } : {}) });
}

/** Publishes unless the file is a draft, and notes what the post is like now. */
async function finish(core: ActorCore, draft: Draft, planned: PlannedPost): Promise<void> {
  const { postId, revision } = draft;
  let { publishedAt } = draft;
  if (!planned.isDraft) {
    const isFirst = publishedAt === undefined;
    if (!isFirst && planned.publishedAt && planned.publishedAt !== publishedAt) {
      const date = planned.publishedAt;
      await changePost(core, postId, async (post) => ({ next: { ...post, publishedAt: date }, items: [] }));
    }
    const published = await publish(isFirst ? atDate(core, planned) : core, { postId, revision });
    publishedAt = published.publishedAt;
  }
  const hash = hashOf({ ...draft, publishedAt });
  const importedAt = core.now().toISOString();
  await commit(core, [inTransaction(importedPosts(core)).put({ postId, hash, importedAt }).commit()]);
}

/** A core whose clock stands at the date of the file, so that an old text is not new on the day of its import. */
function atDate(core: ActorCore, { publishedAt }: PlannedPost): ActorCore {
  return publishedAt === undefined ? core : { ...core, now: () => new Date(publishedAt) };
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
