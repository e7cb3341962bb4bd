import { randomBytes } from "node:crypto";
import { accountOf } from "../account/account.ts";
import { decompress } from "../compression.ts";
import type { ActorCore, Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { PostId } from "../id.ts";
import { operation } from "../operation.ts";
import { readOwnPost } from "../post/draft.ts";
import { drafts } from "../post/post.entity.ts";
import { settingsOf } from "../post/settings.ts";
import { mostPreviewLinks, type PreviewLink, previewLinkContract } from "./preview-link.contract.ts";
import { type PreviewLinkRow, previewLinks } from "./preview-link.entity.ts";

const daySeconds = 24 * 60 * 60;

export const create = operation(
  previewLinkContract.create.input,
  async (core: ActorCore, { postId, days }): Promise<PreviewLink> => {
    if ((await linksOf(core, postId)).length >= mostPreviewLinks) throw new AppError("conflict");
    const now = core.now();
    const link = {
      postId,
      token: randomBytes(16).toString("base64url"),
      createdAt: now.toISOString(),
      expireAt: Math.floor(now.getTime() / 1000) + days * daySeconds,
    };
    await previewLinks(core).create(link).go();
    return linkOf(link);
  },
);

export const list = operation(previewLinkContract.list.input, async (core: ActorCore, { postId }) => ({
  items: await linksOf(core, postId),
}));

export const withdraw = operation(
  previewLinkContract.withdraw.input,
  async (core: ActorCore, { postId, token }) => {
    await ownPost(core, postId);
    await previewLinks(core).delete({ postId, token }).go();
    return { items: await linksOf(core, postId) };
  },
);

/** Whoever has the address may read the draft, so that nobody is asked who they are. */
export const open = operation(previewLinkContract.open.input, async (core: Core, { postId, token }) => {
  const [{ data: link }, { data: draft }] = await Promise.all([
    previewLinks(core).get({ postId, token }).go({ consistent: true }),
    drafts(core).collections.draft({ postId }).go({ consistent: true }),
  ]);
  const [post] = draft.post;
  const [content] = draft.content;
  if (!link || !isGood(core, link) || !post || !content || post.state === "deleted")
    throw new AppError("not_found");
  const { accountId, displayName } = await accountOf(core, post.authorId);
  const { renderPost } = await import("../markdown/render.ts");
  const { html, headings, readingMinutes, excerpt } = renderPost(await decompress(content.markdown));
  const { lang, title, tags, updatedAt } = post;
  return {
    lang,
    title,
    description: post.description || excerpt,
    tags,
    settings: settingsOf(post),
    author: { accountId, displayName },
    updatedAt,
    expiresAt: linkOf(link).expiresAt,
    readingMinutes,
    html,
    headings: [...headings],
  };
});

async function linksOf(core: ActorCore, postId: PostId): Promise<PreviewLink[]> {
  await ownPost(core, postId);
  const { data } = await previewLinks(core)
    .query.byPost({ postId })
    .go({ limit: mostPreviewLinks * 2, consistent: true });
  return data
    .filter((link) => isGood(core, link))
    .map(linkOf)
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}

async function ownPost(core: ActorCore, postId: PostId): Promise<void> {
  const { state } = await readOwnPost(core, postId);
  if (state === "deleted") throw new AppError("gone");
}

/** The table deletes late. */
function isGood({ now }: Core, { expireAt }: PreviewLinkRow): boolean {
  return expireAt > now().getTime() / 1000;
}

function linkOf({ token, createdAt, expireAt }: PreviewLinkRow): PreviewLink {
  return { token, createdAt, expiresAt: new Date(expireAt * 1000).toISOString() };
}
