import { createHash } from "node:crypto";
import { ApiError } from "@haru/core/client";
import { type FeedFormat, feedFormats, feedPath, formatOfFile } from "@haru/core/feed/feed.contract";
import { type ListKey, listKeyOf } from "@haru/core/list/list.contract";
import { defaultLocale, type Locale, localeSchema } from "@haru/core/locale";
import { membersTag } from "@haru/core/page-tag";
import { cachedApi } from "../../api.ts";
import { siteUrl } from "../../core.ts";
import { listHeading } from "../../features/post/list-heading.ts";
import { authorPath, postPath } from "../../features/site/address.ts";
import { type SiteWords, siteWords } from "../../features/site/site-words.ts";
import { decode, movedTo, notFound } from "../answer.tsx";
import { type ListPlace, placeOf } from "../list-place.ts";
import { cacheControl } from "../respond.ts";
import { dataContentSecurityPolicy } from "../security.ts";
import { readSettings } from "../site.ts";
import { renderAtom } from "./atom.ts";
import { type Feed, withWholeAddresses } from "./feed.ts";
import { renderJsonFeed } from "./json-feed.ts";
import { renderRss } from "./rss.ts";

const renderers: Readonly<Record<FeedFormat, (feed: Feed) => string>> = {
  rss: renderRss,
  atom: renderAtom,
  json: renderJsonFeed,
};

/** A feed without a post has to say some time as well. */
const beforeAnyPost = "2026-01-01T00:00:00.000Z";

/** Where a feed is asked for: of everything, of a language, or of one of its lists. */
interface Scope {
  readonly lang: Locale | undefined;
  readonly place: ListPlace | undefined;
}

/**
 * A feed by its path, for instance `feed.xml`, `ko/atom.xml`, `ko/tags/가을/feed.json`.
 * @param segments as Next hands them over, each escaped or not
 */
export async function feedAnswer(segments: readonly string[]): Promise<Response> {
  const [file = "", ...scopeSegments] = segments.map(decode).toReversed();
  const format = formatOfFile(file);
  const scope = scopeOf(scopeSegments.toReversed());
  if (!format || !scope) return notFound(scope?.lang ?? defaultLocale);
  try {
    const feed = await readFeed(scope, format);
    if (typeof feed === "string") return movedTo(feedPath(feed, format));
    const body = renderers[format](feed);
    const links = [`<${feed.feedUrl}>; rel="self"`, ...(feed.hubUrl ? [`<${feed.hubUrl}>; rel="hub"`] : [])];
    return new Response(body, {
      headers: {
        "content-type": `${feedFormats[format].type}; charset=utf-8`,
        "cache-control": cacheControl,
        "content-security-policy": dataContentSecurityPolicy,
        etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`,
        link: links.join(", "),
        "last-modified": new Date(feed.updatedAt).toUTCString(),
      },
    });
  } catch (error) {
    if (error instanceof ApiError && error.code === "not_found") return notFound(scope.lang ?? defaultLocale);
    throw error;
  }
}

function scopeOf([lang, kind, name, ...rest]: readonly string[]): Scope | undefined {
  if (lang === undefined) return { lang: undefined, place: undefined };
  const locale = localeSchema.safeParse(lang).data;
  if (!locale || rest.length > 0) return undefined;
  if (kind === undefined) return { lang: locale, place: undefined };
  const place = name === undefined ? undefined : placeOf(locale, kind, name);
  return place ? { lang: locale, place } : undefined;
}

/** The feed; or the path of the list that has taken the place of the one that was asked for. */
async function readFeed({ lang, place }: Scope, format: FeedFormat): Promise<Feed | string> {
  const origin = siteUrl();
  const key: ListKey = place?.key ?? listKeyOf({ lang });
  const locale = lang ?? defaultLocale;
  const { items, list } = await cachedApi(locale, [membersTag(key)]).list.feed(place?.filter ?? { lang });
  const present = place && list && list.name !== key.name ? placeOf(locale, "tags", list.name) : undefined;
  if (present) return present.path;
  const settings = await readSettings();
  const site = siteWords(settings, locale);
  const path = place?.path ?? (lang ? `/${lang}` : "");
  return {
    title: titleOf(locale, site, place, list?.title),
    description: list?.description ?? site.tagline,
    pageUrl: `${origin}${path || "/"}`,
    feedUrl: origin + feedPath(path, format),
    hubUrl: settings.feedHub === "" ? undefined : new URL(settings.feedHub).href,
    language: lang,
    updatedAt: items.map(({ updatedAt }) => updatedAt).reduce((a, b) => (a > b ? a : b), beforeAnyPost),
    entries: items.map((post) => {
      const url = origin + postPath(post.lang, post.slug);
      return {
        id: `tag:${new URL(origin).hostname},2026:${post.postId}`,
        url,
        title: post.title,
        summary: post.description,
        html: post.html === undefined ? undefined : withWholeAddresses(post.html, url),
        language: post.lang,
        author: {
          name: post.author.displayName,
          url: origin + authorPath(post.lang, post.author.accountId),
        },
        tags: post.tags,
        publishedAt: post.publishedAt,
        updatedAt: post.updatedAt,
      };
    }),
  };
}

function titleOf(locale: Locale, { name }: SiteWords, place: ListPlace | undefined, title = ""): string {
  if (!place) return name;
  return `${listHeading(place.key, title, locale)} · ${name}`;
}
