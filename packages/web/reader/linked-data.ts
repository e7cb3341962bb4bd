import type { Locale } from "@haru/core/locale";
import type { PublishedPost } from "@haru/core/post/post.contract";
import type {
  BlogPostingLeaf,
  BreadcrumbListLeaf,
  Graph,
  ListItemLeaf,
  PersonLeaf,
  SearchAction,
  Thing,
  WebPageLeaf,
  WebSiteLeaf,
  WithActionConstraints,
} from "schema-dts";
import { authorPath, postPath } from "../features/site/address.ts";
import type { SiteWords } from "../features/site/site-words.ts";

/** Things of schema.org as JSON-LD. Nothing in a text can end the element that it stands in. */
export function linkedData(things: readonly Thing[]): string {
  const graph: Graph = { "@context": "https://schema.org", "@graph": things };
  return JSON.stringify(graph).replaceAll("<", "\\u003c");
}

/** The site in one language, and how it is searched. */
export function webSite(origin: string, locale: Locale, { name, tagline }: SiteWords): WebSiteLeaf {
  const search: WithActionConstraints<SearchAction> = {
    "@type": "SearchAction",
    target: { "@type": "EntryPoint", urlTemplate: `${origin}/${locale}/search?q={search_term_string}` },
    "query-input": "required name=search_term_string",
  };
  return {
    "@type": "WebSite",
    "@id": `${origin}/${locale}#site`,
    url: `${origin}/${locale}`,
    name,
    description: tagline,
    inLanguage: locale,
    potentialAction: search,
  };
}

/** A post, who wrote it, and the way to it from the front page. */
export function blogPosting(
  origin: string,
  post: PublishedPost,
  site: SiteWords,
  /** Path or address of its picture. */
  image?: string,
): Thing[] {
  const url = origin + postPath(post.lang, post.slug);
  const author = person(origin, post);
  const posting: BlogPostingLeaf = {
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
  };
  return [posting, author, webSite(origin, post.lang, site), crumbs(origin, post, site)];
}

/** A page that stands alone, and the way to it from the front page. */
export function webPage(origin: string, post: PublishedPost, site: SiteWords): Thing[] {
  const url = origin + postPath(post.lang, post.slug);
  const page: WebPageLeaf = {
    "@type": "WebPage",
    "@id": `${url}#page`,
    url,
    name: post.title,
    description: post.description,
    inLanguage: post.lang,
    dateModified: post.updatedAt,
    isPartOf: { "@id": `${origin}/${post.lang}#site` },
  };
  return [page, webSite(origin, post.lang, site), crumbs(origin, post, site)];
}

function person(origin: string, { lang, author }: PublishedPost): PersonLeaf & { readonly "@id": string } {
  const url = origin + authorPath(lang, author.accountId);
  return { "@type": "Person", "@id": `${url}#person`, name: author.displayName, url };
}

/** The way to a post from the front page. */
function crumbs(origin: string, { lang, slug, title }: PublishedPost, site: SiteWords): BreadcrumbListLeaf {
  const steps = [
    [site.name, `${origin}/${lang}`],
    [title, origin + postPath(lang, slug)],
  ] as const;
  const items = steps.map(
    ([name, item], at): ListItemLeaf => ({ "@type": "ListItem", position: at + 1, name, item }),
  );
  return { "@type": "BreadcrumbList", itemListElement: items };
}
