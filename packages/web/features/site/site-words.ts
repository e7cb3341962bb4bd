import type { Locale } from "@haru/core/locale";
import type { SiteLink, SiteSettings } from "@haru/core/site/site.contract";
import { siteMessages } from "./messages.ts";

/** What every page says of the site itself. */
export interface SiteWords {
  readonly name: string;
  readonly tagline: string;
  readonly navigation: readonly SiteLink[];
  readonly socialLinks: readonly SiteLink[];
}

/** The settings in one language; where they are silent, the product's own words. */
export function siteWords({ words, socialLinks }: SiteSettings, locale: Locale): SiteWords {
  const { title, description, navigation } = words[locale];
  const { name, tagline } = siteMessages[locale];
  return { name: title || name, tagline: description || tagline, navigation, socialLinks };
}
