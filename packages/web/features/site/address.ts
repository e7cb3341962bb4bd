import { listPath } from "@haru/core/feed/feed.contract";
import { tagKeyOf } from "@haru/core/list/list.contract";
import { type Locale, localeSchema } from "@haru/core/locale";

export const otherLocale: Readonly<Record<Locale, Locale>> = { ko: "en", en: "ko" };

/** The post's address; slugs hold letters, digits and hyphens, so that only Hangul is escaped. */
export function postPath(lang: Locale, slug: string): string {
  return `/${lang}/posts/${encodeURIComponent(slug)}`;
}

/** Where the posts of a tag are, or nothing for a tag that no address can hold. */
export function tagPath(lang: Locale, tag: string): string | undefined {
  const key = tagKeyOf(tag);
  return key === "" ? undefined : listPath({ lang, kind: "tag", name: key });
}

export function tagsPath(lang: Locale): string {
  return `/${lang}/tags`;
}

/** Where the parts of a series are, or nothing for a name that no address can hold. */
export function seriesPath(lang: Locale, series: string): string | undefined {
  const key = tagKeyOf(series);
  return key === "" ? undefined : listPath({ lang, kind: "series", name: key });
}

export function seriesIndexPath(lang: Locale): string {
  return `/${lang}/series`;
}

/**
 * Where an author's posts are.
 * @param name the handle or the account's id, which leads to the handle
 */
export function authorPath(lang: Locale, name: string): string {
  return `/${lang}/authors/${encodeURIComponent(name)}`;
}

export function archivePath(lang: Locale): string {
  return `/${lang}/archive`;
}

/** @param month `2026-11` */
export function monthPath(lang: Locale, month: string): string {
  return `/${lang}/archive/${month}`;
}

/** A later page of a list, beginning after the place that the cursor names. */
export function olderPath(list: string, cursor: string): string {
  return `${list}/before/${encodeURIComponent(cursor)}`;
}

/** The language that an address begins with. */
export function localeOfPath(path: string): Locale | undefined {
  return localeSchema.safeParse(path.split("/")[1]).data;
}
