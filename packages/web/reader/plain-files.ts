import { feedPath } from "@haru/core/feed/feed.contract";
import { type ListKey, listKeyOf } from "@haru/core/list/list.contract";
import { locales } from "@haru/core/locale";
import { membersTag, pageTag } from "@haru/core/page-tag";
import { slugSchema } from "@haru/core/post/post.contract";
import { cachedApi } from "../api.ts";
import { siteUrl } from "../core.ts";
import { postPath } from "../features/site/address.ts";
import { decode, inLanguage, movedTo, notFound } from "./answer.tsx";
import { cacheControl } from "./respond.ts";
import { dataContentSecurityPolicy } from "./security.ts";
import { readSite } from "./site.ts";

/** Posts of each language that `llms.txt` names. */
const listedPosts = 50;

function textAnswer(body: string, type: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(body, {
    headers: {
      "content-type": `${type}; charset=utf-8`,
      "cache-control": cacheControl,
      "content-security-policy": dataContentSecurityPolicy,
      ...headers,
    },
  });
}

/** Pages for one person, by what follows the language in their addresses. */
const personalPages = [
  "confirm",
  "forgot-password",
  "media",
  "moderation",
  "people",
  "settings",
  "sign-in",
  "sign-up",
  "todos",
  "write",
];

/**
 * What programs need not look at: pages for one person, and the API. Each path begins an address; one with a
 * star for the language would close every post whose slug begins like a page.
 */
export function robotsTxt(): Response {
  const closed = [
    ...["/api/", "/auth/", "/bff/"],
    ...locales.flatMap((locale) => personalPages.map((page) => `/${locale}/${page}`)),
  ];
  const lines = [
    "User-agent: *",
    ...closed.map((path) => `Disallow: ${path}`),
    "",
    `Sitemap: ${siteUrl()}/sitemap.xml`,
  ];
  return textAnswer(`${lines.join("\n")}\n`, "text/plain");
}

/** The site for readers that are language models: what it is, and where its newest posts are as Markdown. */
export async function llmsTxt(): Promise<Response> {
  const origin = siteUrl();
  const sections = await Promise.all(
    locales.map(async (lang) => {
      const key: ListKey = listKeyOf({ lang });
      const { items } = await cachedApi(lang, [membersTag(key)]).list.posts({ lang, limit: listedPosts });
      const posts = items.map(
        ({ slug, title, description }) =>
          `- [${title.replaceAll(/[[\]]/g, "\\$&")}](${origin}${postPath(lang, slug)}.md): ${description}`,
      );
      const { name, tagline } = await readSite(lang);
      return [
        `## ${name} (${lang})`,
        tagline,
        `Feed: ${origin}${feedPath(`/${lang}`, "rss")}`,
        posts.join("\n"),
      ];
    }),
  );
  const { name, tagline } = await readSite("en");
  const note = "Every post is also there as Markdown: add `.md` to its address.";
  return textAnswer(
    `${[`# ${name}`, `> ${tagline}`, note, ...sections.flat()].join("\n\n")}\n`,
    "text/plain",
  );
}

/** `/ko/posts/<slug>.md`: the post as its author wrote it. */
export function postSource(lang: string, slugSegment: string): Promise<Response> {
  return inLanguage(lang, `/posts/${slugSegment}.md`, async (locale) => {
    const asked = decode(slugSegment);
    const slug = slugSchema.safeParse(asked).data;
    if (slug === undefined) return notFound(locale);
    if (slug !== asked) return movedTo(`${postPath(locale, slug)}.md`);
    const post = await cachedApi(locale, [pageTag(locale, slug)]).post.source({ lang: locale, slug });
    const path = postPath(locale, post.slug);
    if (post.slug !== slug) return movedTo(`${path}.md`);
    const about = [post.author.displayName, post.publishedAt.slice(0, 10), siteUrl() + path].join(" · ");
    return textAnswer(`# ${post.title}\n\n${about}\n\n${post.markdown.trim()}\n`, "text/markdown", {
      link: `<${siteUrl()}${path}>; rel="canonical"`,
    });
  });
}
