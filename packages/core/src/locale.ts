import * as z from "zod";

/** The languages of the site, the first one being the default. */
export const locales = ["ko", "en"] as const;
export type Locale = (typeof locales)[number];
export const defaultLocale: Locale = "ko";
export const localeSchema = z.enum(locales).meta({ id: "Locale" });

/**
 * The language to answer in, from an `Accept-Language` header (RFC 9110, section 12.5.4).
 * Unknown or malformed headers give `otherwise`.
 */
export function negotiateLocale(acceptLanguage: string | undefined, otherwise = defaultLocale): Locale {
  const ranked = (acceptLanguage ?? "")
    .split(",")
    .map((entry) => {
      const [tag = "", ...parameters] = entry.trim().toLowerCase().split(";");
      const quality = parameters.map((p) => p.trim()).find((p) => p.startsWith("q="));
      return { language: tag.split("-")[0] ?? "", weight: quality ? Number(quality.slice(2)) : 1 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { language } of ranked) {
    const match = locales.find((locale) => locale === language);
    if (match) return match;
  }
  return otherwise;
}
