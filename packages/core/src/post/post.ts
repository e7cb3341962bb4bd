import { decompress } from "../compression.ts";
import type { Core } from "../core.ts";
import { AppError, isMissing } from "../errors.ts";
import type { PostId, WorkId } from "../id.ts";
import type { Locale } from "../locale.ts";
import { findPicture, showPictures } from "../media/shown.ts";
import { operation } from "../operation.ts";
import { type PostSummary, type PublishedPost, postContract } from "./post.contract.ts";
import { translations } from "./post.entity.ts";
import {
  publications,
  publishedPages,
  publishedPosts,
  publishedSources,
  type Snapshot,
} from "./published-post.entity.ts";
import { settingsOf } from "./settings.ts";

/** What a published post's content holds, as JSON. */
export type Rendering = Pick<PublishedPost, "html" | "headings">;

interface Address {
  readonly lang: Locale;
  readonly slug: string;
}

export const read = operation(
  postContract.read.input,
  async (core: Core, address): Promise<PublishedPost> => {
    const { post, content } = await readPage(core, address);
    const [rendering, languages, cover] = await Promise.all([
      decompress(content.rendering),
      publishedTranslations(core, post.workId),
      findPicture(core, post.settings?.cover?.src),
    ]);
    const { html, headings } = JSON.parse(rendering) as Rendering;
    return {
      ...summaryOf(post),
      html: await showPictures(core, html),
      headings,
      ...(cover ? { cover } : {}),
      ...(post.card ? { card: `/${post.card}` } : {}),
      translations: languages.filter(({ lang }) => lang !== post.lang),
    };
  },
);

export const source = operation(postContract.source.input, async (core: Core, address) => {
  const { post } = await readPage(core, address);
  const { lang, slug } = post;
  const { data } = await publishedSources(core).get({ lang, slug }).go({ consistent: true });
  if (!data) throw new AppError("unavailable");
  return { ...summaryOf(post), markdown: await decompress(data.markdown) };
});

/**
 * The page at an address, or the one that its post has moved to. Consistent, because the site keeps
 * what it reads right after a publication.
 * @throws AppError `gone` for an address whose post was deleted, `not_found` for one that readers never had
 */
async function readPage(core: Core, asked: Address) {
  const { data } = await publishedPages(core).collections.page(asked).go({ consistent: true });
  const [post] = data.post;
  const [content] = data.content;
  const [address] = data.address;
  // The query fell between the two halves of a publication.
  if (post?.revision !== content?.revision) throw new AppError("unavailable");
  if (post && content) return { post, content };
  if (!address?.publicSince) throw new AppError("not_found");
  const moved = await addressOf(core, address.postId);
  if (moved.slug === asked.slug) throw new AppError("unavailable");
  return readPage(core, moved);
}

/** @throws AppError `not_found` while the post is not published, `gone` when it was deleted */
async function addressOf(core: Core, postId: PostId): Promise<Address> {
  const { data } = await publications(core).get({ postId }).go({ consistent: true });
  if (data?.state === "deleted") throw new AppError("gone");
  if (data?.state !== "public") throw new AppError("not_found");
  const { lang, slug } = data;
  return { lang, slug };
}

/** The languages in which readers find a work, its own included: at most one post each. */
export async function publishedTranslations(core: Core, workId: WorkId) {
  const { data } = await translations(core).query.byLanguage({ workId }).go({ consistent: true });
  return data.flatMap(({ lang, published }) =>
    published ? [{ lang, slug: published.slug, title: published.title }] : [],
  );
}

/** @throws AppError `not_found` while the post is not published, `gone` when it was deleted */
export async function publishedPostOf(core: Core, postId: PostId): Promise<Snapshot> {
  const [post] = await readSnapshots(core, [await addressOf(core, postId)]);
  if (post?.postId !== postId) throw new AppError("not_found");
  return post;
}

/** The same for who can do without the post; nothing when it is not on the site. */
export async function findPublishedPost(core: Core, postId: PostId): Promise<Snapshot | undefined> {
  try {
    return await publishedPostOf(core, postId);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The snapshots at some addresses, in their order. What has left the site since is left out. */
export async function readSnapshots(core: Core, places: readonly Address[]): Promise<Snapshot[]> {
  const keyOf = ({ lang, slug }: Address) => `${lang}/${slug}`;
  const keys = new Map(places.map(({ lang, slug }) => [keyOf({ lang, slug }), { lang, slug }]));
  if (keys.size === 0) return [];
  const { data, unprocessed } = await publishedPosts(core)
    .get([...keys.values()])
    .go({ consistent: true });
  if (unprocessed.length > 0) throw new AppError("unavailable");
  const found = new Map(data.map((post) => [keyOf(post), post]));
  return places.flatMap((place) => found.get(keyOf(place)) ?? []);
}

export function summaryOf(post: Snapshot): PostSummary {
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
    settings: settingsOf(post),
  };
}
