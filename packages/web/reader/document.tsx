import { type FeedFormat, feedFormats, feedPath } from "@haru/core/feed/feed.contract";
import type { Locale } from "@haru/core/locale";
import type { ReactNode } from "react";
import type { Thing } from "schema-dts";
import { siteUrl } from "../core.ts";
import { otherLocale } from "../features/site/address.ts";
import { SiteFooter } from "../features/site/site-footer.tsx";
import { SiteHeader } from "../features/site/site-header.tsx";
import type { SiteWords } from "../features/site/site-words.ts";
import { type AssetName, assetUrl } from "./assets.ts";
import { linkedData } from "./linked-data.ts";

export interface DocumentProps {
  readonly locale: Locale;
  readonly site: SiteWords;
  /** Absent on the front page, which bears the site's name. */
  readonly title?: string | undefined;
  readonly description: string;
  /** Path of this page, the one address that search engines should keep. Absent on error pages. */
  readonly path?: string | undefined;
  /** The same page in each language in which it exists. */
  readonly alternates?: Readonly<Partial<Record<Locale, string>>>;
  /** Path of the list that this page's feeds are of; those of the language when absent. */
  readonly feeds?: string | undefined;
  /** Paths of the same thing in other forms, each by its media type. */
  readonly forms?: Readonly<Record<string, string>> | undefined;
  /** What the page is in the words of schema.org, each thing an object. */
  readonly things?: readonly Thing[] | undefined;
  /** Path or address of the picture that shared cards show. */
  readonly image?: string | undefined;
  readonly article?: { readonly publishedAt: string; readonly updatedAt: string; readonly author: string };
  /** The island of this kind of page. */
  readonly script: AssetName;
  readonly current?: "posts" | undefined;
  /** Keeps the page out of search engines. */
  readonly hidden?: boolean;
  readonly children: ReactNode;
}

const openGraphLocale: Readonly<Record<Locale, string>> = { ko: "ko_KR", en: "en_US" };

/** The whole HTML of a reader page: the text, one style sheet, one script before paint and one island. */
export function Document(props: DocumentProps) {
  const { locale, site, path, alternates = {}, article, image } = props;
  const origin = path === undefined ? "" : siteUrl();
  const title = props.title === undefined ? site.name : `${props.title} · ${site.name}`;
  const other = otherLocale[locale];
  const feeds = props.feeds ?? `/${locale}`;
  return (
    <html lang={locale}>
      {/* biome-ignore lint/style/noHeadElement: this page is made without Next.js's page runtime. */}
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <script src={assetUrl("first.js")} />
        <link rel="stylesheet" href={assetUrl("reader.css")} />
        <script type="module" src={assetUrl(props.script)} />
        <title>{title}</title>
        <meta name="description" content={props.description} />
        {props.hidden && <meta name="robots" content="noindex" />}
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        {path !== undefined && (
          <>
            <link rel="canonical" href={origin + path} />
            {Object.entries(alternates).map(([lang, alternate]) => (
              <link key={lang} rel="alternate" hrefLang={lang} href={origin + alternate} />
            ))}
            {(Object.keys(feedFormats) as FeedFormat[]).map((format) => (
              <link
                key={format}
                rel="alternate"
                type={feedFormats[format].type}
                href={feedPath(feeds, format)}
                title={props.feeds === undefined ? site.name : title}
              />
            ))}
            {Object.entries(props.forms ?? {}).map(([type, form]) => (
              <link key={type} rel="alternate" type={type} href={form} />
            ))}
            <meta property="og:site_name" content={site.name} />
            <meta property="og:title" content={props.title ?? site.name} />
            <meta property="og:description" content={props.description} />
            <meta property="og:url" content={origin + path} />
            {image !== undefined && (
              <>
                <meta property="og:image" content={new URL(image, origin).href} />
                <meta name="twitter:card" content="summary_large_image" />
              </>
            )}
            <meta property="og:type" content={article ? "article" : "website"} />
            <meta property="og:locale" content={openGraphLocale[locale]} />
            {alternates[other] && <meta property="og:locale:alternate" content={openGraphLocale[other]} />}
          </>
        )}
        {article && (
          <>
            <meta name="author" content={article.author} />
            <meta property="article:published_time" content={article.publishedAt} />
            <meta property="article:modified_time" content={article.updatedAt} />
          </>
        )}
        <meta name="color-scheme" content="light dark" />
        {props.things && (
          <script
            type="application/ld+json"
            // biome-ignore lint/security/noDangerouslySetInnerHtml: data for programs, which no browser runs.
            dangerouslySetInnerHTML={{ __html: linkedData(props.things) }}
          />
        )}
      </head>
      <body>
        <SiteHeader
          locale={locale}
          site={site}
          current={props.current}
          otherLanguagePath={alternates[other]}
          untranslated={path !== undefined && alternates[other] === undefined}
        />
        {props.children}
        <SiteFooter locale={locale} site={site} otherLanguagePath={alternates[other]} />
      </body>
    </html>
  );
}
