import { type Locale, localeSchema } from "@haru/core/locale";

export const otherLocale: Readonly<Record<Locale, Locale>> = { ko: "en", en: "ko" };

/** The post's address; slugs hold letters, digits and hyphens, so that only Hangul is escaped. */
export function postPath(lang: Locale, slug: string): string {
  return `/${lang}/posts/${encodeURIComponent(slug)}`;
}

/** The language that an address begins with. */
export function localeOfPath(path: string): Locale | undefined {
  return localeSchema.safeParse(path.split("/")[1]).data;
}
