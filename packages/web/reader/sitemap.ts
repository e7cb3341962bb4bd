import { type Locale, locales } from "@haru/core/locale";
import { listsTag, membersTag } from "@haru/core/page-tag";
import { cachedApi } from "../api.ts";
import { siteUrl } from "../core.ts";
import {
  archivePath,
  postPath,
  seriesIndexPath,
  seriesPath,
  tagPath,
  tagsPath,
} from "../features/site/address.ts";
import { escapeXml, textElement, xmlDeclaration } from "./feed/xml.ts";
import { cacheControl } from "./respond.ts";
import { dataContentSecurityPolicy } from "./security.ts";

/** Forty years of months. */
const mostMonths = 500;
const mostLists = 500;
const mostPages = 50;
const postsPerCall = 500;
/** No sitemap may hold more than 50,000 addresses. */
const mostCalls = 100;

interface Entry {
  readonly path: string;
  readonly updatedAt?: string;
  /** The same page in each language in which it exists, its own included. */
  readonly alternates?: Readonly<Partial<Record<Locale, string>>>;
}

function xmlAnswer(body: string): Response {
  return new Response(xmlDeclaration + body, {
    headers: {
      "content-type": "application/xml; charset=utf-8",
      "cache-control": cacheControl,
      "content-security-policy": dataContentSecurityPolicy,
    },
  });
}

async function monthsOf(lang: Locale) {
  const { items } = await cachedApi(lang, [listsTag(lang, "month")]).list.all({
    lang,
    kind: "month",
    limit: mostMonths,
  });
  return items;
}

/** `/sitemap.xml`: one sitemap for each month of a language, and one for what is no post. */
export async function sitemapIndex(): Promise<Response> {
  const origin = siteUrl();
  const months = await Promise.all(
    locales.map(async (lang) => (await monthsOf(lang)).map((month) => ({ lang, ...month }))),
  );
  const maps = [
    ...locales.map((lang) => textElement("loc", `${origin}/sitemap/${lang}.xml`)),
    ...months
      .flat()
      .map(
        ({ lang, name, updatedAt }) =>
          textElement("loc", `${origin}/sitemap/${lang}-${name}.xml`) + textElement("lastmod", updatedAt),
      ),
  ];
  const rows = maps.map((map) => `<sitemap>${map}</sitemap>`);
  return xmlAnswer(
    `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${rows.join("\n")}\n</sitemapindex>\n`,
  );
}

/**
 * `/sitemap/ko.xml` and `/sitemap/ko-2026-11.xml`.
 * @returns nothing for a name that no sitemap has
 */
export async function sitemap(file: string): Promise<Response | undefined> {
  const [, lang, month] = /^(ko|en)(?:-(\d{4}-(?:0[1-9]|1[0-2])))?\.xml$/.exec(file) ?? [];
  if (lang === undefined) return undefined;
  const locale = lang as Locale;
  return urlSet(month === undefined ? await pagesOf(locale) : await postsOf(locale, month));
}

async function pagesOf(lang: Locale): Promise<Entry[]> {
  const listsOf = (kind: "tag" | "series") =>
    cachedApi(lang, [listsTag(lang, kind)]).list.all({ lang, kind, limit: mostLists });
  const shelf = { lang, kind: "shelf", name: "pages" } as const;
  const [tags, series, pages] = await Promise.all([
    listsOf("tag"),
    listsOf("series"),
    cachedApi(lang, [membersTag(shelf)]).list.posts({ lang, shelf: "pages", limit: mostPages }),
  ]);
  const inBoth = (pathIn: (lang: Locale) => string): Entry => ({
    path: pathIn(lang),
    alternates: { ko: pathIn("ko"), en: pathIn("en") },
  });
  return [
    inBoth((each) => `/${each}`),
    inBoth(archivePath),
    inBoth(tagsPath),
    inBoth(seriesIndexPath),
    ...pages.items.map(({ slug, updatedAt }) => ({ path: postPath(lang, slug), updatedAt })),
    ...series.items.map(({ name, updatedAt }) => ({ path: seriesPath(lang, name) ?? "", updatedAt })),
    ...tags.items.map(({ name, updatedAt }) => ({ path: tagPath(lang, name) ?? "", updatedAt })),
  ];
}

async function postsOf(lang: Locale, month: string): Promise<Entry[]> {
  const api = cachedApi(lang, [membersTag({ lang, kind: "month", name: month })]);
  const entries: Entry[] = [];
  let cursor: string | undefined;
  for (let call = 0; call < mostCalls; call++) {
    const page = await api.list.addresses({ lang, month, limit: postsPerCall, cursor });
    for (const { slug, updatedAt, translations } of page.items) {
      const path = postPath(lang, slug);
      const others = translations.map((other) => [other.lang, postPath(other.lang, other.slug)] as const);
      entries.push({ path, updatedAt, alternates: { [lang]: path, ...Object.fromEntries(others) } });
    }
    cursor = page.cursor;
    if (cursor === undefined) break;
  }
  return entries;
}

function urlSet(entries: readonly Entry[]): Response {
  const origin = siteUrl();
  const rows = entries.map(({ path, updatedAt, alternates = {} }) => {
    const links = Object.entries(alternates).map(
      ([lang, to]) => `<xhtml:link rel="alternate" hreflang="${lang}" href="${escapeXml(origin + to)}"/>`,
    );
    const parts = [
      textElement("loc", origin + path),
      ...(updatedAt === undefined ? [] : [textElement("lastmod", updatedAt)]),
      ...(links.length > 1 ? links : []),
    ];
    return `<url>${parts.join("")}</url>`;
  });
  const names =
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"';
  return xmlAnswer(`<urlset ${names}>\n${rows.join("\n")}\n</urlset>\n`);
}
