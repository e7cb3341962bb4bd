import type { Core } from "../core.ts";
import type { Locale } from "../locale.ts";
import { publishedPosts, type Snapshot } from "../post/published-post.entity.ts";
import { settingsOf } from "../post/settings.ts";
import { readQuery } from "./query.ts";
import type { SearchResults } from "./search.contract.ts";
import { mark, patternOf } from "./text/passage.ts";
import { titleKeyOf } from "./title-key.ts";

/** What works without any index: posts of a language whose title begins with what was typed. */
export async function findByTitle(
  core: Core,
  { title, lang, limit }: { readonly title: string; readonly lang: Locale; readonly limit: number },
): Promise<SearchResults> {
  const { data } = await publishedPosts(core)
    .query.byTitle({ lang })
    .begins({ titleKey: titleKeyOf(title) })
    .go({ limit });
  const pattern = patternOf(readQuery(title));
  // An unlisted post is found by its address alone.
  const listed = data.filter((post) => !settingsOf(post).unlisted);
  return {
    items: listed.map((post: Snapshot) => ({
      postId: post.postId,
      lang: post.lang,
      slug: post.slug,
      title: mark(post.title, pattern),
      passage: mark(post.description, undefined),
      tags: post.tags,
      author: post.author,
      publishedAt: post.publishedAt,
    })),
    total: listed.length,
    source: "titles",
  };
}
