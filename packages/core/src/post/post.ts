import { createConversions } from "electrodb";
import * as z from "zod";
import { decompress } from "../compression.ts";
import { timestampSchema } from "../contract.ts";
import type { Core } from "../core.ts";
import { readPage } from "../cursor.ts";
import { AppError } from "../errors.ts";
import { idSchema, type PostId, type WorkId } from "../id.ts";
import { operation } from "../operation.ts";
import { type PostSummary, type PublishedPost, postContract, slugSchema } from "./post.contract.ts";
import { publishedPages, publishedPosts, type Snapshot } from "./published-post.entity.ts";

/** What a published post's content holds, as JSON. */
export type Rendering = Pick<PublishedPost, "html" | "headings">;

const placeInLanguage = z.object({
  publishedAt: timestampSchema,
  postId: idSchema("post"),
  slug: slugSchema,
});

export const list = operation(postContract.list.input, async (core: Core, { lang, ...request }) => {
  const { toCursor } = createConversions(publishedPosts(core)).byAccessPattern.byLanguage.fromComposite;
  const page = await readPage(core, request, placeInLanguage, (after, limit) => {
    const cursor = after ? toCursor({ lang, ...after }) : null;
    return publishedPosts(core).query.byLanguage({ lang }).go({ order: "desc", limit, cursor });
  });
  return { ...page, items: page.items.map(summaryOf) };
});

export const read = operation(postContract.read.input, async (core: Core, address) => {
  // Consistent, because the site keeps what it reads right after a publication.
  const { data } = await publishedPages(core).collections.page(address).go({ consistent: true });
  const [post] = data.post;
  const [content] = data.content;
  if (!post || !content) throw new AppError("not_found");
  // The query fell between the two halves of a publication.
  if (post.revision !== content.revision) throw new AppError("unavailable");
  const [rendering, translations] = await Promise.all([
    decompress(content.rendering),
    publishedTranslations(core, post.workId),
  ]);
  return {
    ...summaryOf(post),
    ...(JSON.parse(rendering) as Rendering),
    translations: translations
      .filter(({ postId }) => postId !== post.postId)
      .map(({ lang, slug, title }) => ({ lang, slug, title })),
  };
});

/** The published languages of a work, at most one post each. */
export async function publishedTranslations(core: Core, workId: WorkId): Promise<Snapshot[]> {
  const { data } = await publishedPosts(core).query.byWork({ workId }).go();
  return data;
}

/** @throws AppError `not_found` while the post is not published */
export async function publishedPostOf(core: Core, postId: PostId): Promise<Snapshot> {
  const { data } = await publishedPosts(core).query.byPost({ postId }).go();
  const [post] = data;
  if (!post) throw new AppError("not_found");
  return post;
}

function summaryOf(post: Snapshot): PostSummary {
  const { postId, lang, slug, title, description, tags, author } = post;
  const { publishedAt, updatedAt, readingMinutes, commentCount } = post;
  return {
    postId,
    lang,
    slug,
    title,
    description,
    tags,
    author,
    publishedAt,
    updatedAt,
    readingMinutes,
    commentCount,
  };
}
