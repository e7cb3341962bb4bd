import { defaultLocale, type Locale } from "@haru/core/locale";
import { siteTag } from "@haru/core/page-tag";
import type { SiteSettings } from "@haru/core/site/site.contract";
import { cachedApi } from "../api.ts";
import { type SiteWords, siteWords } from "../features/site/site-words.ts";

/** The site's settings, kept until an administrator changes them. */
export function readSettings(): Promise<SiteSettings> {
  return cachedApi(defaultLocale, [siteTag]).site.read({});
}

/** What the site is called and where its menu leads, in one language. */
export async function readSite(locale: Locale): Promise<SiteWords> {
  return siteWords(await readSettings(), locale);
}
