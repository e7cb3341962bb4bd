import type { ListKey } from "@haru/core/list/list.contract";
import type { Locale } from "@haru/core/locale";
import { listsTag, listTag, membersTag, pageTag } from "@haru/core/page-tag";
import { type PublishedPost, slugSchema } from "@haru/core/post/post.contract";
import type { Profile } from "@haru/core/profile/profile.contract";
import { cachedApi } from "../api.ts";
import { olderPath, otherLocale, postPath } from "../features/site/address.ts";
import { decode, ifThere, inLanguage, movedTo, notFound } from "./answer.tsx";
import { Archive } from "./archive.tsx";
import { findAuthor, nameOf, placeOfAuthor, readAuthor } from "./author.ts";
import { Home } from "./home.tsx";
import { ListPage } from "./list-page.tsx";
import { type ListPlace, placeOf } from "./list-place.ts";
import { Notice } from "./notice.tsx";
import { Post } from "./post.tsx";
import { respond } from "./respond.ts";
import { policyFor } from "./security.ts";
import { Series, SeriesIndex } from "./series.tsx";
import { readSite } from "./site.ts";
import { TagIndex } from "./tag-index.tsx";

const postsPerPage = 20;
const tagsPerPage = 300;
const mostSeries = 500;
/** Above the others on the front page. */
const mostPinned = 3;
/** Forty years of months. */
const monthsPerPage = 500;

/** `/ko`, and with a cursor `/ko/before/<cursor>`. */
export function homePage(lang: string, cursorSegment?: string): Promise<Response> {
  return inLanguage(lang, cursorSegment === undefined ? "" : `/before/${cursorSegment}`, async (locale) => {
    const cursor = cursorSegment === undefined ? undefined : decode(cursorSegment);
    const list: ListKey = { lang: locale, kind: "all", name: "posts" };
    const page = await cachedApi(locale, [listTag(list)]).list.posts({
      lang: locale,
      limit: postsPerPage,
      cursor,
    });
    const site = await readSite(locale);
    const pinned = cursor === undefined ? await readPinned(locale) : [];
    return respond(
      <Home
        locale={locale}
        site={site}
        pinned={pinned}
        posts={page.items}
        nextCursor={page.cursor}
        cursor={cursor}
      />,
    );
  });
}

async function readPinned(lang: Locale) {
  const api = cachedApi(lang, [listTag({ lang, kind: "shelf", name: "pinned" })]);
  return (await api.list.posts({ lang, shelf: "pinned", limit: mostPinned })).items;
}

/** `/ko/posts/<slug>`; another spelling of the slug, and each earlier address, leads to the one where it is. */
export function postPage(lang: string, slugSegment: string): Promise<Response> {
  return inLanguage(lang, `/posts/${slugSegment}`, async (locale) => {
    const asked = decode(slugSegment);
    const slug = slugSchema.safeParse(asked).data;
    if (slug === undefined) return notFound(locale);
    if (slug !== asked) return movedTo(postPath(locale, slug));
    const post = await ifThere(readPost(locale, slug));
    if (!post) return withoutTranslation(locale, slug);
    if (post.slug !== slug) return movedTo(postPath(locale, post.slug));
    const tags = [pageTag(locale, slug), ...listsBeside(post).map(membersTag)];
    const [around, author] = await Promise.all([
      cachedApi(locale, tags).list.around({ lang: locale, slug }),
      findAuthor(locale, post.author.accountId),
    ]);
    const page = <Post post={post} author={author} site={await readSite(locale)} around={around} />;
    return respond(page, 200, policyFor(post.html));
  });
}

function readPost(lang: Locale, slug: string): Promise<PublishedPost> {
  return cachedApi(lang, [pageTag(lang, slug)]).post.read({ lang, slug });
}

/** Offers what stands at the same address in the other language, and leads on where its translation has another one. */
async function withoutTranslation(locale: Locale, slug: string): Promise<Response> {
  const original = await ifThere(readPost(otherLocale[locale], slug), ["not_found", "gone"]);
  if (!original) return notFound(locale);
  const translation = original.translations.find(({ lang }) => lang === locale);
  if (translation) return movedTo(postPath(locale, translation.slug));
  const site = await readSite(locale);
  return respond(<Notice locale={locale} site={site} kind="untranslated" original={original} />, 404);
}

/**
 * `/ko/tags/<tag>`, `/ko/authors/<handle>`, `/ko/archive/<month>`, each with `/before/<cursor>`, and
 * `/ko/series/<name>`, which is whole.
 */
