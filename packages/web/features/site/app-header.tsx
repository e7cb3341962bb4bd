"use client";

import type { Locale } from "@haru/core/locale";
import { usePathname } from "next/navigation";
import { otherLocale } from "./address.ts";
import { SiteHeader } from "./site-header.tsx";
import type { SiteWords } from "./site-words.ts";

/** The bar on application pages, where moving from page to page does not load it anew. */
export function AppHeader({ locale, site }: { locale: Locale; site: SiteWords }) {
  const path = usePathname() ?? `/${locale}`;
  const isTodos = path.startsWith(`/${locale}/todos`);
  return (
    <SiteHeader
      locale={locale}
      site={site}
      current={path.startsWith(`/${locale}/write`) ? "myPosts" : isTodos ? "todos" : undefined}
      otherLanguagePath={path.replace(`/${locale}`, `/${otherLocale[locale]}`)}
    />
  );
}
