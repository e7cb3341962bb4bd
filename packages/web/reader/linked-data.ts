import type { Locale } from "@haru/core/locale";
import type { PublishedPost } from "@haru/core/post/post.contract";
import { authorPath, postPath } from "../features/site/address.ts";
import type { SiteWords } from "../features/site/site-words.ts";

/** Things of schema.org as JSON-LD. Nothing in a text can end the element that it stands in. */
export function linkedData(things: readonly object[]): string {
  return JSON.stringify({ "@context": "https://schema.org", "@graph": things }).replaceAll("<", "\\u003c");
}

/** The site in one language, and how it is searched. */
export function webSite(origin: string, locale: Locale, { name, tagline }: SiteWords): object {
  return {
    "@type": "WebSite",
    "@id": `${origin}/${locale}#site`,
    url: `${origin}/${locale}`,
    name,
    description: tagline,
    inLanguage: locale,
    potentialAction: {
      "@type": "SearchAction",
      target: { "@type": "EntryPoint", urlTemplate: `${origin}/${locale}/search?q={search_term_string}` },
      "query-input": "required name=search_term_string",
    },
  };
}

/** A post, who wrote it, and the way to it from the front page. */
export function blogPosting(
  origin: string,
  post: PublishedPost,
  site: SiteWords,
  /** Path or address of its picture. */
  image?: string,
): object[] {
  const url = origin + postPath(post.lang, post.slug);
  const author = person(origin, post);
  return [
    {
      "@type": "BlogPosting",
      "@id": `${url}#post`,
      mainEntityOfPage: url,
      url,
      headline: post.title,
      description: post.description,
      inLanguage: post.lang,
      datePublished: post.publishedAt,
      dateModified: post.updatedAt,
      timeRequired: `PT${post.readingMinutes}M`,
      commentCount: post.commentCount,
      ...(image === undefined ? {} : { image: new URL(image, origin).href }),
      ...(post.tags.length > 0 ? { keywords: post.tags } : {}),
      author: { "@id": author["@id"] },
      publisher: { "@id": author["@id"] },
      isPartOf: { "@id": `${origin}/${post.lang}#site` },
    },
    author,
    webSite(origin, post.lang, site),
    {
      "@type": "BreadcrumbList",
      itemListElement: [crumb(1, site.name, `${origin}/${post.lang}`), crumb(2, post.title, url)],
    },
  ];
}

/** A page that stands alone, and the way to it from the front page. */
export function webPage(origin: string, post: PublishedPost, site: SiteWords): object[] {
  const url = origin + postPath(post.lang, post.slug);
  return [
    {
      "@type": "WebPage",
      "@id": `${url}#page`,
      url,
      name: post.title,
      description: post.description,
      inLanguage: post.lang,
      dateModified: post.updatedAt,
      isPartOf: { "@id": `${origin}/${post.lang}#site` },
    },
    webSite(origin, post.lang, site),
    {
      "@type": "BreadcrumbList",
      itemListElement: [crumb(1, site.name, `${origin}/${post.lang}`), crumb(2, post.title, url)],
    },
  ];
}

function person(origin: string, { lang, author }: PublishedPost) {
  const url = origin + authorPath(lang, author.accountId);
  return { "@type": "Person", "@id": `${url}#person`, name: author.displayName, url };
}

function crumb(position: number, name: string, item: string): object {
  return { "@type": "ListItem", position, name, item };
}