export function listPage(lang: string, segments: readonly [string, ...string[]]): Promise<Response> {
  return inLanguage(lang, `/${segments.join("/")}`, async (locale) => {
    const [kind, segment = "", before, cursorSegment, ...rest] = segments;
    const name = decode(segment);
    const author = kind === "authors" ? await readAuthor(locale, name) : undefined;
    const place = author ? placeOfAuthor(locale, author) : placeOf(locale, kind, name);
    const isFirst = before === undefined;
    const isLater = before === "before" && cursorSegment !== undefined && rest.length === 0;
    const isPage = isFirst || (isLater && place?.key.kind !== "series");
    if (!place || !isPage) return notFound(locale);
    const cursor = isFirst ? undefined : decode(cursorSegment ?? "");
    if ((author ? nameOf(author) : place.key.name) !== name)
      return movedTo(cursor === undefined ? place.path : olderPath(place.path, cursor));
    return place.key.kind === "series"
      ? respond(await renderSeries(locale, place))
      : renderList(locale, place, cursor, author);
  });
}

async function renderList(
  locale: Locale,
  place: ListPlace,
  cursor: string | undefined,
  author: Profile | undefined,
) {
  const {
    items,
    list,
    cursor: next,
  } = await cachedApi(locale, [listTag(place.key)]).list.posts({
    ...place.filter,
    limit: postsPerPage,
    cursor,
  });
  // A tag that has another name by now.
  const present = list && list.name !== place.key.name ? placeOf(locale, "tags", list.name) : undefined;
  if (present) return movedTo(cursor === undefined ? present.path : olderPath(present.path, cursor));
  return respond(
    <ListPage
      locale={locale}
      site={await readSite(locale)}
      place={place}
      title={author?.displayName ?? list?.title ?? place.key.name}
      about={author?.bio || list?.description}
      avatar={author?.avatar}
      count={list?.count ?? items.length}
      posts={items}
      cursor={cursor}
      nextCursor={next}
    />,
  );
}

async function renderSeries(locale: Locale, { key, path }: ListPlace) {
  const api = cachedApi(locale, [membersTag(key)]);
  const { list, parts } = await api.list.series({ lang: locale, name: key.name });
  return <Series locale={locale} site={await readSite(locale)} path={path} list={list} parts={parts} />;
}

/** `/ko/series`. */
export function seriesIndexPage(lang: string): Promise<Response> {
  return inLanguage(lang, "/series", async (locale) => {
    const { items } = await cachedApi(locale, [listsTag(locale, "series")]).list.all({
      lang: locale,
      kind: "series",
      limit: mostSeries,
    });
    return respond(<SeriesIndex locale={locale} site={await readSite(locale)} series={items} />);
  });
}

/** `/ko/tags`; later pages are `/ko/tag-index/<cursor>`, since `/ko/tags/<tag>` is a tag. */
export function tagIndexPage(lang: string, cursorSegment?: string): Promise<Response> {
  return inLanguage(
    lang,
    cursorSegment === undefined ? "/tags" : `/tag-index/${cursorSegment}`,
    async (locale) => {
      const cursor = cursorSegment === undefined ? undefined : decode(cursorSegment);
      const page = await cachedApi(locale, [listsTag(locale, "tag")]).list.all({
        lang: locale,
        kind: "tag",
        limit: tagsPerPage,
        cursor,
      });
      const site = await readSite(locale);
      return respond(
        <TagIndex locale={locale} site={site} tags={page.items} cursor={cursor} nextCursor={page.cursor} />,
      );
    },
  );
}

/** `/ko/archive`. */
export function archivePage(lang: string): Promise<Response> {
  return inLanguage(lang, "/archive", async (locale) => {
    const { items } = await cachedApi(locale, [listsTag(locale, "month")]).list.all({
      lang: locale,
      kind: "month",
      limit: monthsPerPage,
    });
    return respond(<Archive locale={locale} site={await readSite(locale)} months={items} />);
  });
}

/** The lists whose other posts are named beside a post: those of its tags, and its series. */
function listsBeside({ lang, tags, settings }: PublishedPost): ListKey[] {
  const names = [...tags.map((tag) => ["tags", tag] as const), ["series", settings.series] as const];
  return names.flatMap(([kind, name]) => placeOf(lang, kind, name)?.key ?? []);
}
